/**
 * The picture: the one thing that draws. It takes props, draws them in the next frame, and tells what the pointer does.
 *
 * It owns the canvases inside its host, the renderer and the camera; it knows nothing of the app's state. While the picture
 * is at rest, the host carries `data-painted="<count>"`: all of `count` points are in it, nothing moves, the frame with all
 * labels is on the screen, and no thumbnails or texts are on their way.
 */

import { type LabelSheet, PASS, type Renderer } from "../gl/scene";
import { type CameraState, orbit, turned } from "../math/camera";
import { nearestTo, nextInDirection, type Place } from "../math/walking";
import { AreaDrawing, type AreaTold } from "./area_drawing";
import { readEmphasis } from "./emphasis";
import { Gestures } from "./gestures";
import { LabelSheetMaker } from "./label_sheet_maker";
import { Minimap } from "./minimap";
import { drawAxes, drawOver } from "./over_points";
import { type Change, Painter } from "./painter";
import { NO_PROPS, type PictureProps, type Trouble } from "./picture_props";
import { type At, Pointing } from "./pointing";
import { Scenery } from "./scenery";
import { composePicture, nextFrame } from "./snapshot";
import { SpriteLoader } from "./sprite_loader";
import { Stage } from "./stage";
import { SvgPen } from "./svg_pen";
import { writeSvg } from "./svg_writer";
import { readTheme, type Theme } from "./theme";
import { Troubles } from "./troubles";
import { Turntable } from "./turntable";
import { wantsLessMotion } from "./tween";

export type { CameraState } from "../math/camera";
export type { AreaTold } from "./area_drawing";
export { EMPHASIS, type PictureProps, type Trouble } from "./picture_props";

export interface PictureEvents {
  onHover(row: number | null, at: { x: number; y: number }): void;
  onClick(row: number | null, event: PointerEvent): void;
  onPainted(count: number): void;
  onTrouble(trouble: Trouble | null): void;
  /** When the camera has come to rest after the user moved it. */
  onCamera(camera: CameraState): void;
  /** While an area is drawn, and when it is done. */
  onArea(told: AreaTold): void;
  /** Somebody moves the camera: it no longer turns by itself. */
  onTaken(): void;
}

/** After the last movement, so long until the points left out of the subset are drawn. */
const SETTLE_MS = 120;
/** While a layout runs, what is under the pointer is looked up for one that rests: its index costs a pass over all points. */
const POINTER_REST_MS = 150;
/** Longer than a layout takes from one frame to the next. */
const END_MS = 650;
/** A picture is drawn no more often than this while a layout runs on the cores that draw it. */
const SHARED_MS = 100;
/** Props that draw the same points in the same places differently. */
const STYLE = [
  "colors",
  "emphasis",
  "theme",
  "pointSize",
  "sizes",
  "opacity",
  "fog",
  "sizeByDepth",
  "density",
  "lines",
] as const;
/** A side of a saved picture. */
const MOST_SAVED_PX = 8192;
/** From this share of the points on (or this many), those that stand out are drawn with the others, a slice at a time. */
const CROWD = 0.05;
const LEAST_CROWD = 20_000;
/** A narrower picture has no room for a map. */
const ROOM_PX = 420;
const OLD_POSITIONS = { none: "drop", starts: "replace", "goes on": "hold" } as const;

export class Picture {
  private props: PictureProps = NO_PROPS;
  private readonly stage: Stage;
  private readonly scenery: Scenery;
  private readonly pointing: Pointing;
  private readonly areas: AreaDrawing;
  private readonly gestures: Gestures;
  private readonly minimap: Minimap;
  private readonly turntable = new Turntable();
  private readonly sprites: SpriteLoader;
  private readonly troubles: Troubles;
  private readonly labelSheets = new LabelSheetMaker((sheet) => this.takeLabels(sheet));
  private labelSheet: LabelSheet | null = null;
  private painter: Painter | null = null;
  private theme: Theme;
  private change: Change = "view";
  private needsPresent = true;
  private painted = false;
  private settledAt = 0;
  private cameraMoved = false;
  private frame = 0;
  private isTurning = false;
  private pointerRestsAt = 0;
  private endTimer = 0;
  private presentedAt = 0;

