/**
 * The picture: the one thing that draws. It takes props, draws them in the next frame, and tells what the pointer does.
 *
 * It owns the canvases inside its host, the renderer and the camera; it knows nothing of the app's state. While all of
 * `count` points are in the picture and no draw is pending, the host carries `data-painted="<count>"`.
 */

import type { Renderer } from "../gl/scene";
import { type CameraState, orbit } from "../math/camera";
import { readEmphasis } from "./emphasis";
import { Gestures } from "./gestures";
import { type Change, Painter } from "./painter";
import { NO_PROPS, type PictureProps, type Trouble } from "./picture_props";
import { type At, Pointing } from "./pointing";
import { Scenery } from "./scenery";
import { SpriteLoader } from "./sprite_loader";
import { Stage } from "./stage";
import { readTheme, type Theme } from "./theme";
import { Troubles } from "./troubles";

export type { CameraState } from "../math/camera";
export { EMPHASIS, type PictureProps, type SpriteProps, type Trouble } from "./picture_props";

export interface PictureEvents {
  onHover(row: number | null, at: { x: number; y: number }): void;
  onClick(row: number | null, event: PointerEvent): void;
  onPainted(count: number): void;
  onTrouble(trouble: Trouble | null): void;
  /** When the camera has come to rest after the user moved it. */
  onCamera(camera: CameraState): void;
}

/** After the last movement, so long until the points left out of the subset are drawn. */
const SETTLE_MS = 120;
/** While a layout runs, what is under the pointer is looked up for one that rests: its index costs a pass over all points. */
const POINTER_REST_MS = 150;
/** Longer than a layout takes from one frame to the next. */
const END_MS = 650;
/** A picture is drawn no more often than this while a layout runs on the cores that draw it. */
const SHARED_MS = 100;
const OLD_POSITIONS = { none: "drop", starts: "replace", "goes on": "hold" } as const;

