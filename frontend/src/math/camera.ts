/**
 * The camera: one formula for 3-D perspective and 2-D orthographic views, so that one turns into the other smoothly.
 *
 * A point's view coordinates are its offset from the target, turned by azimuth and elevation and divided by `halfHeight`;
 * clip w is `1 - perspective * z`. With perspective 0 that is an orthographic view. Everything here is float64 and pure;
 * the vertex shader does the same in float32 relative to an origin near the target (see `computeClip`).
 */

import { type Bounds, hasExtent } from "./bounds";
import { computeDirections, HOME_AZIMUTH, HOME_ELEVATION } from "./directions";
import { reachAt } from "./reach";
import { type Room, WHOLE_WINDOW } from "./room";
import type { Vec3 } from "./vec3";

/** Plain JSON. `target` is an offset from the data's center in units of its radius, valid for any projection. */
export interface CameraState {
  readonly azimuth: number;
  readonly elevation: number;
  readonly target: Vec3;
  /** 1: all data fits. */
  readonly zoom: number;
}

/** A camera in the units of the data. */
export interface Pose {
  readonly target: Vec3;
  readonly azimuth: number;
  readonly elevation: number;
  /** Half the visible height at the target's depth. */
  readonly halfHeight: number;
  /** Tangent of half the field of view; 0 is orthographic. */
  readonly perspective: number;
  /** Upper bound of any position's distance from the target. */
  readonly reach: number;
  /** Where the target is drawn, in clip coordinates: the projection is off-center, the camera still turns around it. */
  readonly middle: readonly [x: number, y: number];
}

export interface Clip {
  /** Column-major 4 x 4, for positions relative to `origin`. */
  readonly matrix: Float32Array;
  /** float32 values near the target: subtracting it from a float32 position there is exact. */
  readonly origin: Vec3;
}

/** Tangent of half of a 40 degree field of view. */
export const PERSPECTIVE = Math.tan(Math.PI / 9);
export const HOME_3D: CameraState = { azimuth: HOME_AZIMUTH, elevation: HOME_ELEVATION, target: [0, 0, 0], zoom: 1 };
export const HOME_2D: CameraState = { azimuth: 0, elevation: 0, target: [0, 0, 0], zoom: 1 };

/** Limits of the zoom: far outliers are in sight at one, float32 coordinates run out of digits at the other. */
const ZOOM_MIN = 1e-3;
const ZOOM_MAX = 1e6;
/** Factor that leaves room around the data, so that points on the rim are not cut off. */
const MARGIN = 1.07;
/** Fraction of the fit to the sphere below which no fit goes: data that is flat in the home view has room to turn. */
const MIN_SPHERE_FRACTION = 0.5;
/** Width of a window, in heights, above which it counts as that wide: a hidden tab has height 0. */
const MAX_ASPECT = 1e4;
/** Clip w of the nearest visible point: anything closer is beside or behind the eye. */
const NEAREST_W = 0.02;

const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
const mixVec = (a: Vec3, b: Vec3, t: number): Vec3 => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Half height at which all positions are in the room in the home view. A position at (x, y, z) of the view is, when
 * `|y| / room height + perspective z` is at most the half height, and `|x| / (aspect room width) + perspective z` too.
 * The sphere around the mean is always sufficient.
 */
function fitHome({ radius, across, up }: Bounds, width: number, height: number): number {
  const sphere = radius * Math.hypot(1 / Math.min(width, height), PERSPECTIVE);
  const seen = Math.max(reachAt(across, PERSPECTIVE * width) / width, reachAt(up, PERSPECTIVE * height) / height);
  return MARGIN * Math.max(MIN_SPHERE_FRACTION * sphere, Math.min(sphere, seen));
}

function fitBox({ half, radius }: Bounds, width: number, height: number): number {
  const fit = Math.max(half[1] / height, half[0] / width);
  return MARGIN * (fit > 0 ? fit : radius);
}

/** `flat` runs from 0 (3-D) to 1 (2-D); `aspect` is width / height of the window, whose `room` the home view fills. */
export function computePose(
  camera: CameraState,
  flat: number,
  bounds: Bounds,
  aspect: number,
  room: Room = WHOLE_WINDOW,
): Pose {
  const center = mixVec(bounds.mean, bounds.middle, flat);
  const [width, height] = [Math.min(aspect, MAX_ASPECT) * room.width, room.height];
  const fit = Math.exp(mix(Math.log(fitHome(bounds, width, height)), Math.log(fitBox(bounds, width, height)), flat));
  const offset = camera.target.map((part) => part * bounds.radius) as unknown as Vec3;
  const target: Vec3 = [center[0] + offset[0], center[1] + offset[1], center[2] + offset[2]];
  const away = Math.hypot(target[0] - bounds.mean[0], target[1] - bounds.mean[1], target[2] - bounds.mean[2]);
  return {
    target,
    azimuth: camera.azimuth,
    elevation: camera.elevation,
    halfHeight: fit / camera.zoom,
    perspective: PERSPECTIVE * (1 - flat),
    reach: bounds.radius + away,
    middle: room.middle,
  };
}

