/** Maps points to the window: their positions, in motion or at rest, and the camera. */

import type { View } from "../gl/scene";
import { type Bounds, computeBounds, EMPTY_BOUNDS } from "../math/bounds";
import { type CameraState, computeClip, flyTo, PERSPECTIVE, type Pose, pan, rebase, zoomAt } from "../math/camera";
import { computeDensityPeak } from "../math/density_peak";
import { computeFrame, followBounds } from "../math/framing";
import type { MapFrame } from "../math/point_map";
import { growthFor, hasRoomFor, pointSizeFor, thumbnailSizeFor } from "../math/point_size";
import { Projector } from "../math/projector";
import type { Extents } from "./axes_drawing";
import type { Seen } from "./minimap";
import { NO_PROPS, type PictureProps } from "./picture_props";
import type { Theme } from "./theme";
import { Tween, wantsLessMotion } from "./tween";
import { Viewpoint } from "./viewpoint";

/** Window size in CSS px, and device px per CSS px. */
export interface Window {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** Duration of a movement to new positions; a layout counts as running if its positions arrive within RUNNING_MS. */
const MOVE_MS = 280;
const RUNNING_MS = 600;
/** Time in which the frame of a running layout loses about two thirds of its excess size. */
const SHRINK_MS = 600;

/** Origin of points that get new positions: none, their current positions, or still the previous origin. */
export type Travel = "none" | "starts" | "goes on";
const FOG = 0.55;

export class Scenery {
  readonly viewpoint = new Viewpoint();
  #props: PictureProps = NO_PROPS;
  /** Bounds framed by the camera: see `computeFrame`. */
  #bounds: Bounds = EMPTY_BOUNDS;
  #oldBounds: Bounds = EMPTY_BOUNDS;
  /** Bounds of all positions. */
  #allBounds: Bounds = EMPTY_BOUNDS;
  #outside = 0;
  #moving: Tween | null = null;
  #positionsAt = -Infinity;
  #runningUntil = -Infinity;

  constructor(private readonly window: Window) {}

  /** Sets new positions. A running layout's first positions are animated, the following ones applied directly. */
  movePoints(props: PictureProps): Travel {
    const now = performance.now();
    const before = this.#props.count;
    const sinceMs = now - this.#positionsAt;
    const runs = props.isLayout && sinceMs < RUNNING_MS && before === props.count;
    const travels = !runs && before === props.count && before > 0 && !wantsLessMotion();
    this.#props = props;
    this.#positionsAt = now;
    this.#runningUntil = runs ? now + RUNNING_MS : -Infinity;
    this.#frame(props, runs && this.#moving === null ? sinceMs : null);
    if (runs) return this.#moving === null ? "none" : "goes on";
    this.#moving = travels ? new Tween(now, MOVE_MS) : null;
    return travels ? "starts" : "none";
  }

