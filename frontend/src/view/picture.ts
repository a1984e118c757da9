/**
 * Draws the picture. It takes props, draws them in the next frame, and reports pointer actions.
 *
 * It owns the canvases inside its host, the renderer and the camera; it does not depend on the app's state. While the
 * picture is at rest, the host carries `data-painted="<count>"`: all of `count` points are in it, nothing moves, the
 * frame with all labels is on the screen, and no thumbnails or texts are pending.
 */

import { type LabelSheet, PASS, type Renderer } from "../gl/scene";
import type { CameraState } from "../math/camera";
import type { AreaEvent } from "./area_drawing";
import { CameraControl } from "./camera_control";
import { readEmphasis } from "./emphasis";
import { LabelSheetMaker } from "./label_sheet_maker";
import { Minimap } from "./minimap";
import { drawAxes, drawOver } from "./over_points";
import { type Change, Painter } from "./painter";
import { PictureProblems } from "./picture_problems";
import { NO_PROPS, type PictureProblem, type PictureProps } from "./picture_props";
import { PointerControl } from "./pointer_control";
import { Scenery } from "./scenery";
import { composePicture, copyColumns, nextFrame } from "./snapshot";
import { SpriteLoader } from "./sprite_loader";
import { Stage } from "./stage";
import { SvgPen } from "./svg_pen";
import { writeSvg } from "./svg_writer";
import { readTheme, type Theme } from "./theme";

export type { AreaEvent } from "./area_drawing";
export { EMPHASIS, type PictureProps } from "./picture_props";

export interface PictureEvents {
  onHover(row: number | null, at: { x: number; y: number }): void;
  onClick(row: number | null, event: PointerEvent): void;
  onPainted(count: number): void;
  onProblem(problem: PictureProblem | null): void;
  /** When the camera has come to rest after the user moved it. */
  onCamera(camera: CameraState): void;
  /** While an area is being drawn, and when it is done. */
  onArea(event: AreaEvent): void;
  /** The user moves the camera, so it stops rotating. */
  onUserMove(): void;
}

/** Delay before a layout counts as ended: longer than its frames are apart. */
const END_MS = 650;
/** Minimum interval between redraws while a layout runs on the same cores as the renderer. */
const SHARED_MS = 100;
/** Props that change the appearance of points without moving them. */
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
/** Maximum side of a saved picture. */
const MAX_SAVED_PX = 8192;
/** Fraction of the points (at least MIN_RAISED_LIMIT) above which emphasized points are drawn in slices, too. */
const MAX_RAISED_FRACTION = 0.05;
const MIN_RAISED_LIMIT = 20_000;
/** Minimum width of the picture for a minimap. */
const MIN_MINIMAP_WIDTH_PX = 420;
const OLD_POSITIONS = { none: "drop", starts: "replace", "goes on": "hold" } as const;

export class Picture {
  #props: PictureProps = NO_PROPS;
  readonly #stage: Stage;
  readonly #scenery: Scenery;
  readonly camera: CameraControl;
  readonly pointer: PointerControl;
  readonly #minimap: Minimap;
  readonly #sprites: SpriteLoader;
  readonly #problems: PictureProblems;
  readonly #labelSheets = new LabelSheetMaker((sheet) => this.#setLabelSheet(sheet));
  #labelSheet: LabelSheet | null = null;
  #painter: Painter | null = null;
  #theme: Theme;
  #change: Change = "view";
  #needsPresent = true;
  #painted = false;
  #frame = 0;
  #endTimer = 0;
  #presentedAt = 0;
  /** Props that arrived while a snapshot is drawn; null: none is drawn. */
  #held: Partial<PictureProps> | null = null;

