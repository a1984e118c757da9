/** The viewpoint: one camera and one room each for 2-D and 3-D, and the transition between them. */

import type { Bounds } from "../math/bounds";
import { type CameraState, computePose, HOME_2D, HOME_3D, mixCameras, type Pose } from "../math/camera";
import { type Insets, makeRoom, mixInsets, NO_INSETS, type Room } from "../math/room";
import { Tween, wantsLessMotion } from "./tween";

const MOVE_MS = 280;

interface Stand {
  readonly camera: CameraState;
  /** 0 in 3-D, 1 in 2-D. */
  readonly flat: number;
  readonly insets: Insets;
}

/** Size of the window, CSS px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export class Viewpoint {
  #dimensions: 2 | 3 = 3;
  readonly #cameras: Record<2 | 3, CameraState> = { 2: HOME_2D, 3: HOME_3D };
  #insets: Record<2 | 3, Insets> = { 2: NO_INSETS, 3: NO_INSETS };
  #now: Stand = { camera: HOME_3D, flat: 0, insets: NO_INSETS };
  #from: Stand = this.#now;
  #tween: Tween | null = null;

  /** The camera at the end of the movement. */
  get camera(): CameraState {
    return this.#cameras[this.#dimensions];
  }

  get isMoving(): boolean {
    return this.#tween !== null;
  }

  get flat(): number {
    return this.#now.flat;
  }

  /** 0 or 1: the value that `flat` approaches. */
  get flatAtRest(): 0 | 1 {
    return this.#dimensions === 2 ? 1 : 0;
  }

  /** Edges of the window that the home views leave free. */
  setInsets(insets: Record<2 | 3, Insets>, animate: boolean): void {
    const [before, after] = [this.#insets[this.#dimensions], insets[this.#dimensions]];
    this.#insets = insets;
    const moves = before.left !== after.left || before.bottom !== after.bottom;
    if (moves || !animate) this.goTo(this.camera, animate); // Without a move, the picture need not wait for one.
  }

  /** The room at the end of the movement. */
  roomIn({ width, height }: Size): Room {
    return makeRoom(this.#insets[this.#dimensions], width, height);
  }

  setDimensions(dimensions: 2 | 3, animate: boolean): void {
    this.#dimensions = dimensions;
    this.goTo(this.camera, animate);
  }

  /** The camera for 2-D or 3-D, independent of the view shown. */
  cameraIn(dimensions: 2 | 3): CameraState {
    return this.#cameras[dimensions];
  }

  /** Moves the camera for 2-D or 3-D; the movement is only visible if that view is shown. */
  setCamera(dimensions: 2 | 3, camera: CameraState, animate: boolean): void {
    if (dimensions === this.#dimensions) this.goTo(camera, animate);
    else this.#cameras[dimensions] = camera;
  }

  /** At once, or animated. */
  goTo(camera: CameraState, animate: boolean): void {
    // A 2-D picture is always seen from the front, whatever was requested.
    this.#cameras[this.#dimensions] = this.#dimensions === 2 ? { ...camera, azimuth: 0, elevation: 0 } : camera;
    this.#from = this.#now;
    this.#tween = animate && !wantsLessMotion() ? new Tween(performance.now(), MOVE_MS) : null;
    if (!this.#tween) this.#now = this.#atRest;
  }

  get #atRest(): Stand {
    return { camera: this.camera, flat: this.flatAtRest, insets: this.#insets[this.#dimensions] };
  }

  /** The user has not moved the camera, or has sent it back. */
  get isHome(): boolean {
    const { target, zoom } = this.camera;
    return zoom === 1 && target.every((part) => part === 0); // Rotation does not change the frame.
  }

  goHome(animate: boolean): void {
    this.goTo(this.#dimensions === 2 ? HOME_2D : HOME_3D, animate);
  }

  /** True if the view changed. */
  advance(now: number): boolean {
    if (!this.#tween) return false;
    const t = this.#tween.at(now);
    const flat = this.#from.flat + (this.flatAtRest - this.#from.flat) * t;
    const insets = mixInsets(this.#from.insets, this.#atRest.insets, t);
    this.#now = { camera: mixCameras(this.#from.camera, this.camera, t), flat, insets };
    if (this.#tween.isOver(now)) {
      this.#now = this.#atRest;
      this.#tween = null;
    }
    return true;
  }

  computePose(bounds: Bounds, { width, height }: Size): Pose {
    const { camera, flat, insets } = this.#now;
    return computePose(camera, flat, bounds, width / height, makeRoom(insets, width, height));
  }

  /** Rotation of the view. */
  get angles(): { azimuth: number; elevation: number } {
    return this.#now.camera;
  }

  get zoom(): number {
    return this.#now.camera.zoom;
  }
}
