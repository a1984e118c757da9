/** Moves the camera: by drags, by keys, in flights and by itself; and knows when it has come to rest. */

import { type CameraState, orbit, turned } from "../math/camera";
import type { PictureProps } from "./picture_props";
import type { Scenery } from "./scenery";
import type { Stage } from "./stage";
import { Turntable } from "./turntable";
import { wantsLessMotion } from "./tween";

export interface CameraEvents {
  /** The picture is another one. */
  onMoved(): void;
  /** A person moves it: it no longer turns by itself. */
  onTaken(): void;
  /** After a person moved it. */
  onRest(camera: CameraState): void;
}

/** Time after the last movement until the points left out of the subset are drawn. */
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

  /** The camera of 2-D or of 3-D. */
  stateIn(dimensions: 2 | 3): CameraState {
    return this.scenery.viewpoint.cameraIn(dimensions);
  }

  get isTurning(): boolean {
    return this.#isTurning;
  }

  /** It has moved, and `onRest` has not told it yet. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  hasSettled(now: number): boolean {
    return now >= this.#settledAt;
  }

  /** CSS px; in 3-D a drag turns the scene unless it pans. */
  drag(dx: number, dy: number, panning: boolean): void {
    const { height } = this.stage;
    if (this.read().dimensions === 3 && !panning) this.move(orbit(this.state, dx / height, dy / height));
    else this.panBy(dx, dy);
  }

  /** CSS px, as a drag of that length would. */
  orbitBy(dx: number, dy: number): void {
    this.drag(dx, dy, false);
  }

  panBy(dx: number, dy: number): void {
    this.move(this.scenery.panned(dx, dy));
  }

  /** Above 1 is nearer; at the middle of the window, or where the pointer is. */
  zoomBy(factor: number, x = this.stage.width / 2, y = this.stage.height / 2): void {
    this.move(this.scenery.zoomed(factor, x, y));
  }

  move(camera: CameraState, isAnimated = false): void {
    this.take();
    this.#goTo(camera, isAnimated);
  }

  reset(): void {
    this.take();
    this.scenery.goHome();
    this.#hasMoved = true;
    this.events.onMoved();
  }

  flyTo(rows: Int32Array): void {
    const camera = this.stage.isVisible ? this.scenery.flownTo(rows) : null;
    if (camera) this.move(camera, true);
  }

  /** Sends the camera of 2-D or of 3-D somewhere: at once, or in a moment's movement. */
  look(dimensions: 2 | 3, camera: CameraState, isAnimated: boolean): void {
    this.scenery.viewpoint.look(dimensions, camera, isAnimated);
    this.events.onMoved();
  }

  /** Somebody moves it. */
  take(): void {
    if (this.read().rotating) this.events.onTaken();
  }

  /** By itself, where it is to turn; true where it goes on turning. */
  turn(now: number, isPressed: boolean): boolean {
    const { rotating, dimensions } = this.read();
    const mayTurn = rotating && dimensions === 3 && !wantsLessMotion();
    this.#isTurning = mayTurn && !isPressed && !this.scenery.isMoving;
    const angle = this.#turntable.advance(now, this.#isTurning);
    if (angle !== 0) this.#goTo(turned(this.state, angle), false);
    return this.#isTurning;
  }

  tellRest(now: number): void {
    if (!this.#hasMoved || this.scenery.isMoving || !this.hasSettled(now)) return;
    this.#hasMoved = false;
    this.events.onRest(this.state);
  }

  #goTo(camera: CameraState, isAnimated: boolean): void {
    this.scenery.viewpoint.goTo(camera, isAnimated);
    this.#settledAt = performance.now() + SETTLE_MS;
    this.#hasMoved = true;
    this.events.onMoved();
  }
}
