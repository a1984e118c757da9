/** Moves the camera by drags, keys, flights and automatic rotation, and detects when it has come to rest. */

import { type CameraState, orbit, turned } from "../math/camera";
import type { PictureProps } from "./picture_props";
import type { Scenery } from "./scenery";
import type { Stage } from "./stage";
import { Turntable } from "./turntable";
import { wantsLessMotion } from "./tween";

interface CameraEvents {
  /** The view has changed. */
  onMoved(): void;
  /** The user moves the camera, so it stops rotating. */
  onUserMove(): void;
  /** After the user has moved it. */
  onRest(camera: CameraState): void;
}

/** Delay after the last movement before the points left out of the subset are drawn. */
const SETTLE_MS = 120;

export class CameraControl {
  readonly #turntable = new Turntable();
  #settledAt = 0;
  #hasMoved = false;
  #isTurning = false;

  constructor(
    private readonly stage: Stage,
    private readonly scenery: Scenery,
    private readonly read: () => Pick<PictureProps, "dimensions" | "rotating">,
    private readonly events: CameraEvents,
  ) {}

  get state(): CameraState {
    return this.scenery.viewpoint.camera;
  }

  /** The camera for 2-D or 3-D. */
  stateIn(dimensions: 2 | 3): CameraState {
    return this.scenery.viewpoint.cameraIn(dimensions);
  }

  get isTurning(): boolean {
    return this.#isTurning;
  }

  /** It has moved, and `onRest` is still due. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  hasSettled(now: number): boolean {
    return now >= this.#settledAt;
  }

  /** In CSS px; in 3-D a drag rotates the scene unless it pans. */
  drag(dx: number, dy: number, panning: boolean): void {
    const { height } = this.stage;
    if (this.read().dimensions === 3 && !panning) this.move(orbit(this.state, dx / height, dy / height));
    else this.panBy(dx, dy);
  }

  /** In CSS px, like a drag of that length. */
  orbitBy(dx: number, dy: number): void {
    this.drag(dx, dy, false);
  }

  panBy(dx: number, dy: number): void {
    this.move(this.scenery.panned(dx, dy));
  }

  /** Above 1 zooms in; around the middle of the home view, or the given position. */
  zoomBy(factor: number, { x, y } = this.scenery.middle): void {
    this.move(this.scenery.zoomed(factor, x, y));
  }

  move(camera: CameraState, isAnimated = false): void {
    this.interruptRotation();
    this.#goTo(camera, isAnimated);
  }

  reset(): void {
    this.interruptRotation();
    this.scenery.goHome();
    this.#hasMoved = true;
    this.events.onMoved();
  }

  flyTo(rows: Int32Array): void {
    const camera = this.stage.isVisible ? this.scenery.flownTo(rows) : null;
    if (camera) this.move(camera, true);
  }

  /** Moves the camera for 2-D or 3-D: at once, or animated. */
  setCamera(dimensions: 2 | 3, camera: CameraState, isAnimated: boolean): void {
    this.scenery.viewpoint.setCamera(dimensions, camera, isAnimated);
    this.events.onMoved();
  }

  /** To be called when the user moves the camera. */
  interruptRotation(): void {
    if (this.read().rotating) this.events.onUserMove();
  }

  /** Advances automatic rotation; true while it continues. */
  turn(now: number, isPressed: boolean): boolean {
    const { rotating, dimensions } = this.read();
    const mayTurn = rotating && dimensions === 3 && !wantsLessMotion();
    this.#isTurning = mayTurn && !isPressed && !this.scenery.isMoving;
    const angle = this.#turntable.advance(now, this.#isTurning);
    if (angle !== 0) this.#goTo(turned(this.state, angle), false);
    return this.#isTurning;
  }

  reportRest(now: number): void {
    if (!this.#hasMoved || this.scenery.isMoving || !this.hasSettled(now)) return;
    this.#hasMoved = false;
    this.events.onRest(this.state);
  }

  #goTo(camera: CameraState, isAnimated: boolean): void {
    this.scenery.clearing.keep();
    this.scenery.viewpoint.goTo(camera, isAnimated);
    this.#settledAt = performance.now() + SETTLE_MS;
    this.#hasMoved = true;
    this.events.onMoved();
  }
}