  /** `sinceMs`: time since the layout's previous frame; null: not in a running layout. */
  #frame({ positions, count }: PictureProps, sinceMs: number | null): void {
    this.#allBounds = computeBounds(positions, count);
    const { bounds, outside } = computeFrame(positions, count, this.#allBounds);
    this.#outside = outside;
    if (sinceMs === null) {
      if (this.#moving === null) this.#oldBounds = this.#bounds;
      this.#bounds = bounds;
    } else if (this.viewpoint.isHome) {
      this.#bounds = followBounds(this.#bounds, bounds, 1 - Math.exp(-sinceMs / SHRINK_MS));
    } // Otherwise the user has chosen the view.
  }

  /** Positions arrived a moment ago, and more may follow. */
  isRunning(now: number): boolean {
    return now < this.#runningUntil;
  }

  /** Number of positions outside the home view, because they lie too far from the others. */
  get leftOut(): number {
    return this.viewpoint.isHome ? this.#outside : 0;
  }

  /** Goes to the home view of the current frame. */
  goHome(): void {
    this.#reframe();
    this.viewpoint.goHome(true);
  }

  /** Frames the data anew without changing the view. */
  #reframe(): void {
    const { bounds } = computeFrame(this.#props.positions, this.#props.count, this.#allBounds);
    this.viewpoint.goTo(
      rebase(this.viewpoint.camera, this.viewpoint.flatAtRest, this.#bounds, bounds, this.#aspect),
      false,
    );
    this.#bounds = bounds;
  }

  /** Fits all data again from the same direction, after a layout has grown; not if the user moved the camera. */
  refit(): void {
    const { camera, isHome } = this.viewpoint;
    if (!isHome) return;
    this.#reframe();
    this.viewpoint.goTo({ ...camera, target: [0, 0, 0], zoom: 1 }, true);
  }

  /** Sets other props of the same points. */
  setProps(props: PictureProps): void {
    this.#props = props;
  }

  arrive(): void {
    this.#moving = null;
  }

  get pointsMove(): boolean {
    return this.#moving !== null;
  }

  get isMoving(): boolean {
    return this.#moving !== null || this.viewpoint.isMoving;
  }

  /** Whether anything moved, and whether the points have just arrived. */
  advance(now: number): { moved: boolean; arrived: boolean } {
    const turned = this.viewpoint.advance(now);
    const arrived = this.#moving?.isOver(now) ?? false;
    const moved = turned || this.#moving !== null;
    if (arrived) this.#moving = null;
    return { moved, arrived };
  }

  get #aspect(): number {
    return this.window.width / this.window.height;
  }

  get #pose(): Pose {
    return this.#poseIn(this.#bounds);
  }

  /** Framed by `bounds`; points outside of them are drawn as well. */
  #poseIn(bounds: Bounds): Pose {
    const pose = this.viewpoint.computePose(bounds, this.#aspect);
    const { mean, radius } = this.#allBounds;
    const away = Math.hypot(...pose.target.map((part, axis) => part - mean[axis]!));
    return { ...pose, reach: Math.max(pose.reach, radius + away) };
  }