/** Clip z as A + B z, such that near and far enclose the data: the depth buffer's full precision is spent on it. */
function computeDepthRange(reach: number, perspective: number): readonly [number, number] {
  const far = -Math.max(reach * 1.01, 1e-3);
  const near = perspective > 0 ? Math.min(-far, (1 - NEAREST_W) / perspective) : -far;
  const slope = -(1 - perspective * near + (1 - perspective * far)) / (near - far);
  return [-(1 - perspective * near) - slope * near, slope];
}

export function computeClip(pose: Pose, aspect: number): Clip {
  const scale = 1 / pose.halfHeight;
  const [right, up, toward] = computeDirections(pose.azimuth, pose.elevation);
  const [base, slope] = computeDepthRange(pose.reach * scale, pose.perspective);
  const origin = pose.target.map(Math.fround) as unknown as Vec3;
  const rest: Vec3 = [origin[0] - pose.target[0], origin[1] - pose.target[1], origin[2] - pose.target[2]];
  const [shiftX, shiftY] = pose.middle;
  const depth = toward.map((part) => -part * scale * pose.perspective);
  // A shift by a multiple of clip w is the same for near and far points.
  const rows = [
    right.map((part, axis) => (part * scale) / aspect + shiftX * depth[axis]!),
    up.map((part, axis) => part * scale + shiftY * depth[axis]!),
    toward.map((part) => part * scale * slope),
    depth,
  ];
  const constants = [shiftX, shiftY, base, 1];
  const matrix = new Float32Array(16);
  rows.forEach((row, index) => {
    const [a, b, c] = row as unknown as Vec3;
    matrix[index] = a;
    matrix[index + 4] = b;
    matrix[index + 8] = c;
    matrix[index + 12] = constants[index] + a * rest[0] + b * rest[1] + c * rest[2];
  });
  return { matrix, origin };
}

/** Rotates the scene with the pointer: a drag of one window height is half a turn. */
export function orbit(camera: CameraState, dx: number, dy: number): CameraState {
  const elevation = clamp(camera.elevation + dy * Math.PI, -Math.PI / 2, Math.PI / 2);
  return { ...camera, azimuth: wrapAngle(camera.azimuth - dx * Math.PI), elevation };
}

/** Rotates around the vertical axis. */
export function turned(camera: CameraState, radians: number): CameraState {
  return { ...camera, azimuth: wrapAngle(camera.azimuth + radians) };
}

/** Moves the scene with the pointer; `dx`, `dy` in window heights, y down. */
export function pan(camera: CameraState, pose: Pose, bounds: Bounds, dx: number, dy: number): CameraState {
  const [right, up] = computeDirections(pose.azimuth, pose.elevation);
  const step = (2 * pose.halfHeight) / bounds.radius;
  const target = camera.target.map((part, axis) => part + step * (dy * up[axis] - dx * right[axis])) as unknown as Vec3;
  return { ...camera, target };
}

/** Zooms by `factor` and keeps the point under the pointer (window heights from the target, y down) fixed. */
export function zoomAt(
  camera: CameraState,
  pose: Pose,
  bounds: Bounds,
  factor: number,
  x: number,
  y: number,
): CameraState {
  const zoom = clamp(camera.zoom * factor, ZOOM_MIN, ZOOM_MAX);
  const kept = 1 - camera.zoom / zoom;
  return { ...pan(camera, pose, bounds, -x * kept, -y * kept), zoom };
}

/** A camera that looks at `part` of the data from the direction of `camera`. */
export function flyTo(
  camera: CameraState,
  flat: number,
  bounds: Bounds,
  part: Bounds,
  aspect: number,
  room: Room = WHOLE_WINDOW,
): CameraState {
  const from = mixVec(bounds.mean, bounds.middle, flat);
  const to = mixVec(part.mean, part.middle, flat);
  const target = to.map((value, axis) => (value - from[axis]) / bounds.radius) as unknown as Vec3;
  const whole = computePose({ ...camera, zoom: 1 }, flat, bounds, aspect, room).halfHeight;
  // A single place, of one point or several, has no extent: come no closer than a hundredth of the data's radius.
  const min = bounds.radius / 100;
  const shown = hasExtent(part) ? computePose({ ...camera, zoom: 1 }, flat, part, aspect, room).halfHeight : 0;
  return { ...camera, target, zoom: clamp(whole / Math.max(shown * 1.3, min * 12), ZOOM_MIN, ZOOM_MAX) };
}

/** The camera that shows in the frame `to` what `camera` shows in the frame `from`. */
export function rebase(
  camera: CameraState,
  flat: number,
  from: Bounds,
  to: Bounds,
  aspect: number,
  room: Room,
): CameraState {
  const pose = computePose(camera, flat, from, aspect, room);
  const home = computePose({ ...camera, target: [0, 0, 0], zoom: 1 }, flat, to, aspect, room);
  const target = pose.target.map((part, axis) => (part - home.target[axis]) / to.radius) as unknown as Vec3;
  return { ...camera, target, zoom: home.halfHeight / pose.halfHeight };
}

/** Interpolates between two cameras: angles the short way round, zoom by equal ratios. */
export function mixCameras(a: CameraState, b: CameraState, t: number): CameraState {
  return {
    azimuth: wrapAngle(a.azimuth + wrapAngle(b.azimuth - a.azimuth) * t),
    elevation: mix(a.elevation, b.elevation, t),
    target: mixVec(a.target, b.target, t),
    zoom: Math.exp(mix(Math.log(a.zoom), Math.log(b.zoom), t)),
  };
}

function wrapAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
