/**
 * Fallback without WebGL 2: draws all points as small squares on a 2-D canvas, with the same camera and props,
 * including lines, density and selection. It does not draw thumbnails, and does not animate points to new positions.
 */

import type { Columns } from "../math/bounds";
import { ScreenProjection } from "../math/screen_projection";
import { CanvasDensity } from "./canvas_density";
import { dealLines, lineAlpha, startOfChunk } from "./deal_lines";
import { PixelPlane, RAISED } from "./pixel_plane";
import { EMPHASIS, MAX_RINGED, PASS, type Pixels, type Raised, type Renderer, type Rgba, type View } from "./scene";

const ONE_CHUNK_COUNT = 16_384;
const CHUNKS = 61;
const FADED_SHARE = 0.15;
/** Distance within which lines are drawn: more than any saved picture is wide, of which this may be a part. */
const NEAR_PX = 40_000;

export class CanvasRenderer implements Renderer {
  readonly textureMaxPx = Infinity;
  readonly isSoftware = true;
  chunks = 1;
  #positions: Columns | null = null;
  #count = 0;
  #colors: Uint8Array | null = null;
  #sizes: Float32Array | null = null;
  #emphasis: Uint8Array | null = null;
  #raised: Raised | null = null;
  /** px. */
  #neighborRing = 0;
  #hovered: number | null = null;
  #pairs: Uint32Array | null = null;
  #dealt: Uint32Array | null = null;
  #view: View | null = null;
  #nearest = new Float32Array(1);
  #plane: PixelPlane;
  #shown: PixelPlane;
  #density: CanvasDensity | null = null;
  /** Fraction of the points in the density sums. */
  #share = 0;

  constructor(private readonly context: CanvasRenderingContext2D) {
    this.#plane = this.#shown = new PixelPlane(1, 1, this.#nearest);
  }

  isIdle(): boolean {
    return true;
  }

  /** Draws are done when they return. */
  submit(): void {}

  resize(width: number, height: number): void {
    this.#nearest = new Float32Array(width * height);
    this.#plane = this.#shown = new PixelPlane(width, height, this.#nearest);
    this.#density = null;
  }

