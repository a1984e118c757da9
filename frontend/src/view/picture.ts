/**
 * The picture: the one thing that draws. It takes props, draws them in the next frame, and tells what the pointer does.
 *
 * It owns the canvases inside its host, the renderer and the camera; it knows nothing of the app's state. While all of
 * `count` points are in the picture and no draw is pending, the host carries `data-painted="<count>"`.
 */

import type { Renderer, View } from "../gl/scene";
import { type Bounds, computeBounds, EMPTY_BOUNDS } from "../math/bounds";
import { type CameraState, computeClip, flyTo, orbit, PERSPECTIVE, pan, zoomAt } from "../math/camera";
import { growthFor, pointSizeFor, thumbnailSizeFor } from "../math/point_size";
import { Projector } from "../math/projector";
import { ScreenIndex } from "../math/screen_index";
import { readEmphasis } from "./emphasis";
import { Gestures } from "./gestures";
import { type Change, Painter } from "./painter";
import { NO_PROPS, type PictureProps, type Trouble } from "./picture_props";
import { loadSprite } from "./sprite_loader";
import { Stage } from "./stage";
import { readTheme, type Theme } from "./theme";
import { Tween, wantsLessMotion } from "./tween";
import { Viewpoint } from "./viewpoint";

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

const PICK_PX = 6;
/** Points move to new positions for so long; positions that follow one another faster than this are a running layout. */
const MOVE_MS = 280;
const RUNNING_MS = 600;
/** After the last movement, so long until the points left out of the subset are drawn. */
const SETTLE_MS = 120;
const FOG = 0.55;

export class Picture {
  private props: PictureProps = NO_PROPS;
  private readonly stage: Stage;
  private readonly viewpoint = new Viewpoint();
  private readonly gestures: Gestures;
  private painter: Painter | null = null;
  private theme: Theme;
  private bounds: Bounds = EMPTY_BOUNDS;
  private oldBounds: Bounds = EMPTY_BOUNDS;
  private moving: Tween | null = null;
  private positionsAt = -Infinity;
  private change: Change = "view";
  private needsPresent = true;
  private painted = false;
  private settledAt = 0;
  private cameraMoved = false;
  private pointer: { x: number; y: number } | null = null;
  private pointerMoved = false;
  private hovered: number | null = null;
  private index: ScreenIndex | null = null;
  private frame = 0;
  private sprite: AbortController | null = null;
  private readonly troubles = new Map<"context" | "sprite", Trouble>();

  constructor(
    private readonly host: HTMLElement,
    private readonly events: PictureEvents,
  ) {
    this.theme = readTheme(host, this.props.theme);
    this.stage = new Stage(host, {
      onRenderer: (renderer, trouble) => this.equip(renderer, trouble),
      onRendererLost: (trouble) => this.lose(trouble),
      onResize: () => this.invalidate("view"),
    });
    this.gestures = new Gestures(this.stage.canvas, {
      onDrag: (dx, dy, panning) => this.drag(dx, dy, panning),
      onZoom: (factor, x, y) => this.zoomAtPixel(factor, x, y),
      onMove: (x, y) => this.point({ x, y }),
      onLeave: () => this.point(null),
      onTap: (x, y, event) => this.events.onClick(this.pick(x, y), event),
      onDoubleTap: (x, y) => this.pick(x, y) === null && this.resetView(),
    });
    this.stage.start();
  }

  /** Draws in the next frame; only what changed is uploaded. */
  set(change: Partial<PictureProps>): void {
    const before = this.props;
    this.props = { ...before, ...change };
    const changed = (...names: (keyof PictureProps)[]) => names.some((name) => this.props[name] !== before[name]);
    const { renderer } = this.stage;
    const { props } = this;
    if (changed("theme")) this.theme = readTheme(this.host, props.theme);
    if (changed("positions", "count")) this.movePoints(renderer, before);
    if (changed("dimensions")) this.viewpoint.setDimensions(props.dimensions, before.count > 0);
    if (changed("colors")) renderer?.setColors(props.colors);
    if (changed("emphasis", "count")) this.applyEmphasis(renderer);
    if (changed("showImages")) renderer?.setShowImages(props.showImages);
    if (changed("sprite")) this.loadSprite();
    if (changed("positions", "count", "dimensions", "sprite", "showImages")) this.invalidate("view");
    else if (changed("colors", "emphasis", "theme", "pointSize")) this.invalidate("style");
    else this.present();
  }

