/** Density sums for the 2-D canvas fallback: see `density_pass`. */

import { DENSITY_STEPS } from "./density_steps";
import type { PixelPlane } from "./pixel_plane";
import type { Rgba, Style } from "./scene";

const FADED_SHARE = 0.2;

export class CanvasDensity {
  readonly #plain: Float32Array;
  readonly #faded: Float32Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    [this.#plain, this.#faded] = [new Float32Array(width * height), new Float32Array(width * height)];
  }

  clear(): void {
    for (const sums of [this.#plain, this.#faded]) sums.fill(0);
  }

  add(x: number, y: number, sizePx: number, isFaded: boolean): void {
    const { width, height } = this;
    const sums = isFaded ? this.#faded : this.#plain;
    const radius = sizePx / 2;
    for (let line = Math.max(0, Math.ceil(y - radius)); line <= Math.min(height - 1, y + radius); line++) {
      for (let column = Math.max(0, Math.ceil(x - radius)); column <= Math.min(width - 1, x + radius); column++) {
        const inside = Math.max(0, 1 - ((column - x) ** 2 + (line - y) ** 2) / radius ** 2);
        sums[line * width + column]! += inside * inside;
      }
    }
  }

  /** `share`: fraction of the points contained in the sums. */
  reveal(plane: PixelPlane, style: Style, peak: number, share: number): void {
    for (let at = 0; at < this.#plain.length; at++) {
      const [faded, plain] = [this.#faded[at]! / share, this.#plain[at]! / share];
      if (faded > 0) plane.tint(at, shade(faded, peak, style, FADED_SHARE));
      if (plain > 0) plane.tint(at, shade(plain, peak, style, 1));
    }
  }
}

function shade(points: number, peak: number, { density, ground }: Style, strength: number): Rgba {
  const step = Math.round(Math.min(1, Math.log1p(points) / Math.log1p(peak)) * (DENSITY_STEPS - 1));
  const part = (axis: 0 | 1 | 2) => ground[axis] + (density[3 * step + axis]! - ground[axis]) * strength;
  return [part(0), part(1), part(2), Math.min(1, 2 * points)];
}
