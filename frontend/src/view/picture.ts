/**
 * Draws the picture. It takes props, draws them in the next frame, and reports pointer actions.
 *
 * It owns the canvases inside its host, the renderer and the camera; it does not depend on the app's state. While the
 * picture is at rest, the host carries `data-painted="<count>"`: all of `count` points are in it, nothing moves, the
 * frame with all labels is on the screen, and no thumbnails or texts are pending.
 */

import type { Renderer } from "../gl/scene";
import type { CameraState } from "../math/camera";
import type { AreaEvent } from "./area_drawing";
import { CameraControl } from "./camera_control";
import { Frames } from "./frames";
import { Marking } from "./marking";
import { Minimap } from "./minimap";
import { drawAxes, drawOver } from "./over_points";
import { PictureProblems } from "./picture_problems";
import { NO_PROPS, type PictureProblem, type PictureProps } from "./picture_props";
import { PointerControl } from "./pointer_control";
import { Scenery } from "./scenery";
import { SpriteLoader } from "./sprite_loader";
import { Stage } from "./stage";
import type { Still } from "./still_picture";
import { Stillness } from "./stillness";
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
/** Maximum side of a saved picture: many programs open no larger one. */
const MAX_SAVED_PX = 32_768;
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
  readonly #frames: Frames;
  readonly #marking: Marking;
  readonly #stillness: Stillness;
  #theme: Theme;

  constructor(
    readonly host: HTMLElement,
    private readonly events: Partial<PictureEvents>,
  ) {
    this.#theme = readTheme(host, this.#props.theme);
    this.#problems = new PictureProblems((problem) => events.onProblem?.(problem));
    this.#stage = new Stage(host, {
      onRenderer: (renderer, problem) => this.#equip(renderer, problem),
      onRendererLost: (problem) => this.#lose(problem),
      onResize: () => this.#frames.invalidate("view"),
      onPixelRatio: () => this.#marking.makeLabels(this.#theme.font),
      onHide: () => this.#frames.clearPainted(),
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
      onUnknown: () => this.#frames.clearPainted(),
      onWork: () => this.#frames.request(),
    });
    this.#sprites = new SpriteLoader({
      onSheet: (sheet) => {
        this.#stage.renderer?.setSprite(sheet);
        if (this.#props.showImages) this.#frames.invalidate("style");
      },
      onPage: (page, image) => {
        this.#stage.renderer?.setSpritePage(page, image);
        if (this.#props.showImages) this.#frames.invalidate("style");
      },
      onProblem: (problem) => this.#problems.set("sprite", problem),
      onEnd: () => this.#frames.present(),
    });
    this.#minimap = new Minimap(host, {
      onCenter: (x, y) => this.camera.move(this.#scenery.centeredOn(x, y)),
      onZoom: (factor) => this.camera.zoomBy(factor),
    });
    this.#frames = this.#makeFrames();
    this.#marking = new Marking(this.#stage, this.#frames, () => this.#props);
    this.#stillness = this.#makeStillness();
    this.#stage.start();
  }

  #makeFrames(): Frames {
    return new Frames({
      ...{ host: this.host, stage: this.#stage, scenery: this.#scenery, camera: this.camera, pointer: this.pointer },
      readProps: () => this.#props,
      readTheme: () => this.#theme,
      drawOver: () => this.#drawOverlay(),
      awaitsMore: () => this.#marking.isMakingLabels || (this.#props.showImages && this.#sprites.isLoading),
      isHeld: () => this.#stillness.isKept,
      onRepainted: () => this.#marking.dropSample(),
      onPainted: (count) => this.events.onPainted?.(count),
    });
  }

  #makeStillness(): Stillness {
    return new Stillness({
      ...{ stage: this.#stage, scenery: this.#scenery, frames: this.#frames, marking: this.#marking },
      readProps: () => this.#props,
      readTheme: () => this.#theme,
      setPositions: (positions) => this.#replacePositions(positions),
      set: (change) => this.set(change),
    });
  }

  /** Takes effect in the next frame; uploads only what changed. */
  set(change: Partial<PictureProps>): void {
    if (this.#stillness.defer(change)) return;
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
    if (changed("emphasis", "count", "lines", "density")) this.#marking.applyEmphasis();
    if (changed("labelPoints", "count")) this.#marking.makeLabels(this.#theme.font);
    if (changed("showImages")) renderer?.setShowImages(props.showImages);
    if (changed("tool")) this.pointer.showCursor();
    if (changed("sprite") && renderer !== null) this.#sprites.load(props.sprite, this.#stage.textureMaxPx);
    if (changed("positions", "count", "dimensions", "sprite", "showImages", "imagesNear"))
      this.#frames.invalidate("view");
    else if (changed(...STYLE)) this.#frames.invalidate("style");
    else this.#frames.present();
  }

  /** Passes all props to a new renderer: at the start, and after a lost context. */
  #equip(renderer: Renderer, problem: PictureProblem | null): void {
    const props = this.#props;
    this.#problems.set("context", problem);
    this.#frames.startWith(renderer);
    this.#scenery.arrive();
    renderer.setPositions(props.positions, props.count, "drop");
    renderer.setColors(props.colors);
    renderer.setSizes(props.sizes);
    renderer.setLines(props.lines);
    this.#marking.applyEmphasis();
    this.#marking.makeLabels(this.#theme.font);
    renderer.setShowImages(props.showImages);
    renderer.setHovered(this.pointer.hovered);
    this.#sprites.load(props.sprite, this.#stage.textureMaxPx);
    this.#frames.invalidate("view");
  }

  #lose(problem: PictureProblem): void {
    this.#frames.lose();
    this.#problems.set("context", problem);
  }

  #movePoints(renderer: Renderer | null, countBefore: number): void {
    const travel = this.#scenery.movePoints(this.#props);
    if (travel === "starts" || countBefore !== this.#props.count) this.pointer.clearHover();
    renderer?.setPositions(this.#props.positions, this.#props.count, OLD_POSITIONS[travel]);
  }

  /** The same points from another buffer. */
  #replacePositions(positions: PictureProps["positions"]): void {
    this.#props = { ...this.#props, positions };
    this.#scenery.setProps(this.#props);
    const old = this.#scenery.pointsMove ? OLD_POSITIONS["goes on"] : OLD_POSITIONS.none;
    this.#stage.renderer?.setPositions(positions, this.#props.count, old);
  }

  /** The points have moved in the window: clears the hovered point. */
  #invalidateView(): void {
    this.pointer.clearHover();
    this.#frames.invalidate("view");
  }

  #drawOverlay(): void {
    const [props, scenery, theme, stage] = [this.#props, this.#scenery, this.#theme, this.#stage] as const;
    const sight = scenery.computeSight(performance.now());
    drawOver(stage.overlay, props, sight, theme, this.pointer.hovered, this.#marking.labelSheet);
    if (this.pointer.area !== null) stage.overlay.drawArea(this.pointer.area, theme);
    this.#drawMinimap();
  }

  #hover(row: number | null, at: { x: number; y: number }): void {
    this.#stage.renderer?.setHovered(row);
    this.#frames.present();
    this.events.onHover?.(row, at);
  }

  #reportArea(event: AreaEvent): void {
    if (event.phase !== "drawing") this.#frames.present(); // Removes the outline.
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
    this.#frames.invalidate("view");
  }

  /** The picture as it is, RGBA from the top left, in device px: for tests and for saving. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray } | null {
    return this.#stage.renderer?.readPixels() ?? null;
  }

  /** Window size in CSS px, and the maximum pixel ratio for saving. */
  get extent(): { width: number; height: number; maxRatio: number } {
    const { width, height } = this.#stage;
    return { width, height, maxRatio: MAX_SAVED_PX / Math.max(width, height, 1) };
  }

  /**
   * Calls `draw` once the picture is at rest, with the picture as it was at the call: a layout and the rotation wait
   * until it is done, the user may move the camera. Null if there is nothing to draw on, or nothing to draw.
   */
  whileStill<T>(draw: (still: Still) => Promise<T>): Promise<T | null> {
    this.pointer.release();
    return this.#stillness.keepWhile(draw);
  }

  /** The visible picture as SVG, in pieces. `extra`: markup drawn over it. */
  writeSvg(extra: string): Generator<string> {
    const [props, scenery, stage, theme] = [this.#props, this.#scenery, this.#stage, this.#theme] as const;
    const pen = new SvgPen();
    const sight = scenery.computeSight(performance.now());
    const paper = { context: pen, width: stage.width, height: stage.height, names: stage.overlay.nameBoxes };
    drawAxes(paper, props, sight, theme);
    const over = { texts: stage.overlay.texts, markup: [...pen.markup, extra] };
    return writeSvg(props, scenery.computeView(performance.now(), theme), scenery.makeProjector(), theme, over);
  }

  dispose(): void {
    this.#frames.dispose();
    this.#sprites.stop();
    this.#marking.stop();
    this.pointer.dispose();
    this.#minimap.dispose();
    this.#minimap.canvas.remove();
    this.#stage.dispose();
  }
}
