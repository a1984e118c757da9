/**
 * Where there is no WebGL 2: all points as small squares on a 2-D canvas, with the same camera and the same props.
 * Thumbnails are not drawn, and points do not travel: they are where they are going.
 */

import type { Columns } from "../math/bounds";
import { Projector } from "../math/projector";
import { EMPHASIS, type Raised, type Renderer, type Rgba, type View } from "./scene";

const ONE_CHUNK_COUNT = 16_384;
const CHUNKS = 61;
const FADED_SHARE = 0.15;
/** Nearer than any clip w. */
const RAISED = -1;

export class CanvasRenderer implements Renderer {
  readonly textureMaxPx = Infinity;
  readonly isSoftware = true;
  chunks = 1;
  private positions: Columns | null = null;
  private count = 0;
  private colors: Uint8Array | null = null;
  private emphasis: Uint8Array | null = null;
  private raised: Raised | null = null;
  private hovered: number | null = null;
  private view: View | null = null;
  private image: ImageData;
  /** Clip w of what a pixel shows. */
  private nearest = new Float32Array(0);
  private shown: ImageData;
  /** The same memory as `image`, a number a pixel. */
  private pixels = new Uint32Array(1);

  constructor(private readonly context: CanvasRenderingContext2D) {
    this.image = this.shown = context.createImageData(1, 1);
  }

  isIdle(): boolean {
    return true;
  }

  resize(width: number, height: number): void {
    this.image = this.shown = this.context.createImageData(width, height);
    this.nearest = new Float32Array(width * height);
  }

  setPositions(positions: Columns, count: number): void {
    [this.positions, this.count] = [positions, count];
    this.chunks = count <= ONE_CHUNK_COUNT ? 1 : CHUNKS;
  }

  dropOldPositions(): void {}

  setColors(colors: Uint8Array | null): void {
    this.colors = colors;
  }

  setEmphasis(emphasis: Uint8Array | null): void {
    this.emphasis = emphasis;
  }

  setRaised(raised: Raised | null): void {
    this.raised = raised;
  }

  setHovered(row: number | null): void {
    this.hovered = row;
  }

  setSprite(): void {}

  setShowImages(): void {}

  begin(view: View): void {
    this.view = view;
    const { width, height } = this.image;
    this.image = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.pixels.fill(pack(view.style.ground));
    this.nearest.fill(Infinity);
  }

  draw(emphasis: number, from: number, to: number): void {
    const { view, chunks, count } = this;
    const projector = this.makeProjector(view);
    if (!view || !projector) return;
    for (let chunk = from; chunk < to; chunk++) {
      for (let row = chunk; row < count; row += chunks) {
        if ((this.emphasis ? this.emphasis[row] : 0) === emphasis) this.drawRow(row, emphasis, view, projector);
      }
    }
  }

  private makeProjector(view: View | null): Projector | null {
    const { positions, image } = this;
    return view && positions && new Projector(positions, view.clip, image.width, image.height);
  }

  private drawRow(row: number, emphasis: number, view: View, projector: Projector): void {
    const { x, y, w, seen } = projector.project(row);
    if (!seen) return;
    const raised = emphasis >= EMPHASIS.neighbor;
    const size = Math.max(1, Math.round(view.pointSizePx * Math.min(2.5, Math.max(0.55, 1 / w)) + (raised ? 2 : 0)));
    const [left, top] = [Math.round(x - size / 2), Math.round(y - size / 2)];
    if (emphasis === EMPHASIS.selected) this.fill(left - 2, top - 2, size + 4, pack(view.style.ring), RAISED);
    this.fill(left, top, size, this.colorOf(row, emphasis, view), raised ? RAISED : w);
  }

  private colorOf(row: number, emphasis: number, { style }: View): number {
    const { colors } = this;
    const own: Rgba = colors
      ? [colors[row * 4] / 255, colors[row * 4 + 1] / 255, colors[row * 4 + 2] / 255, 1]
      : style.point;
    const share = emphasis === EMPHASIS.faded ? FADED_SHARE : 1;
    const mix = (part: 0 | 1 | 2) => style.ground[part] + (own[part] - style.ground[part]) * share;
    return pack([mix(0), mix(1), mix(2), 1]);
  }

  private fill(left: number, top: number, size: number, color: number, depth: number): void {
    const { width, height } = this.image;
    const { pixels } = this;
    for (let y = Math.max(0, top); y < Math.min(height, top + size); y++) {
      for (let x = Math.max(0, left); x < Math.min(width, left + size); x++) {
        const at = y * width + x;
        if (depth > this.nearest[at]) continue;
        // What is raised is drawn on a copy: it hides what is there, and leaves no depth.
        if (depth !== RAISED) this.nearest[at] = depth;
        pixels[at] = color;
      }
    }
  }

  reveal(): void {
    this.shown = this.image;
  }

  present(view: View): void {
    const projector = this.makeProjector(view);
    const { raised, hovered, image, pixels } = this;
    this.image = new ImageData(this.shown.data.slice(), image.width, image.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    raised?.rows.forEach((row, index) => {
      if (projector) this.drawRow(row, raised.emphasis[index], view, projector);
    });
    if (hovered !== null && projector) this.drawRow(hovered, EMPHASIS.selected, view, projector);
    this.context.putImageData(this.image, 0, 0);
    [this.image, this.pixels] = [image, pixels];
  }

  readPixels(): { width: number; height: number; data: Uint8ClampedArray } {
    return this.context.getImageData(0, 0, this.image.width, this.image.height);
  }

  dispose(): void {}
}

/** As a little-endian pixel. */
function pack([r, g, b]: Rgba): number {
  return ((255 << 24) | (Math.round(b * 255) << 16) | (Math.round(g * 255) << 8) | Math.round(r * 255)) >>> 0;
}