  constructor(
    readonly host: HTMLElement,
    private readonly events: Partial<PictureEvents>,
  ) {
    this.#theme = readTheme(host, this.#props.theme);
    this.#problems = new PictureProblems((problem) => events.onProblem?.(problem));
    this.#stage = new Stage(host, {
      onRenderer: (renderer, problem) => this.#equip(renderer, problem),
      onRendererLost: (problem) => this.#lose(problem),
      onResize: () => this.#invalidate("view"),
      onHide: () => this.#clearPainted(),
    });
    this.#scenery = new Scenery(this.#stage);
    this.camera = new CameraControl(this.#stage, this.#scenery, () => this.#props, {
      onMoved: () => this.#invalidateView(),
      onUserMove: () => events.onUserMove?.(),
      onRest: (camera) => events.onCamera?.(camera),
    });
    this.pointer = new PointerControl(this.#stage, this.#scenery, this.camera, () => this.#props, {
      onHover: (row, at) => this.#hover(row, at),
      onClick: (row, event) => events.onClick?.(row, event),
      onArea: (event) => this.#reportArea(event),
      onUnknown: () => this.#clearPainted(),
      onWork: () => this.#request(),
    });
    this.#sprites = new SpriteLoader({
      onSheet: (sheet) => {
        this.#stage.renderer?.setSprite(sheet);
        if (this.#props.showImages) this.#invalidate("style");
      },
      onPage: (page, image) => {
        this.#stage.renderer?.setSpritePage(page, image);
        if (this.#props.showImages) this.#invalidate("style");
      },
      onProblem: (problem) => this.#problems.set("sprite", problem),
      onEnd: () => this.#present(),
    });
    this.#minimap = new Minimap(host, {
      onCenter: (x, y) => this.camera.move(this.#scenery.centeredOn(x, y)),
      onZoom: (factor) => this.camera.zoomBy(factor),
    });
    this.#stage.start();
  }

  /** Takes effect in the next frame; uploads only what changed. */
  set(change: Partial<PictureProps>): void {
    if (this.#held !== null) {
      this.#held = { ...this.#held, ...change };
      return;
    }
    const before = this.#props;
    this.#props = { ...before, ...change };
    const changed = (...names: (keyof PictureProps)[]) => names.some((name) => this.#props[name] !== before[name]);
    if (!changed(...(Object.keys(change) as (keyof PictureProps)[]))) return;
    const { renderer } = this.#stage;
    const [props, scenery] = [this.#props, this.#scenery] as const;
    if (changed("theme")) this.#theme = readTheme(this.host, props.theme);
    if (changed("positions", "count")) this.#movePoints(renderer, before.count);
    scenery.setProps(props);
    if (changed("dimensions")) scenery.viewpoint.setDimensions(props.dimensions, before.count > 0);
    if (changed("colors")) renderer?.setColors(props.colors);
    if (changed("sizes")) renderer?.setSizes(props.sizes);
    if (changed("lines")) renderer?.setLines(props.lines);
    if (changed("emphasis", "count", "lines", "density")) this.#applyEmphasis(renderer);
    if (changed("labelPoints", "count")) this.#makeLabels();
    if (changed("showImages")) renderer?.setShowImages(props.showImages);
    if (changed("tool")) this.pointer.showCursor();
    if (changed("sprite")) this.#sprites.load(props.sprite, this.#stage.textureMaxPx);
    if (changed("positions", "count", "dimensions", "sprite", "showImages", "imagesNear")) this.#invalidate("view");
    else if (changed(...STYLE)) this.#invalidate("style");
    else this.#present();
  }

  /** Passes all props to a new renderer: at the start, and after a lost context. */
  #equip(renderer: Renderer, problem: PictureProblem | null): void {
    const props = this.#props;
    this.#problems.set("context", problem);
    this.#painter = new Painter(renderer);
    this.#scenery.arrive();
    renderer.setPositions(props.positions, props.count, "drop");
    renderer.setColors(props.colors);
    renderer.setSizes(props.sizes);
    renderer.setLines(props.lines);
    this.#applyEmphasis(renderer);
    this.#makeLabels();
    renderer.setShowImages(props.showImages);
    renderer.setHovered(this.pointer.hovered);
    this.#sprites.load(props.sprite, this.#stage.textureMaxPx);
    this.#invalidate("view");
  }

  #lose(problem: PictureProblem): void {
    this.#painted = false;
    this.#clearPainted();
    this.#problems.set("context", problem);
  }

  #movePoints(renderer: Renderer | null, countBefore: number): void {
    const travel = this.#scenery.movePoints(this.#props);
    if (travel === "starts" || countBefore !== this.#props.count) this.pointer.clearHover();
    renderer?.setPositions(this.#props.positions, this.#props.count, OLD_POSITIONS[travel]);
  }

  #applyEmphasis(renderer: Renderer | null): void {
    const { emphasis, count, lines, density, labelRows } = this.#props;
    const work = readEmphasis(
      emphasis,
      count,
      density ? Infinity : Math.max(MIN_RAISED_LIMIT, count * MAX_RAISED_FRACTION),
      labelRows,
    );
    renderer?.setEmphasis(emphasis);
    renderer?.setRaised(work.raised);
    const before = lines ? [PASS.lines] : [];
    const after = this.#labelSheet && !this.#labelSheet.isAll ? [PASS.labels] : [];
    this.#painter?.setWork(count, [...before, ...work.passes, ...after]);
  }

  #makeLabels(): void {
    const { labelPoints } = this.#props;
    const { pixelRatio, textureMaxPx } = this.#stage;
    const isDrawn = textureMaxPx < Infinity; // Without WebGL, the overlay's labels are used.
    this.#labelSheets.make(isDrawn ? labelPoints : null, { font: this.#theme.font, pixelRatio, maxPx: textureMaxPx });
  }

  #setLabelSheet(sheet: LabelSheet | null): void {
    this.#present(); // Even without a sheet before or after: it is no longer pending.
    if (sheet === this.#labelSheet) return;
    this.#labelSheet = sheet;
    this.#stage.renderer?.setLabels(sheet);
    this.#applyEmphasis(this.#stage.renderer);
    this.#invalidate("style");
  }

  // --- Frames ---

  #invalidate(change: "view" | "style"): void {
    if (this.#change !== "view") this.#change = change;
    if (change === "view") this.pointer.invalidateIndex();
    this.#painted = false;
    this.#present();
  }

  /** The points have moved in the window: clears the hovered point. */
  #invalidateView(): void {
    this.pointer.clearHover();
    this.#invalidate("view");
  }

  #present(): void {
    this.#needsPresent = true;
    this.#clearPainted();
    this.#request();
  }

  /** Marks the picture as no longer at rest. */
  #clearPainted(): void {
    delete this.host.dataset.painted;
  }

  #request(): void {
    if (!this.#frame) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#frame = 0;
    const [stage, painter, scenery] = [this.#stage, this.#painter, this.#scenery] as const;
    const { renderer } = stage;
    if (!renderer || !painter || !stage.isVisible) return;
    if (this.pointer.searchArea()) this.#drawOverlay(); // The outline follows the pointer even while the GPU is busy.
    if (this.pointer.isSearching) this.#request();
    if (!renderer.isIdle() || this.#yieldsToLayout(now, renderer)) {
      this.#request();
      return;
    }
    stage.fitCanvas();
    this.#advance(now, renderer);
    if (this.camera.turn(now, this.pointer.isPressed || this.#held !== null)) this.#request();
    const resting = this.camera.hasSettled(now) && !scenery.isMoving;
    // At most once per frame, and not while the scene moves.
    const running = scenery.isRunning(now);
    if (resting) this.pointer.updateHovered(now, running);
    const view = scenery.computeView(now, this.#theme);
    const repainted = painter.paint(now, this.#change, resting, view);
    this.#change = "none";
    if (repainted || this.#needsPresent) {
      renderer.present(view);
      this.#presentedAt = now;
      this.#drawOverlay();
      this.#needsPresent = false;
      this.#request();
    } else if (!painter.isWhole || scenery.isMoving || this.camera.hasMoved) this.#request();
    else this.#reportPainted();
    if (running) this.#awaitEnd();
    this.camera.reportRest(now);
  }

  /** Whether to leave the cores to a running layout for now. Never while the user moves the camera. */
  #yieldsToLayout(now: number, renderer: Renderer): boolean {
    if (!renderer.isSoftware || !this.#scenery.isRunning(now) || !this.camera.hasSettled(now)) return false;
    return now - this.#presentedAt < SHARED_MS;
  }

  #advance(now: number, renderer: Renderer): void {
    const { moved, arrived } = this.#scenery.advance(now);
    if (arrived) renderer.dropOldPositions();
    if (moved) this.#invalidate("view");
  }

  /** The frame with the last points is on the screen, and the GPU is idle. */
  #reportPainted(): void {
    const { count, positions } = this.#props;
    if (positions === NO_PROPS.positions) return;
    if (!this.#awaitsMore) this.host.dataset.painted = String(count);
    if (this.#painted) return;
    this.#painted = true;
    this.events.onPainted?.(count);
  }

  /** Something pending will be drawn without further input. */
  get #awaitsMore(): boolean {
    const awaitsImages = this.#props.showImages && this.#sprites.isLoading;
    return awaitsImages || this.#labelSheets.isMaking || this.#endTimer !== 0 || this.camera.isTurning;
  }

  /** Labels hidden during a running layout come back once positions stop arriving. */
  #awaitEnd(): void {
    clearTimeout(this.#endTimer);
    this.#endTimer = window.setTimeout(() => {
      this.#endTimer = 0;
      this.#present();
    }, END_MS);
  }

  #drawOverlay(): void {
    const [props, scenery, theme, stage] = [this.#props, this.#scenery, this.#theme, this.#stage] as const;
    drawOver(stage.overlay, props, scenery, theme, this.pointer.hovered, this.#labelSheet);
    if (this.pointer.area !== null) stage.overlay.drawArea(this.pointer.area, theme);
    this.#drawMinimap();
  }

  #hover(row: number | null, at: { x: number; y: number }): void {
    this.#stage.renderer?.setHovered(row);
    this.#present();
    this.events.onHover?.(row, at);
  }

  #reportArea(event: AreaEvent): void {
    if (event.phase !== "drawing") this.#present(); // Removes the outline.
    this.events.onArea?.(event);
  }

  #drawMinimap(): void {
    const [props, scenery, stage, minimap] = [this.#props, this.#scenery, this.#stage, this.#minimap] as const;
    const isShown =
      props.showMinimap && props.count > 0 && scenery.viewpoint.flat === 1 && stage.width >= MIN_MINIMAP_WIDTH_PX;
    const { whole, seen } = scenery.plane;
    if (isShown && !scenery.pointsMove) minimap.show(props, whole, seen, this.#theme, stage.pixelRatio);
    else minimap.hide();
  }

  /** After a layout has ended: fits all of it, unless the user has moved the camera. */
  refit(): void {
    this.#scenery.refit();
    this.#invalidate("view");
  }

  /** The picture as it is, RGBA from the top left, in device px: for tests and for saving. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray } | null {
    return this.#stage.renderer?.readPixels() ?? null;
  }

  /** Window size in CSS px, and the maximum pixel ratio for saving. */
  get extent(): { width: number; height: number; maxRatio: number } {
    const { width, height, textureMaxPx } = this.#stage;
    return { width, height, maxRatio: Math.min(textureMaxPx, MAX_SAVED_PX) / Math.max(width, height, 1) };
  }

  /**
   * The visible picture (points, labels and axes) at another pixel ratio: as it is at the call, while a layout and the
   * rotation wait. Null if there is nothing to draw on, or nothing to draw.
   */
  async snapshot(pixelRatio: number): Promise<HTMLCanvasElement | null> {
    const stage = this.#stage;
    this.pointer.release();
    this.#hold();
    stage.setPixelRatio(pixelRatio);
    this.#invalidate("view");
    try {
      while (!this.#painted && this.#canPaint) await nextFrame();
      const pixels = this.#painted ? this.readPixels() : null;
      return pixels && composePicture(pixels, stage.overlay.canvas);
    } finally {
      stage.setPixelRatio(null);
      this.#release();
      this.#invalidate("view");
    }
  }

  get #canPaint(): boolean {
    const { renderer, isVisible } = this.#stage;
    return renderer !== null && isVisible && this.#frame >= 0 && this.#props.positions !== NO_PROPS.positions;
  }

  /** A running layout reuses its buffers while the snapshot is drawn: hence the copy. */
  #hold(): void {
    const { positions, count, isLayout } = this.#props;
    this.#held = {};
    if (!isLayout) return;
    this.#props = { ...this.#props, positions: copyColumns(positions) };
    this.#scenery.setProps(this.#props);
    const old = this.#scenery.pointsMove ? OLD_POSITIONS["goes on"] : OLD_POSITIONS.none;
    this.#stage.renderer?.setPositions(this.#props.positions, count, old);
  }

  #release(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) this.set(held);
  }

  /** The visible picture as SVG, in pieces. `extra`: markup drawn over it. */
  writeSvg(extra: string): Generator<string> {
    const [props, scenery, stage, theme] = [this.#props, this.#scenery, this.#stage, this.#theme] as const;
    const pen = new SvgPen();
    drawAxes({ context: pen, width: stage.width, height: stage.height }, props, scenery, theme);
    const over = { texts: stage.overlay.texts, markup: [...pen.markup, extra] };
    return writeSvg(props, scenery.computeView(performance.now(), theme), scenery.makeProjector(), theme, over);
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#endTimer);
    this.#frame = -1;
    this.#sprites.stop();
    this.#labelSheets.stop();
    this.pointer.dispose();
    this.#minimap.dispose();
    this.#minimap.canvas.remove();
    this.#stage.dispose();
    delete this.host.dataset.painted;
  }
}