  constructor(
    readonly host: HTMLElement,
    private readonly events: Partial<PictureEvents>,
  ) {
    this.theme = readTheme(host, this.props.theme);
    this.troubles = new Troubles((trouble) => events.onTrouble?.(trouble));
    this.stage = new Stage(host, {
      onRenderer: (renderer, trouble) => this.equip(renderer, trouble),
      onRendererLost: (trouble) => this.lose(trouble),
      onResize: () => this.invalidate("view"),
      onHide: () => this.stir(),
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
      onPage: (page, image) => {
        this.stage.renderer?.setSpritePage(page, image);
        if (this.props.showImages) this.invalidate("style");
      },
      onTrouble: (trouble) => this.troubles.set("sprite", trouble),
      onEnd: () => this.present(),
    });
    this.areas = new AreaDrawing(
      () => this.drawable,
      (x, y) => this.pointing.pick(x, y),
      (told) => this.events.onArea?.(told),
    );
    this.minimap = new Minimap(host, {
      onCenter: (x, y) => this.moveCamera(this.scenery.centeredOn(x, y)),
      onZoom: (factor) => this.zoomBy(factor),
    });
    this.gestures = new Gestures(this.stage.canvas, {
      onPress: () => this.stopTurning(),
      onDrag: (dx, dy, panning) => this.drag(dx, dy, panning),
      onZoom: (factor, x, y) => this.moveCamera(this.scenery.zoomed(factor, x, y)),
      onMove: (x, y) => this.point({ x, y }),
      onLeave: () => this.point(null),
      onTap: (x, y, event) => this.events.onClick?.(this.pointing.pick(x, y), event),
      onDoubleTap: (x, y) => this.pointing.pick(x, y) === null && this.resetView(),
      canDraw: (x, y) => this.areas.canStart(this.props.tool, x, y),
      onDrawStart: (x, y) => this.startArea(x, y),
      onDraw: (x, y, event) => this.drawArea(x, y, event),
      onDrawEnd: (isKept) => this.endArea(isKept),
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
    if (changed("sizes")) renderer?.setSizes(props.sizes);
    if (changed("lines")) renderer?.setLines(props.lines);
    if (changed("emphasis", "count", "lines", "density")) this.applyEmphasis(renderer);
    if (changed("labelPoints", "count")) this.makeLabels();
    if (changed("showImages")) renderer?.setShowImages(props.showImages);
    if (changed("tool")) this.showCursor();
    if (changed("sprite")) this.sprites.load(props.sprite, this.stage.textureMaxPx);
    if (changed("positions", "count", "dimensions", "sprite", "showImages", "imagesNear")) this.invalidate("view");
    else if (changed(...STYLE)) this.invalidate("style");
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
    renderer.setSizes(props.sizes);
    renderer.setLines(props.lines);
    this.applyEmphasis(renderer);
    this.makeLabels();
    renderer.setShowImages(props.showImages);
    renderer.setHovered(this.pointing.hovered);
    this.sprites.load(props.sprite, this.stage.textureMaxPx);
    this.invalidate("view");
  }

  private lose(trouble: Trouble): void {
    this.painted = false;
    this.stir();
    this.troubles.set("context", trouble);
  }

  private movePoints(renderer: Renderer | null, countBefore: number): void {
    const travel = this.scenery.movePoints(this.props);
    if (travel === "starts" || countBefore !== this.props.count) this.pointing.leave();
    renderer?.setPositions(this.props.positions, this.props.count, OLD_POSITIONS[travel]);
  }

  private applyEmphasis(renderer: Renderer | null): void {
    const { emphasis, count, lines, density } = this.props;
    const work = readEmphasis(emphasis, count, density ? Infinity : Math.max(LEAST_CROWD, count * CROWD));
    renderer?.setEmphasis(emphasis);
    renderer?.setRaised(work.raised);
    const before = lines ? [PASS.lines] : [];
    const after = this.labelSheet && !this.labelSheet.isAll ? [PASS.labels] : [];
    this.painter?.setWork(count, [...before, ...work.passes, ...after]);
  }

  private makeLabels(): void {
    const { labelPoints } = this.props;
    const { pixelRatio, textureMaxPx } = this.stage;
    const isDrawn = textureMaxPx < Infinity; // Without WebGL the labels over the points stand in.
    this.labelSheets.make(isDrawn ? labelPoints : null, { font: this.theme.font, pixelRatio, mostPx: textureMaxPx });
  }

  private takeLabels(sheet: LabelSheet | null): void {
    this.present(); // Even where there is none before and after: it is no longer waited for.
    if (sheet === this.labelSheet) return;
    this.labelSheet = sheet;
    this.stage.renderer?.setLabels(sheet);
    this.applyEmphasis(this.stage.renderer);
    this.invalidate("style");
  }

  // --- Frames ---

  private invalidate(change: "view" | "style"): void {
    if (this.change !== "view") this.change = change;
    if (change === "view") this.pointing.forgetPlaces();
    this.painted = false;
    this.present();
  }

  private present(): void {
    this.needsPresent = true;
    this.stir();
    this.request();
  }

  /** It is at rest no longer. */
  private stir(): void {
    delete this.host.dataset.painted;
  }

  private request(): void {
    if (!this.frame) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.frame = 0;
    const { stage, painter, scenery } = this;
    const { renderer } = stage;
    if (!renderer || !painter || !stage.isVisible) return;
    if (this.areas.look()) this.drawOverlay(); // Its outline follows the pointer however busy the GPU is.
    if (this.areas.isBusy) this.request();
    if (!renderer.isIdle() || this.leavesTheCores(now, renderer)) {
      this.request();
      return;
    }
    stage.fitCanvas();
    this.advance(now, renderer);
    this.turn(now);
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
    const { count, positions } = this.props;
    if (positions === NO_PROPS.positions) return;
    if (!this.awaitsMore) this.host.dataset.painted = String(count);
    if (this.painted) return;
    this.painted = true;
    this.events.onPainted?.(count);
  }

  /** Something is on its way that will be drawn without anybody's asking. */
  private get awaitsMore(): boolean {
    const awaitsImages = this.props.showImages && this.sprites.isLoading;
    return awaitsImages || this.labelSheets.isMaking || this.endTimer !== 0 || this.isTurning;
  }

  /** The labels that a running layout does without come back once no more positions come. */
  private awaitEnd(): void {
    clearTimeout(this.endTimer);
    this.endTimer = window.setTimeout(() => {
      this.endTimer = 0;
      this.present();
    }, END_MS);
  }

  private tellCamera(now: number): void {
    if (!this.cameraMoved || this.scenery.isMoving || now < this.settledAt) return;
    this.cameraMoved = false;
    this.events.onCamera?.(this.camera);
  }

  private drawOverlay(): void {
    const { props, scenery, theme, stage } = this;
    drawOver(stage.overlay, props, scenery, theme, this.pointing.hovered, this.labelSheet);
    if (this.areas.shown !== null) stage.overlay.drawArea(this.areas.shown, theme);
    this.drawMinimap();
  }

  // --- Pointer ---

  private get pointable() {
    const { props, scenery, stage } = this;
    if (!stage.isVisible) return null;
    const { count, emphasis } = props;
    const sizes = scenery.drawsImages ? null : props.sizes; // Images are all of one size.
    return { count, emphasis, sizes, markPx: scenery.markPx, makeProjector: () => scenery.makeProjector() };
  }

  private get drawable() {
    const { props, scenery, stage } = this;
    if (!stage.isVisible) return null;
    const { positions: columns, count } = props;
    return { columns, count, unitsPerPx: scenery.unitsPerPx, makeProjector: () => scenery.makeProjector() };
  }

  private startArea(x: number, y: number): void {
    this.areas.start(this.props.tool, x, y);
    this.pointing.leave();
  }

  private drawArea(x: number, y: number, event: PointerEvent): void {
    this.areas.move(x, y, event);
    this.request();
  }

  private endArea(isKept: boolean): void {
    if (isKept) this.areas.end();
    else this.areas.cancel();
    this.present();
  }

  private point(at: At | null): void {
    this.pointing.move(at);
    this.pointerRestsAt = performance.now() + POINTER_REST_MS;
    this.stir(); // What is there has not been looked up yet.
    this.request();
  }

  private hover(row: number | null, at: At): void {
    this.stage.renderer?.setHovered(row);
    this.showCursor();
    this.present();
    this.events.onHover?.(row, at);
  }

  private showCursor(): void {
    const overNothing = this.props.tool === "pan" ? "" : "crosshair";
    this.stage.canvas.style.cursor = this.pointing.hovered === null ? overNothing : "pointer";
  }

  private drag(dx: number, dy: number, panning: boolean): void {
    const { height } = this.stage;
    if (this.props.dimensions === 3 && !panning) this.moveCamera(orbit(this.camera, dx / height, dy / height));
    else this.panBy(dx, dy);
  }

  private moveCamera(camera: CameraState, animate = false): void {
    this.stopTurning();
    this.goTo(camera, animate);
  }

  private goTo(camera: CameraState, animate: boolean): void {
    this.scenery.viewpoint.goTo(camera, animate);
    this.settledAt = performance.now() + SETTLE_MS;
    this.cameraMoved = true;
    this.pointing.leave();
    this.invalidate("view");
  }

  /** By itself; while it turns nothing is pointed at. */
  private turn(now: number): void {
    const { props, gestures, scenery } = this;
    const mayTurn = props.rotating && props.dimensions === 3 && !wantsLessMotion();
    this.isTurning = mayTurn && !gestures.isPressed && !scenery.isMoving;
    const angle = this.turntable.advance(now, this.isTurning);
    if (angle !== 0) this.goTo(turned(this.camera, angle), false);
    else if (this.isTurning) this.request();
  }

  private stopTurning(): void {
    if (this.props.rotating) this.events.onTaken?.();
  }

  private drawMinimap(): void {
    const { props, scenery, stage, minimap } = this;
    const isShown = props.showMinimap && props.count > 0 && scenery.viewpoint.flat === 1 && stage.width >= ROOM_PX;
    const { whole, seen } = scenery.plane;
    if (isShown && !scenery.pointsMove) minimap.show(props, whole, seen, this.theme, stage.pixelRatio);
    else minimap.hide();
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
    this.stopTurning();
    this.scenery.goHome();
    this.cameraMoved = true;
    this.pointing.leave();
    this.invalidate("view");
  }

  /** A layout has ended: all of it into view, for who has not moved the camera. */
  refit(): void {
    this.scenery.refit();
    this.invalidate("view");
  }

  flyTo(rows: Int32Array): void {
    const camera = this.stage.isVisible ? this.scenery.flownTo(rows) : null;
    if (camera) this.moveCamera(camera, true);
  }

  get camera(): CameraState {
    return this.scenery.viewpoint.camera;
  }

  cameraIn(dimensions: 2 | 3): CameraState {
    return this.scenery.viewpoint.cameraIn(dimensions);
  }

  /** Sends the camera of 2-D or of 3-D somewhere: at once, or in a moment's movement. */
  look(dimensions: 2 | 3, camera: CameraState, animate: boolean): void {
    this.scenery.viewpoint.look(dimensions, camera, animate);
    this.pointing.leave();
    this.invalidate("view");
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

  /** The point that is next on the screen in a direction; from `row`, or else the one in the middle of the window. */
  findNext(row: number | null, direction: Place): number | null {
    const { stage, scenery } = this;
    const { count } = this.props;
    if (!stage.isVisible) return null;
    const projector = scenery.makeProjector();
    if (row !== null && projector.project(row).w > 0) return nextInDirection(projector, count, row, direction);
    return nearestTo(projector, count, { x: stage.width / 2, y: stage.height / 2 });
  }

  /** Moves the camera where the point is out of the window. */
  bringIntoView(row: number): void {
    const camera = this.locate(row) === null ? this.scenery.centeredAt(row) : null;
    if (camera !== null) this.moveCamera(camera);
  }

  /** As if the pointer were on the row's point: for whoever points at it elsewhere. A point out of the window is not. */
  pointAt(row: number | null): void {
    const place = row === null ? null : this.locate(row);
    this.pointing.hold(place === null ? null : row, place && { x: place[0], y: place[1] });
    this.request();
  }

  /** The picture as it is, RGBA from the left top, in device px: for tests and for saving it. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray } | null {
    return this.stage.renderer?.readPixels() ?? null;
  }

  /** CSS px of the window, and how many device px each may be saved in at most. */
  get extent(): { width: number; height: number; mostRatio: number } {
    const { width, height, textureMaxPx } = this.stage;
    return { width, height, mostRatio: Math.min(textureMaxPx, MOST_SAVED_PX) / Math.max(width, height, 1) };
  }

  /** The picture as it is seen, points, labels and axes, in another number of device px to a CSS px. */
  async snapshot(pixelRatio: number): Promise<HTMLCanvasElement | null> {
    const { stage } = this;
    this.pointing.hold(null, null);
    stage.setPixelRatio(pixelRatio);
    this.invalidate("view");
    try {
      while (!this.painted && stage.isVisible && this.frame >= 0) await nextFrame();
      const pixels = this.readPixels();
      return pixels && composePicture(pixels, stage.overlay.canvas);
    } finally {
      stage.setPixelRatio(null);
      this.invalidate("view");
    }
  }

  /** The picture as it is seen, as SVG in pieces. `extra` is markup that is put over it. */
  writeSvg(extra: string): Generator<string> {
    const { props, scenery, stage, theme } = this;
    const pen = new SvgPen();
    drawAxes({ context: pen, width: stage.width, height: stage.height }, props, scenery, theme);
    const over = { texts: stage.overlay.placed, markup: [...pen.markup, extra] };
    return writeSvg(props, scenery.computeView(performance.now(), theme), scenery.makeProjector(), theme, over);
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.endTimer);
    this.frame = -1;
    this.sprites.stop();
    this.labelSheets.stop();
    this.gestures.dispose();
    this.minimap.dispose();
    this.minimap.canvas.remove();
    this.stage.dispose();
    delete this.host.dataset.painted;
  }
}