  setPositions(positions: Columns, count: number): void {
    [this.#positions, this.#count] = [positions, count];
    this.#deal();
  }

  dropOldPositions(): void {}

  setColors(colors: Uint8Array | null): void {
    this.#colors = colors;
  }

  setSizes(sizes: Float32Array | null): void {
    this.#sizes = sizes;
  }

  setEmphasis(emphasis: Uint8Array | null): void {
    this.#emphasis = emphasis;
  }

  setRaised(raised: Raised | null): void {
    this.#raised = raised;
    this.#neighborRing = raised !== null && raised.rows.length <= MAX_RINGED ? 1 : 0;
  }

  setHovered(row: number | null): void {
    this.#hovered = row;
  }

  setLines(pairs: Uint32Array | null): void {
    this.#pairs = pairs;
    this.#deal();
  }

  #deal(): void {
    const [count, pairs] = [this.#count, this.#pairs] as const;
    this.chunks = Math.max(count, (pairs?.length ?? 0) / 2) <= ONE_CHUNK_COUNT ? 1 : CHUNKS;
    this.#dealt = pairs && dealLines(pairs, this.chunks);
  }

  /** The overlay's labels are shown instead. */
  setLabels(): void {}

  setSprite(): void {}

  setSpritePage(): void {}

  setShowImages(): void {}

  begin(view: View): void {
    this.#view = view;
    const { width, height } = this.#plane;
    this.#plane = new PixelPlane(width, height, this.#nearest);
    this.#plane.clear(view.style.ground);
    if (view.densityPeak === null) return;
    this.#density ??= new CanvasDensity(width, height);
    this.#density.clear();
  }

  draw(pass: number, from: number, to: number): void {
    const view = this.#view;
    const projector = this.#makeProjector(view);
    if (!view || !projector) return;
    if (pass === PASS.lines) this.#drawLines(view, projector, from, to);
    else this.#drawPoints(pass, from, to, view, projector);
  }

  #drawPoints(pass: number, from: number, to: number, view: View, projector: ScreenProjection): void {
    const { chunks } = this;
    const count = this.#count;
    this.#share = to / chunks;
    for (let chunk = from; chunk < to; chunk++) {
      for (let row = chunk; row < count; row += chunks) {
        if ((this.#emphasis ? this.#emphasis[row] : 0) === pass) this.#drawOrAdd(row, pass, view, projector);
      }
    }
  }

  #drawOrAdd(row: number, emphasis: number, view: View, projector: ScreenProjection): void {
    if (view.densityPeak === null) {
      this.#drawRow(this.#plane, row, emphasis, view, projector);
      return;
    }
    const { x, y, seen } = projector.project(row);
    if (seen) this.#density?.add(x, y, view.densityPx, emphasis === EMPHASIS.faded);
  }

  #drawLines(view: View, projector: ScreenProjection, from: number, to: number): void {
    const { chunks } = this;
    const [dealt, emphasis] = [this.#dealt, this.#emphasis] as const;
    if (!dealt) return;
    const count = dealt.length / 2;
    const alpha = lineAlpha(count);
    const end = startOfChunk(count, chunks, to);
    for (let line = startOfChunk(count, chunks, from); line < end; line++) {
      const [start, goal] = [dealt[2 * line]!, dealt[2 * line + 1]!];
      const a = { ...projector.project(start) };
      const b = projector.project(goal);
      if (!isNear(a) || !isNear(b)) continue;
      const isFaded = emphasis !== null && emphasis[start] === EMPHASIS.faded && emphasis[goal] === EMPHASIS.faded;
      const [red, green, blue] = this.#colorOf(start, isFaded ? EMPHASIS.faded : EMPHASIS.plain, view, view.style.line);
      this.#plane.line(a, b, [red, green, blue, alpha], Math.max(1, Math.round(view.magnification)));
    }
  }

  #makeProjector(view: View | null): ScreenProjection | null {
    const [positions, plane] = [this.#positions, this.#plane] as const;
    return view && positions && new ScreenProjection(positions, view.clip, plane.width, plane.height);
  }

  #drawRow(plane: PixelPlane, row: number, emphasis: number, view: View, projector: ScreenProjection): void {
    const { x, y, w, seen } = projector.project(row);
    if (!seen) return;
    const raised = emphasis >= EMPHASIS.neighbor;
    const growth = (this.#sizes?.[row] ?? 1) * (view.sizeByDepth ? Math.min(2.5, Math.max(0.55, 1 / w)) : 1);
    const size = Math.max(1, Math.round(view.pointSizePx * growth + (raised ? 2 * view.magnification : 0)));
    const [left, top] = [Math.round(x - size / 2), Math.round(y - size / 2)];
    const rings = emphasis === EMPHASIS.selected ? 2 : emphasis === EMPHASIS.neighbor ? this.#neighborRing : 0;
    const ring = Math.round(rings * view.magnification);
    if (ring > 0) plane.fill(left - ring, top - ring, size + 2 * ring, view.style.ring, RAISED);
    plane.fill(left, top, size, this.#colorOf(row, emphasis, view, view.style.point), raised ? RAISED : w);
  }

  #colorOf(row: number, emphasis: number, { style, alpha }: View, theme: Rgba): Rgba {
    const colors = this.#colors;
    const own: Rgba = colors ? [colors[row * 4] / 255, colors[row * 4 + 1] / 255, colors[row * 4 + 2] / 255, 1] : theme;
    const share = emphasis === EMPHASIS.faded ? FADED_SHARE : 1;
    const mix = (part: 0 | 1 | 2) => style.ground[part] + (own[part] - style.ground[part]) * share;
    return [mix(0), mix(1), mix(2), emphasis === EMPHASIS.plain ? alpha : 1];
  }

  reveal(): void {
    const [view, density, plane] = [this.#view, this.#density, this.#plane] as const;
    if (view?.densityPeak != null) {
      this.#shown = plane.copy();
      density?.reveal(this.#shown, view.style, view.densityPeak, Math.max(this.#share, 1e-6));
    } else this.#shown = plane;
  }

  present(view: View): void {
    const projector = this.#makeProjector(view);
    const [raised, hovered] = [this.#raised, this.#hovered] as const;
    const plane = this.#shown.copy();
    raised?.rows.forEach((row, index) => {
      if (projector) this.#drawRow(plane, row, raised.emphasis[index], view, projector);
    });
    if (hovered !== null && projector) this.#drawRow(plane, hovered, EMPHASIS.selected, view, projector);
    this.context.putImageData(plane.image, 0, 0);
  }

  readPixels(): Pixels {
    return this.context.getImageData(0, 0, this.#plane.width, this.#plane.height);
  }

  drawTile(view: View, passes: readonly number[], width: number, height: number): Pixels {
    const tile = this.#makeTile(width, height);
    tile.begin(view);
    for (const pass of passes) tile.draw(pass, 0, tile.chunks);
    tile.reveal();
    tile.present(view);
    return tile.readPixels();
  }

  /** A renderer of the same scene, without the hovered point. */
  #makeTile(width: number, height: number): CanvasRenderer {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error(`the browser gave no canvas of ${width} × ${height} px; close other pages`);
    const tile = new CanvasRenderer(context);
    [tile.chunks, tile.#positions, tile.#count, tile.#sizes] = [this.chunks, this.#positions, this.#count, this.#sizes];
    [tile.#colors, tile.#emphasis, tile.#pairs, tile.#dealt] = [this.#colors, this.#emphasis, this.#pairs, this.#dealt];
    [tile.#raised, tile.#neighborRing] = [this.#raised, this.#neighborRing];
    tile.resize(width, height);
    return tile;
  }

  endTiles(): void {}

  dispose(): void {}
}

/** Close enough to the window that drawing a line to it is cheap; false for rows without coordinates. */
function isNear({ x, y, w }: { x: number; y: number; w: number }): boolean {
  return w > 0 && Math.abs(x) < NEAR_PX && Math.abs(y) < NEAR_PX;
}
