/**
 * Draws the frames: when one is due, how much of the points it adds, and whether all of them are on the screen. It
 * maintains the host's `data-painted`.
 */

import { ShaderError } from "../gl/program";
import type { Renderer } from "../gl/scene";
import type { CameraControl } from "./camera_control";
import { type Change, Painter } from "./painter";
import { NO_PROPS, type PictureProps } from "./picture_props";
import type { PointerControl } from "./pointer_control";
import type { Scenery } from "./scenery";
import type { Stage } from "./stage";
import type { Theme } from "./theme";

/** Delay before a layout counts as ended: longer than its frames are apart. */
const END_MS = 650;
/** Minimum interval between redraws while a layout runs on the same cores as the renderer. */
const SHARED_MS = 100;
/** Time that a picture drawn by the cores waits for the clicked point's neighbors: their search needs the same cores. */
const AWAITED_MS = 60;

interface FrameParts {
  readonly host: HTMLElement;
  readonly stage: Stage;
  readonly scenery: Scenery;
  readonly camera: CameraControl;
  readonly pointer: PointerControl;
  readProps(): PictureProps;
  readTheme(): Theme;
  /** Labels, axes and what else lies over the points. */
  drawOver(): void;
  /** Something else than the points is pending, and will be drawn without further input. */
  awaitsMore(): boolean;
  /** The camera does not turn by itself. */
  isHeld(): boolean;
  /** The picture was drawn anew, and will be presented. */
  onRepainted(): void;
  onPainted(count: number): void;
}

export class Frames {
  painter: Painter | null = null;
  #change: Change = "view";
  #needsPresent = true;
  #painted = false;
  #frame = 0;
  #endTimer = 0;
  #presentedAt = 0;
  /** When neighbors were first awaited; null: none are. */
  #awaitedSince: number | null = null;
  #isDisposed = false;

  constructor(private readonly parts: FrameParts) {}

  /** For a new renderer, which has drawn nothing. */
  startWith(renderer: Renderer): void {
    this.painter = new Painter(renderer);
  }

  invalidate(change: "view" | "style"): void {
    if (this.#change !== "view") this.#change = change;
    if (change === "view") this.parts.pointer.invalidateIndex();
    this.#painted = false;
    this.present();
  }

  present(): void {
    this.#needsPresent = true;
    this.clearPainted();
    this.request();
  }

  /** Marks the picture as no longer at rest. */
  clearPainted(): void {
    delete this.parts.host.dataset.painted;
  }

  /** Nothing that was drawn is on the screen anymore. */
  lose(): void {
    this.#painted = false;
    this.clearPainted();
  }

  request(): void {
    if (!this.#frame && !this.#isDisposed) this.#frame = requestAnimationFrame((now) => this.#drawSafely(now));
  }

  /** A program is compiled by its first use, which may come late: with the density, or the thumbnails. */
  #drawSafely(now: number): void {
    this.#frame = 0;
    try {
      this.#draw(now);
    } catch (error) {
      if (!(error instanceof ShaderError)) throw error;
      this.parts.stage.drawWithoutWebgl(error);
    }
  }

  #draw(now: number): void {
    const { stage, scenery, camera, pointer, drawOver } = this.parts;
    const { painter } = this;
    const { renderer } = stage;
    if (!renderer || !painter || !stage.isVisible) return;
    if (pointer.searchArea()) drawOver(); // The outline follows the pointer even while the GPU is busy.
    if (pointer.isSearching) this.request();
    if (!renderer.isIdle() || this.#yieldsToLayout(now, renderer)) {
      this.request();
      return;
    }
    stage.fitCanvas();
    this.#advance(now, renderer);
    if (camera.turn(now, pointer.isPressed || this.parts.isHeld())) this.request();
    // At most once per frame, and not while the scene moves.
    const running = scenery.isRunning(now);
    const resting = camera.hasSettled(now) && !scenery.isMoving;
    if (resting) pointer.updateHovered(now, running);
    this.#paint(now, painter, renderer, resting);
    if (running) this.#awaitEnd();
    camera.reportRest(now);
  }

  #paint(now: number, painter: Painter, renderer: Renderer, resting: boolean): void {
    const { scenery, camera } = this.parts;
    const view = scenery.computeView(now, this.parts.readTheme());
    const repainted = painter.paint(now, this.#change, resting, view, this.parts.readProps().awaitsNeighbors);
    this.#change = "none";
    const yields = this.#yieldsToNeighbors(now, renderer);
    if (repainted) this.parts.onRepainted();
    if (repainted || (this.#needsPresent && !yields)) {
      renderer.present(view);
      this.#presentedAt = now;
      this.parts.drawOver();
      this.#needsPresent = false;
      this.request();
    } else if (this.#needsPresent || !painter.isWhole || scenery.isMoving || camera.hasMoved) this.request();
    else this.#reportPainted();
  }

  /** Whether to leave the cores to a running layout for now. Never while the user moves the camera. */
  #yieldsToLayout(now: number, renderer: Renderer): boolean {
    const { scenery, camera } = this.parts;
    if (!renderer.isSoftware || !scenery.isRunning(now) || !camera.hasSettled(now)) return false;
    return now - this.#presentedAt < SHARED_MS;
  }

  /** The clicked point of a large picture then appears with its neighbors, which are there sooner. */
  #yieldsToNeighbors(now: number, renderer: Renderer): boolean {
    const isAwaited = renderer.isSoftware && this.parts.readProps().awaitsNeighbors;
    this.#awaitedSince = isAwaited ? (this.#awaitedSince ?? now) : null;
    return this.#awaitedSince !== null && now - this.#awaitedSince < AWAITED_MS;
  }

  #advance(now: number, renderer: Renderer): void {
    const { moved, arrived } = this.parts.scenery.advance(now);
    if (arrived) renderer.dropOldPositions();
    if (moved) this.invalidate("view");
  }

  /** The frame with the last points is on the screen, and the GPU is idle. */
  #reportPainted(): void {
    const { host, camera } = this.parts;
    const { count, positions } = this.parts.readProps();
    if (positions === NO_PROPS.positions) return;
    const awaitsMore = this.parts.awaitsMore() || this.#endTimer !== 0 || camera.isTurning;
    if (!awaitsMore) host.dataset.painted = String(count);
    if (this.#painted) return;
    this.#painted = true;
    this.parts.onPainted(count);
  }

  /** All points, labels and images are on the screen. */
  get isComplete(): boolean {
    return this.#painted && !this.parts.awaitsMore();
  }

  /** Frames are drawn, and there are points to draw. */
  get isDrawing(): boolean {
    const { renderer, isVisible } = this.parts.stage;
    return (
      renderer !== null && isVisible && !this.#isDisposed && this.parts.readProps().positions !== NO_PROPS.positions
    );
  }

  /** Labels hidden during a running layout come back once positions stop arriving. */
  #awaitEnd(): void {
    clearTimeout(this.#endTimer);
    this.#endTimer = window.setTimeout(() => {
      this.#endTimer = 0;
      this.present();
    }, END_MS);
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#endTimer);
    this.#isDisposed = true;
    this.clearPainted();
  }
}
