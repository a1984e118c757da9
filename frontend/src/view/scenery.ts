/** Maps points to the window: their positions, in motion or at rest, and the camera. */

import type { View } from "../gl/scene";
import { type Bounds, type Columns, computeBounds, EMPTY_BOUNDS } from "../math/bounds";
import { type CameraState, computeClip, flyTo, PERSPECTIVE, type Pose, pan, rebase, zoomAt } from "../math/camera";
import { computeDensityPeak } from "../math/density_peak";
import { computeFrame, followBounds } from "../math/framing";
import type { MapFrame } from "../math/point_map";
import { opacityFor } from "../math/point_size";
import type { Room } from "../math/room";
import { ScreenProjection } from "../math/screen_projection";
import { axisTicks, NO_TICKS, type SeenTicks } from "./axis_ticks";
import { Clearing } from "./clearing";
import { densityPx, drawsImages, hasRoomForImages, markPx, pointPx, thumbnailPx } from "./mark_sizes";
import type { Seen } from "./minimap";
import { NamePlaces } from "./name_places";
import type { Sight } from "./over_points";
import { NO_PROPS, type PictureProps } from "./picture_props";
import { axisEnds, extentsOf, framedOf, seenOf } from "./plane";
import type { Theme } from "./theme";
import { Tween, wantsLessMotion } from "./tween";
import { Viewpoint } from "./viewpoint";

/** Window size in CSS px, and device px per CSS px. */
interface Window {
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
type Travel = "none" | "starts" | "goes on";
const FOG = 0.55;
/** Opacity of few points. */
const MOST_ALPHA = { flat: 0.8, solid: 0.92 } as const;

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
  readonly clearing: Clearing;
  readonly #namePlaces = new NamePlaces();

  constructor(private readonly window: Window) {
    this.clearing = new Clearing(this.viewpoint, window);
  }

  /** Sets new positions. A running layout's first positions are animated, the following ones applied directly. */
  movePoints(props: PictureProps): Travel {
    const now = performance.now();
    const before = this.#props.count;
    const sinceMs = now - this.#positionsAt;
    const runs = props.isLayout && sinceMs < RUNNING_MS && before === props.count;
    const travels = !runs && before === props.count && before > 0 && !wantsLessMotion();
    this.#props = props;
    if (before === 0) this.clearing.start();
    this.#positionsAt = now;
    this.#runningUntil = runs ? now + RUNNING_MS : -Infinity;
    const goesOn = runs && this.#moving !== null;
    this.#frame(props, runs && !goesOn ? sinceMs : null, goesOn);
    if (runs) return goesOn ? "goes on" : "none";
    this.#moving = travels ? new Tween(now, MOVE_MS) : null;
    return travels ? "starts" : "none";
  }