export class Picture {
  private props: PictureProps = NO_PROPS;
  private readonly stage: Stage;
  private readonly scenery: Scenery;
  private readonly pointing: Pointing;
  private readonly gestures: Gestures;
  private readonly sprites: SpriteLoader;
  private readonly troubles: Troubles;
  private painter: Painter | null = null;
  private theme: Theme;
  private change: Change = "view";
  private needsPresent = true;
  private painted = false;
  private settledAt = 0;
  private cameraMoved = false;
  private frame = 0;
  private pointerRestsAt = 0;
  private endTimer = 0;
  private presentedAt = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly events: PictureEvents,
  ) {
    this.theme = readTheme(host, this.props.theme);
    this.troubles = new Troubles((trouble) => events.onTrouble(trouble));
    this.stage = new Stage(host, {
      onRenderer: (renderer, trouble) => this.equip(renderer, trouble),
      onRendererLost: (trouble) => this.lose(trouble),
      onResize: () => this.invalidate("view"),
    });
    this.scenery = new Scenery(this.stage);
    this.pointing = new Pointing(
      () => this.pointable,
      (row, at) => this.hover(row, at),
    );
    this.sprites = new SpriteLoader({
      onSheet: (sheet) => {
        this.stage.renderer?.setSprite(sheet);
        if (this.props.showImages) this.invalidate("style");
      },
      onTrouble: (trouble) => this.troubles.set("sprite", trouble),
    });
    this.gestures = new Gestures(this.stage.canvas, {
      onDrag: (dx, dy, panning) => this.drag(dx, dy, panning),
      onZoom: (factor, x, y) => this.moveCamera(this.scenery.zoomed(factor, x, y)),
      onMove: (x, y) => this.point({ x, y }),
      onLeave: () => this.point(null),
      onTap: (x, y, event) => this.events.onClick(this.pointing.pick(x, y), event),
      onDoubleTap: (x, y) => this.pointing.pick(x, y) === null && this.resetView(),
    });
    this.stage.start();
  }

  /** Draws in the next frame; only what changed is uploaded. */
  set(change: Partial<PictureProps>): void {
    const before = this.props;
    this.props = { ...before, ...change };
    const changed = (...names: (keyof PictureProps)[]) => names.some((name) => this.props[name] !== before[name]);
    if (!changed(...(Object.keys(change) as (keyof PictureProps)[]))) return;
    const { renderer } = this.stage;
    const { props, scenery } = this;
    if (changed("theme")) this.theme = readTheme(this.host, props.theme);
    if (changed("positions", "count")) this.movePoints(renderer, before.count);
    scenery.keep(props);
    if (changed("dimensions")) scenery.viewpoint.setDimensions(props.dimensions, before.count > 0);
    if (changed("colors")) renderer?.setColors(props.colors);
    if (changed("emphasis", "count")) this.applyEmphasis(renderer);
    if (changed("showImages")) renderer?.setShowImages(props.showImages);
    if (changed("sprite")) this.sprites.load(props.sprite, this.stage.textureMaxPx);
    if (changed("positions", "count", "dimensions", "sprite", "showImages")) this.invalidate("view");
    else if (changed("colors", "emphasis", "theme", "pointSize")) this.invalidate("style");
    else this.present();
  }

  /** Gives a new renderer all props: at the start, and after a lost context. */
  private equip(renderer: Renderer, trouble: Trouble | null): void {
    const { props } = this;
    this.troubles.set("context", trouble);
    this.painter = new Painter(renderer);
    this.scenery.arrive();
    renderer.setPositions(props.positions, props.count, "drop");
    renderer.setColors(props.colors);
    this.applyEmphasis(renderer);
    renderer.setShowImages(props.showImages);
    renderer.setHovered(this.pointing.hovered);
    this.sprites.load(props.sprite, this.stage.textureMaxPx);
    this.invalidate("view");
  }

  private lose(trouble: Trouble): void {
    this.painted = false;
    delete this.host.dataset.painted;
    this.troubles.set("context", trouble);
  }

  private movePoints(renderer: Renderer | null, countBefore: number): void {
    const travel = this.scenery.movePoints(this.props);
    if (travel === "starts" || countBefore !== this.props.count) this.pointing.leave();
    renderer?.setPositions(this.props.positions, this.props.count, OLD_POSITIONS[travel]);
  }

  private applyEmphasis(renderer: Renderer | null): void {
    const { emphasis, count } = this.props;
    const work = readEmphasis(emphasis, count);
    renderer?.setEmphasis(emphasis);
    renderer?.setRaised(work.raised);
    this.painter?.setWork(count, work.passes);
  }

  // --- Frames ---

  private invalidate(change: "view" | "style"): void {
    if (this.change !== "view") this.change = change;
    if (change === "view") this.pointing.forgetPlaces();
    this.painted = false;
    delete this.host.dataset.painted;
    this.present();
  }

  private present(): void {
    this.needsPresent = true;
    this.request();
  }

  private request(): void {
    if (!this.frame) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.frame = 0;
    const { stage, painter, scenery } = this;
    const { renderer } = stage;
    if (!renderer || !painter || !stage.isVisible) return;
    if (!renderer.isIdle() || this.leavesTheCores(now, renderer)) {
      this.request();
      return;
    }
    stage.fitCanvas();
    this.advance(now, renderer);
    const resting = now >= this.settledAt && !scenery.isMoving;
    // Once a frame at most, and not while the scene moves.
    const running = scenery.isRunning(now);
    if (resting && !this.gestures.isPressed && (!running || now >= this.pointerRestsAt)) this.pointing.look();
    const view = scenery.computeView(now, this.theme);
    const repainted = painter.paint(now, this.change, resting, view);
    this.change = "none";
    if (repainted || this.needsPresent) {
      renderer.present(view);
      this.presentedAt = now;
      this.drawOverlay();
      this.needsPresent = false;
      this.request();
    } else if (!painter.isWhole || scenery.isMoving || this.cameraMoved) this.request();
    else this.tellPainted();
    if (running) this.awaitEnd();
    this.tellCamera(now);
  }

  /** Whether a layout that runs has the cores until later. Nobody who moves the camera waits for it. */
  private leavesTheCores(now: number, renderer: Renderer): boolean {
    if (!renderer.isSoftware || !this.scenery.isRunning(now) || now < this.settledAt) return false;
    return now - this.presentedAt < SHARED_MS;
  }

  private advance(now: number, renderer: Renderer): void {
    const { moved, arrived } = this.scenery.advance(now);
    if (arrived) renderer.dropOldPositions();
    if (moved) this.invalidate("view");
  }

  /** The frame that drew the last points is on the screen, and the GPU is done with it. */
  private tellPainted(): void {
    if (this.painted || this.props.positions === NO_PROPS.positions) return;
    this.painted = true;
    this.host.dataset.painted = String(this.props.count);
    this.events.onPainted(this.props.count);
  }

  /** The labels that a running layout does without come back once no more positions come. */
  private awaitEnd(): void {
    clearTimeout(this.endTimer);
    this.endTimer = window.setTimeout(() => this.present(), END_MS);
  }

  private tellCamera(now: number): void {
    if (!this.cameraMoved || this.scenery.isMoving || now < this.settledAt) return;
    this.cameraMoved = false;
    this.events.onCamera(this.camera);
  }

  private drawOverlay(): void {
    const { props, scenery, theme } = this;
    const { overlay } = this.stage;
    overlay.clear();
    if (props.count === 0) return;
    const { labels } = props;
    if (labels && !scenery.pointsMove && !scenery.isRunning(performance.now())) {
      const { hovered } = this.pointing;
      const labelled = { labels, rows: props.labelRows ?? [], hovered, gapPx: scenery.markPx / 2 + 6 };
      overlay.drawLabels(labelled, scenery.makeProjector(), theme);
    }
    const { flat } = scenery.viewpoint;
    const { azimuth, elevation } = scenery.angles;
    if (flat < 1) overlay.drawAxes3D(azimuth, elevation, props.axisNames, theme, 1 - flat);
    if (flat > 0) overlay.drawAxes2D(props.axisNames, theme, flat);
    if (scenery.leftOut > 0 && !scenery.pointsMove) overlay.drawLeftOut(scenery.leftOut, theme);
  }

  // --- Pointer ---

  private get pointable() {
    const { props, scenery, stage } = this;
    if (!stage.isVisible) return null;
    const { count, emphasis } = props;
    return { count, emphasis, markPx: scenery.markPx, makeProjector: () => scenery.makeProjector() };
  }

  private point(at: At | null): void {
    this.pointing.move(at);
    this.pointerRestsAt = performance.now() + POINTER_REST_MS;
    this.request();
  }

  private hover(row: number | null, at: At): void {
    this.stage.renderer?.setHovered(row);
    this.stage.canvas.style.cursor = row === null ? "" : "pointer";
    this.needsPresent = true;
    this.events.onHover(row, at);
  }

  private drag(dx: number, dy: number, panning: boolean): void {
    const { height } = this.stage;
    if (this.props.dimensions === 3 && !panning) this.moveCamera(orbit(this.camera, dx / height, dy / height));
    else this.panBy(dx, dy);
  }

  private moveCamera(camera: CameraState, animate = false): void {
    this.scenery.viewpoint.goTo(camera, animate);
    this.settledAt = performance.now() + SETTLE_MS;
    this.cameraMoved = true;
    this.pointing.leave();
    this.invalidate("view");
  }

  // --- What the keys and the toolbar do ---

  /** CSS px, as a drag of that length would. */
  orbitBy(dx: number, dy: number): void {
    this.drag(dx, dy, false);
  }

  panBy(dx: number, dy: number): void {
    this.moveCamera(this.scenery.panned(dx, dy));
  }

  /** At the middle of the window; above 1 is nearer. */
  zoomBy(factor: number): void {
    this.moveCamera(this.scenery.zoomed(factor, this.stage.width / 2, this.stage.height / 2));
  }

  resetView(): void {
    this.scenery.goHome();
    this.cameraMoved = true;
    this.pointing.leave();
    this.invalidate("view");
  }

  flyTo(rows: Int32Array): void {
    const camera = this.stage.isVisible ? this.scenery.flownTo(rows) : null;
    if (camera) this.moveCamera(camera, true);
  }

  get camera(): CameraState {
    return this.scenery.viewpoint.camera;
  }

  set camera(camera: CameraState) {
    this.scenery.viewpoint.goTo(camera, false);
    this.pointing.leave();
    this.invalidate("view");
  }

  /** Where a row is seen, in CSS px from the left top; null when it is not in the window. */
  locate(row: number): [x: number, y: number] | null {
    if (!this.stage.isVisible) return null;
    const { x, y, seen } = this.scenery.makeProjector().project(row);
    return seen ? [x, y] : null;
  }

  /** The picture as it is, RGBA from the left top, in device px: for tests and for saving it. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray } | null {
    return this.stage.renderer?.readPixels() ?? null;
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.endTimer);
    this.frame = -1;
    this.sprites.stop();
    this.gestures.dispose();
    this.stage.dispose();
    delete this.host.dataset.painted;
  }
}