  /** Gives a new renderer all props: at the start, and after a lost context. */
  private equip(renderer: Renderer, trouble: Trouble | null): void {
    const { props } = this;
    this.setTrouble("context", trouble);
    this.painter = new Painter(renderer);
    this.moving = null;
    renderer.setPositions(props.positions, props.count, false);
    renderer.setColors(props.colors);
    this.applyEmphasis(renderer);
    renderer.setShowImages(props.showImages);
    renderer.setHovered(this.hovered);
    this.loadSprite();
    this.invalidate("view");
  }

  private lose(trouble: Trouble): void {
    this.painted = false;
    delete this.host.dataset.painted;
    this.setTrouble("context", trouble);
  }

  private movePoints(renderer: Renderer | null, before: PictureProps): void {
    const now = performance.now();
    const running = now - this.positionsAt < RUNNING_MS;
    const animate = !running && before.count === this.props.count && before.count > 0 && !wantsLessMotion();
    this.positionsAt = now;
    this.oldBounds = this.bounds;
    this.bounds = computeBounds(this.props.positions, this.props.count);
    if (before.count !== this.props.count) this.setHovered(null);
    this.moving = animate ? new Tween(now, MOVE_MS) : null;
    renderer?.setPositions(this.props.positions, this.props.count, animate);
  }

  private applyEmphasis(renderer: Renderer | null): void {
    const { emphasis, count } = this.props;
    const work = readEmphasis(emphasis, count);
    renderer?.setEmphasis(emphasis);
    renderer?.setRaised(work.raised);
    this.painter?.setWork(count, work.passes);
  }

  private loadSprite(): void {
    this.sprite?.abort();
    this.stage.renderer?.setSprite(null);
    this.setTrouble("sprite", null);
    const { sprite } = this.props;
    if (!sprite) return;
    const loading = new AbortController();
    this.sprite = loading;
    const show = async (): Promise<void> => {
      const { sheet, trouble } = await loadSprite(sprite, this.stage.textureMaxPx, loading.signal);
      this.stage.renderer?.setSprite(sheet);
      this.setTrouble("sprite", trouble);
      if (this.props.showImages) this.invalidate("style");
    };
    show().catch((cause: unknown) => {
      if (loading.signal.aborted) return;
      const message = cause instanceof Error ? cause.message : String(cause);
      this.setTrouble("sprite", { message, fix: "Check image_path in the run's projector_config.pbtxt." });
    });
  }

  private setTrouble(kind: "context" | "sprite", trouble: Trouble | null): void {
    const told = [...this.troubles.values()][0] ?? null;
    if (trouble) this.troubles.set(kind, trouble);
    else this.troubles.delete(kind);
    const worst = this.troubles.get("context") ?? this.troubles.get("sprite") ?? null;
    if (worst !== told) this.events.onTrouble(worst);
  }

  // --- Frames ---

  private invalidate(change: "view" | "style"): void {
    if (this.change !== "view") this.change = change;
    if (change === "view") this.index = null;
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
    const { renderer } = this.stage;
    if (!renderer || !this.painter || !this.stage.isVisible) return;
    if (!renderer.isIdle()) {
      this.request();
      return;
    }
    if (this.advance(now)) this.invalidate("view");
    const view = this.computeView(now);
    this.hover();
    const resting = now >= this.settledAt && !this.isMoving;
    const repainted = this.painter.paint(now, this.change, resting, view);
    this.change = "none";
    if (repainted || this.needsPresent) {
      renderer.present(view);
      this.drawOverlay();
      this.needsPresent = false;
      this.request();
    } else if (!this.painter.isWhole || this.isMoving || this.cameraMoved) this.request();
    else this.tellPainted();
    this.tellCamera(now);
  }