  /** `sinceMs`: time since the layout's previous frame; null: not in one. `goesOn`: the movement keeps its origin. */
  #frame({ positions, count }: PictureProps, sinceMs: number | null, goesOn: boolean): void {
    this.#allBounds = computeBounds(positions, count);
    const { bounds, outside } = computeFrame(positions, count, this.#allBounds);
    this.#outside = outside;
    if (sinceMs === null) {
      if (!goesOn) this.#oldBounds = this.#bounds;
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

  /** Goes to the home view of the current frame, with room for what lies over the picture now. */
  goHome(): void {
    this.#reframe();
    this.viewpoint.goHome(true);
    this.clearing.clear(this.#props, this.#bounds);
  }

  /** Frames the data anew without changing the view. */
  #reframe(): void {
    const { bounds } = computeFrame(this.#props.positions, this.#props.count, this.#allBounds);
    const { camera, flatAtRest } = this.viewpoint;
    this.viewpoint.goTo(rebase(camera, flatAtRest, this.#bounds, bounds, this.#aspect, this.#room), false);
    this.#bounds = bounds;
  }

  /** Fits all data again from the same direction, after a layout has grown; not if the user moved the camera. */
  refit(): void {
    const { camera, isHome } = this.viewpoint;
    if (!isHome) return;
    this.#reframe();
    this.clearing.clear(this.#props, this.#bounds);
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
    const cleared = this.clearing.clearMore(this.#props, this.#bounds);
    const turned = this.viewpoint.advance(now) || cleared;
    const arrived = this.#moving?.isOver(now) ?? false;
    const moved = turned || this.#moving !== null;
    if (arrived) this.#moving = null;
    return { moved, arrived };
  }

  get #aspect(): number {
    return this.window.width / this.window.height;
  }

  /** The room at rest. */
  get #room(): Room {
    return this.viewpoint.roomIn(this.window);
  }

  get #pose(): Pose {
    return this.#poseIn(this.#bounds);
  }

  /** Framed by `bounds`; points outside of them are drawn as well. */
  #poseIn(bounds: Bounds): Pose {
    const pose = this.viewpoint.computePose(bounds, this.window);
    const { mean, radius } = this.#allBounds;
    const away = Math.hypot(...pose.target.map((part, axis) => part - mean[axis]!));
    return { ...pose, reach: Math.max(pose.reach, radius + away) };
  }

  computeView(now: number, style: Theme): View {
    const { window } = this;
    const [pose, aspect, moving] = [this.#pose, this.#aspect, this.#moving] as const;
    const oldPose = moving ? this.#poseIn(this.#oldBounds) : pose;
    const steep = pose.perspective / PERSPECTIVE;
    const { zoom } = this.viewpoint;
    return {
      clip: computeClip(pose, aspect),
      oldClip: computeClip(oldPose, aspect),
      mix: moving ? moving.at(now) : 1,
      fogPerW: pose.perspective > 0 ? pose.halfHeight / (pose.perspective * this.#bounds.radius) : 0,
      fog: this.#props.fog ? FOG * steep : 0,
      pointSizePx: pointPx(this.#props, zoom) * window.pixelRatio,
      thumbnailPx: thumbnailPx(this.#props, window, zoom) * window.pixelRatio,
      hasRoomForImages: hasRoomForImages(this.#props, window, zoom),
      alpha: this.#props.opacity ?? opacityFor(this.#allBounds.finite, steep > 0 ? MOST_ALPHA.solid : MOST_ALPHA.flat),
      sizeByDepth: this.#props.sizeByDepth,
      densityPeak: this.#props.density ? this.#densityPeak : null,
      densityPx: densityPx(this.#props, zoom) * window.pixelRatio,
      pixelRatio: window.pixelRatio,
      magnification: 1,
      depth: steep > 0,
      style,
    };
  }

  get #densityPeak(): number {
    return computeDensityPeak(this.makeProjector(), this.#props.count, densityPx(this.#props, this.viewpoint.zoom));
  }

  /** Points are drawn as thumbnails in this view. */
  get drawsImages(): boolean {
    return drawsImages(this.#props, this.window, this.viewpoint.zoom);
  }

  /** Size of a point's mark in this view, in CSS px. */
  get markPx(): number {
    return markPx(this.#props, this.window, this.viewpoint.zoom);
  }

  makeProjector(): ScreenProjection {
    return this.#project(this.#props.positions);
  }

  /** Where everything is now. */
  computeSight(now: number): Sight {
    const isRunning = this.isRunning(now);
    return {
      flat: this.viewpoint.flat,
      angles: this.viewpoint.angles,
      extents: extentsOf(this.plane.seen),
      projector: this.makeProjector(),
      axes: this.#project(axisEnds(this.#bounds)),
      ticks: this.#seeTicks(),
      nameRows: this.#namePlaces.of(this.#props, now, isRunning),
      markPx: this.markPx,
      leftOut: this.leftOut,
      pointsMove: this.pointsMove,
      isRunning,
    };
  }

  /** The framed part of the plane, and the part of it in the window; for the minimap. */
  get plane(): { whole: MapFrame; seen: Seen } {
    return { whole: framedOf(this.#bounds), seen: seenOf(this.#pose, this.#aspect) };
  }

  /** None where 3-D axes are not drawn, and among thumbnails: there, numbers are hard to read and cover what is drawn. */
  #seeTicks(): SeenTicks {
    const isSeen = this.#props.showAxes && this.viewpoint.flat < 1 && !this.drawsImages;
    const { columns, numbers } = isSeen ? axisTicks(this.#bounds, this.#pose, this.window) : NO_TICKS;
    return { projector: this.#project(columns), numbers };
  }

  #project(columns: Columns): ScreenProjection {
    const { width, height } = this.window;
    return new ScreenProjection(columns, computeClip(this.#pose, this.#aspect), width, height);
  }

  /** Data units per CSS px at clip w 1. */
  get unitsPerPx(): number {
    return (2 * this.#pose.halfHeight) / this.window.height;
  }

  // --- Target cameras of movements; lengths in CSS px ---

  panned(dx: number, dy: number): CameraState {
    const { height } = this.window;
    return pan(this.viewpoint.camera, this.#pose, this.#bounds, dx / height, dy / height);
  }

  /** The place in the window that home views center on: that of the camera's target. */
  get middle(): { x: number; y: number } {
    const { width, height } = this.window;
    const [x, y] = this.#pose.middle;
    return { x: ((1 + x) / 2) * width, y: ((1 - y) / 2) * height };
  }

  zoomed(factor: number, x: number, y: number): CameraState {
    const { height } = this.window;
    const [awayX, awayY] = [(x - this.middle.x) / height, (y - this.middle.y) / height];
    return zoomAt(this.viewpoint.camera, this.#pose, this.#bounds, factor, awayX, awayY);
  }

  /** Moves the window's center to this position in the plane, in data units. */
  centeredOn(x: number, y: number): CameraState {
    const { camera } = this.viewpoint;
    const { seen } = this.plane;
    const [dx, dy] = [(x - seen.x) / this.#bounds.radius, (y - seen.y) / this.#bounds.radius];
    return { ...camera, target: [camera.target[0] + dx, camera.target[1] + dy, camera.target[2]] };
  }

  /** Centers the view on the row at the current zoom; null if it has no coordinates. */
  centeredAt(row: number): CameraState | null {
    const part = computeBounds(this.#props.positions, this.#props.count, [row]);
    if (part.finite === 0) return null;
    const { camera, flatAtRest } = this.viewpoint;
    const { zoom } = camera;
    return { ...flyTo(camera, flatAtRest, this.#bounds, part, this.#aspect, this.#room), zoom };
  }

  /** Null if none of the rows has coordinates. */
  flownTo(rows: Int32Array): CameraState | null {
    const part = computeBounds(this.#props.positions, this.#props.count, rows);
    if (part.finite === 0) return null;
    const { camera, flatAtRest } = this.viewpoint;
    return flyTo(camera, flatAtRest, this.#bounds, part, this.#aspect, this.#room);
  }
}
