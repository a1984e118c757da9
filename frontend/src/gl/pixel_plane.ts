/** Pixels with depth, and the squares and lines that the 2-D canvas fallback blends into them. */

import { type Rgba, SOLID_ALPHA } from "./scene";

/** Depth nearer than any clip w: drawn over everything, without writing depth. */
export const RAISED = -1;

interface Position {
  readonly x: number;
  readonly y: number;
  /** Clip w. */
  readonly w: number;
}

export class PixelPlane {
  readonly image: ImageData;
  /** The image's memory, as one number per pixel. */
  readonly #pixels: Uint32Array;

  constructor(
    readonly width: number,
    readonly height: number,
    /** Clip w of the point shown by each pixel. */
    private readonly nearest: Float32Array,
    bytes = new Uint8ClampedArray(4 * width * height),
  ) {
    this.image = new ImageData(bytes as Uint8ClampedArray<ArrayBuffer>, width, height);
    this.#pixels = new Uint32Array(this.image.data.buffer);
  }

  /** For drawing over the picture, sharing its depths. */
  copy(): PixelPlane {
    return new PixelPlane(this.width, this.height, this.nearest, this.image.data.slice());
  }

  clear(ground: Rgba): void {
    this.#pixels.fill(pack(ground));
    this.nearest.fill(Infinity);
  }

  fill(left: number, top: number, size: number, color: Rgba, depth: number): void {
    const [packed, isSolid] = [pack(color), color[3] >= SOLID_ALPHA];
    const bottom = Math.min(this.height, top + size);
    const right = Math.min(this.width, left + size);
    for (let y = Math.max(0, top); y < bottom; y++) {
      for (let x = Math.max(0, left); x < right; x++) this.#put(y * this.width + x, color, packed, depth, isSolid);
    }
  }

  /** Bresenham line between two positions, with interpolated depth: `width` px of each row or column that it crosses. */
  line(from: Position, to: Position, color: Rgba, width: number): void {
    const packed = pack(color);
    const [acrossX, acrossY] = Math.abs(to.x - from.x) < Math.abs(to.y - from.y) ? [1, 0] : [0, 1];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))));
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const x = Math.round(from.x + (to.x - from.x) * t);
      const y = Math.round(from.y + (to.y - from.y) * t);
      const depth = from.w + (to.w - from.w) * t;
      for (let by = -(width >> 1); by < width - (width >> 1); by++)
        this.#putAt(x + by * acrossX, y + by * acrossY, color, packed, depth);
    }
  }

  #putAt(x: number, y: number, color: Rgba, packed: number, depth: number): void {
    if (x >= 0 && y >= 0 && x < this.width && y < this.height) this.#put(y * this.width + x, color, packed, depth);
  }

  /** Blends a color with opacity 0 to 1 over the pixel; does not write depth. */
  tint(at: number, color: Rgba): void {
    this.#pixels[at] = mixed(this.#pixels[at]!, color);
  }

  #put(at: number, color: Rgba, packed: number, depth: number, isSolid = true): void {
    if (depth > this.nearest[at]!) return;
    if (depth !== RAISED && isSolid) this.nearest[at] = depth;
    this.#pixels[at] = color[3] >= 0.995 ? packed : mixed(this.#pixels[at]!, color);
  }
}

/** Packs a color into a little-endian pixel. */
function pack([r, g, b]: Rgba): number {
  return ((255 << 24) | (Math.round(b * 255) << 16) | (Math.round(g * 255) << 8) | Math.round(r * 255)) >>> 0;
}

function mixed(under: number, [r, g, b, a]: Rgba): number {
  const red = (under & 255) * (1 - a) + 255 * r * a;
  const green = ((under >>> 8) & 255) * (1 - a) + 255 * g * a;
  const blue = ((under >>> 16) & 255) * (1 - a) + 255 * b * a;
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}