  private get isMoving(): boolean {
    return this.moving !== null || this.viewpoint.isMoving;
  }

  /** True while something is on its way. */
  private advance(now: number): boolean {
    const turned = this.viewpoint.advance(now);
    if (!this.moving) return turned;
    if (this.moving.isOver(now)) {
      this.moving = null;
      this.stage.renderer?.dropOldPositions();
    }
    return true;
  }

  /** The frame that drew the last points is on the screen, and the GPU is done with it. */
  private tellPainted(): void {
    if (this.painted || this.props.positions === NO_PROPS.positions) return;
    this.painted = true;
    this.host.dataset.painted = String(this.props.count);
    this.events.onPainted(this.props.count);
  }

  private tellCamera(now: number): void {
    if (!this.cameraMoved || this.isMoving || now < this.settledAt) return;
    this.cameraMoved = false;
    this.events.onCamera(this.camera);
  }

  private computeView(now: number): View {
    const { viewpoint, bounds, oldBounds, stage, theme } = this;
    const aspect = stage.width / stage.height;
    const pose = viewpoint.computePose(bounds, aspect);
    const oldPose = this.moving ? viewpoint.computePose(oldBounds, aspect) : pose;
    const steep = pose.perspective / PERSPECTIVE;
    return {
      clip: computeClip(pose, aspect),
      oldClip: computeClip(oldPose, aspect),
      mix: this.moving ? this.moving.at(now) : 1,
      fogPerW: pose.perspective > 0 ? pose.halfHeight / (pose.perspective * bounds.radius) : 0,
      fog: FOG * steep,
      pointSizePx: this.pointSizePx * stage.pixelRatio,
      thumbnailPx: this.thumbnailPx * stage.pixelRatio,
      pixelRatio: stage.pixelRatio,
      depth: steep > 0,
      style: theme,
    };
  }

  private get pointSizePx(): number {
    return (this.props.pointSize ?? pointSizeFor(this.props.count)) * growthFor(this.viewpoint.zoom);
  }

  private get thumbnailPx(): number {
    const { sprite, count } = this.props;
    const own = Math.max(sprite?.thumbWidth ?? 0, sprite?.thumbHeight ?? 0);
    return thumbnailSizeFor(count, this.stage.width, this.stage.height, own, this.viewpoint.zoom);
  }

  private get markPx(): number {
    return this.props.showImages && this.props.sprite ? this.thumbnailPx : this.pointSizePx;
  }

  private drawOverlay(): void {
    const { props, stage, theme, viewpoint } = this;
    const { overlay } = stage;
    overlay.clear();
    if (props.count === 0) return;
    const { labels } = props;
    if (labels && !this.moving) {
      const labelled = { labels, rows: props.labelRows ?? [], hovered: this.hovered, gapPx: this.markPx / 2 + 6 };
      overlay.drawLabels(labelled, this.makeProjector(), theme);
    }
    const { flat } = viewpoint;
    const { azimuth, elevation } = viewpoint.computePose(this.bounds, 1);
    if (flat < 1) overlay.drawAxes3D(azimuth, elevation, props.axisNames, theme, 1 - flat);
    if (flat > 0) overlay.drawAxes2D(props.axisNames, theme, flat);
  }

  private makeProjector(): Projector {
    const { width, height } = this.stage;
    const aspect = width / height;
    const clip = computeClip(this.viewpoint.computePose(this.bounds, aspect), aspect);
    return new Projector(this.props.positions, clip, width, height);
  }

  // --- Pointer ---

  private point(at: { x: number; y: number } | null): void {
    this.pointer = at;
    this.pointerMoved = true;
    this.request();
  }