  computeView(now: number, style: Theme): View {
    const { window } = this;
    const [pose, aspect, moving] = [this.#pose, this.#aspect, this.#moving] as const;
    const oldPose = moving ? this.#poseIn(this.#oldBounds) : pose;
    const steep = pose.perspective / PERSPECTIVE;
    return {
      clip: computeClip(pose, aspect),
      oldClip: computeClip(oldPose, aspect),
      mix: moving ? moving.at(now) : 1,
      fogPerW: pose.perspective > 0 ? pose.halfHeight / (pose.perspective * this.#bounds.radius) : 0,
      fog: this.#props.fog ? FOG * steep : 0,
      pointSizePx: this.pointSizePx * window.pixelRatio,
      thumbnailPx: this.#thumbnailPx * window.pixelRatio,
      hasRoomForImages: this.#hasRoomForImages,
      alpha: this.#props.opacity ?? (steep > 0 ? 0.92 : 0.8),
      sizeByDepth: this.#props.sizeByDepth,
      densityPeak: this.#props.density ? this.#densityPeak : null,
      densityPx: this.#densityPx * window.pixelRatio,
      pixelRatio: window.pixelRatio,
      depth: steep > 0,
      style,
    };
  }

  get pointSizePx(): number {
    return (this.#props.pointSize ?? pointSizeFor(this.#props.count)) * growthFor(this.viewpoint.zoom);
  }

  get #densityPx(): number {
    return Math.max(5, 2 * this.pointSizePx);
  }

  get #densityPeak(): number {
    return computeDensityPeak(this.makeProjector(), this.#props.count, this.#densityPx);
  }

  get #thumbnailPx(): number {
    const { sprite, count } = this.#props;
    const own = Math.max(sprite?.thumbWidth ?? 0, sprite?.thumbHeight ?? 0);
    return thumbnailSizeFor(count, this.window.width, this.window.height, own, this.viewpoint.zoom);
  }

  get #hasRoomForImages(): boolean {
    const { imagesNear, count } = this.#props;
    const { width, height } = this.window;
    return !imagesNear || hasRoomFor(count, this.#thumbnailPx, width, height, this.viewpoint.zoom);
  }

  /** Points are drawn as thumbnails in this view. */
  get drawsImages(): boolean {
    return this.#props.showImages && this.#props.sprite !== null && this.#hasRoomForImages;
  }

  /** Size of a point's mark, disc or thumbnail, in CSS px. */
  get markPx(): number {
    return this.drawsImages ? this.#thumbnailPx : this.pointSizePx;
  }

  makeProjector(): Projector {
    const { width, height } = this.window;
    return new Projector(this.#props.positions, computeClip(this.#pose, this.#aspect), width, height);
  }

  /** The data range that a 2-D view shows from edge to edge. */
  get extents(): Extents {
    const { target, halfHeight } = this.#pose;
    const halfWidth = halfHeight * this.#aspect;
    return {
      x: [target[0] - halfWidth, target[0] + halfWidth],
      y: [target[1] - halfHeight, target[1] + halfHeight],
    };
  }

  /** Projects the ends of three axes through the middle of the data: rows 0 and 1 are X, 2 and 3 Y, 4 and 5 Z. */
  makeAxesProjector(): Projector {
    const { mean, half, middle } = this.#bounds;
    const column = (axis: number) =>
      Float32Array.from({ length: 6 }, (_, end) =>
        end >> 1 === axis ? middle[axis]! + (end & 1 ? half[axis]! : -half[axis]!) : mean[axis]!,
      );
    const { width, height } = this.window;
    const ends = { x: column(0), y: column(1), z: column(2) };
    return new Projector(ends, computeClip(this.#pose, this.#aspect), width, height);
  }

  /** Data units per CSS px at clip w 1. */
  get unitsPerPx(): number {
    return (2 * this.#pose.halfHeight) / this.window.height;
  }

  /** Rotation of the view, for the axes in the corner. */
  get angles(): { azimuth: number; elevation: number } {
    return this.viewpoint.computePose(this.#bounds, 1);
  }

  // --- Target cameras of movements; lengths in CSS px ---

  panned(dx: number, dy: number): CameraState {
    const { height } = this.window;
    return pan(this.viewpoint.camera, this.#pose, this.#bounds, dx / height, dy / height);
  }

  zoomed(factor: number, x: number, y: number): CameraState {
    const { width, height } = this.window;
    const [fromMiddleX, fromMiddleY] = [(x - width / 2) / height, (y - height / 2) / height];
    return zoomAt(this.viewpoint.camera, this.#pose, this.#bounds, factor, fromMiddleX, fromMiddleY);
  }

  /** Centers the view on this position in the plane, in data units. */
  centeredOn(x: number, y: number): CameraState {
    const { camera } = this.viewpoint;
    const { middle, radius } = this.#bounds;
    return { ...camera, target: [(x - middle[0]) / radius, (y - middle[1]) / radius, camera.target[2]] };
  }

  /** Centers the view on the row at the current zoom; null if it has no coordinates. */
  centeredAt(row: number): CameraState | null {
    const part = computeBounds(this.#props.positions, this.#props.count, [row]);
    if (part.finite === 0) return null;
    const { camera, flatAtRest } = this.viewpoint;
    const { zoom } = camera;
    return { ...flyTo(camera, flatAtRest, this.#bounds, part, this.#aspect), zoom };
  }

  /** The framed part of the plane, and the part of it in the window; for the minimap. */
  get plane(): { whole: MapFrame; seen: Seen } {
    const { middle, half, radius } = this.#bounds;
    const { target, halfHeight } = this.#pose;
    // Even a line needs some extent to be drawn.
    const [halfX, halfY] = [Math.max(half[0], radius / 100), Math.max(half[1], radius / 100)];
    const whole = { left: middle[0] - halfX, bottom: middle[1] - halfY, width: 2 * halfX, height: 2 * halfY };
    return { whole, seen: { x: target[0], y: target[1], halfWidth: halfHeight * this.#aspect, halfHeight } };
  }

  /** Null if none of the rows has coordinates. */
  flownTo(rows: Int32Array): CameraState | null {
    const part = computeBounds(this.#props.positions, this.#props.count, rows);
    if (part.finite === 0) return null;
    const { camera, flatAtRest } = this.viewpoint;
    return flyTo(camera, flatAtRest, this.#bounds, part, this.#aspect);
  }
}