  /** Once a frame at most, and not while the scene moves. */
  private hover(): void {
    if (!this.pointerMoved || this.isMoving || this.gestures.isPressed) return;
    this.pointerMoved = false;
    const row = this.pointer ? this.pick(this.pointer.x, this.pointer.y) : null;
    if (row === this.hovered) return;
    this.setHovered(row);
    this.events.onHover(row, this.pointer ?? { x: 0, y: 0 });
  }

  private setHovered(row: number | null): void {
    this.hovered = row;
    this.stage.renderer?.setHovered(row);
    this.stage.canvas.style.cursor = row === null ? "" : "pointer";
    this.needsPresent = true;
  }

  private pick(x: number, y: number): number | null {
    if (!this.stage.isVisible || this.props.count === 0) return null;
    this.index ??= new ScreenIndex(this.makeProjector(), this.props.count);
    const { emphasis } = this.props;
    return this.index.pick(x, y, PICK_PX, this.markPx / 2, (row) => RANKS[emphasis?.[row] ?? 0] ?? 0);
  }

  private drag(dx: number, dy: number, panning: boolean): void {
    const { height } = this.stage;
    if (this.props.dimensions === 3 && !panning) this.moveCamera(orbit(this.camera, dx / height, dy / height));
    else this.panBy(dx, dy);
  }

  private moveCamera(camera: CameraState, animate = false): void {
    this.viewpoint.goTo(camera, animate);
    this.settledAt = performance.now() + SETTLE_MS;
    this.cameraMoved = true;
    this.setHovered(null);
    this.invalidate("view");
  }

  private zoomAtPixel(factor: number, x: number, y: number): void {
    const { width, height } = this.stage;
    const pose = this.viewpoint.computePose(this.bounds, width / height);
    const [fromMiddleX, fromMiddleY] = [(x - width / 2) / height, (y - height / 2) / height];
    this.moveCamera(zoomAt(this.camera, pose, this.bounds, factor, fromMiddleX, fromMiddleY));
  }

  // --- What the keys and the toolbar do ---

  /** CSS px, as a drag of that length would. */
  orbitBy(dx: number, dy: number): void {
    this.drag(dx, dy, false);
  }

  panBy(dx: number, dy: number): void {
    const { width, height } = this.stage;
    const pose = this.viewpoint.computePose(this.bounds, width / height);
    this.moveCamera(pan(this.camera, pose, this.bounds, dx / height, dy / height));
  }

  /** At the middle of the window; above 1 is nearer. */
  zoomBy(factor: number): void {
    this.zoomAtPixel(factor, this.stage.width / 2, this.stage.height / 2);
  }

  resetView(): void {
    this.viewpoint.goHome(true);
    this.cameraMoved = true;
    this.invalidate("view");
  }

  flyTo(rows: Int32Array): void {
    const { width, height } = this.stage;
    const part = computeBounds(this.props.positions, this.props.count, rows);
    if (part.finite === 0 || !this.stage.isVisible) return;
    const { flatAtRest } = this.viewpoint;
    this.moveCamera(flyTo(this.camera, flatAtRest, this.bounds, part, width / height), true);
  }

  get camera(): CameraState {
    return this.viewpoint.camera;
  }

  set camera(camera: CameraState) {
    this.viewpoint.goTo(camera, false);
    this.invalidate("view");
  }

  /** Where a row is seen, in CSS px from the left top; null when it is not in the window. */
  locate(row: number): [x: number, y: number] | null {
    if (!this.stage.isVisible) return null;
    const { x, y, seen } = this.makeProjector().project(row);
    return seen ? [x, y] : null;
  }

  /** The picture as it is, RGBA from the left top, in device px: for tests and for saving it. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray } | null {
    return this.stage.renderer?.readPixels() ?? null;
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.frame = -1;
    this.sprite?.abort();
    this.gestures.dispose();
    this.stage.dispose();
    delete this.host.dataset.painted;
  }
}

/** What is drawn on top is picked first: by emphasis plain, faded, neighbor, selected. */
const RANKS = [1, 0, 2, 3];
