/** Projects rows to pixels on the CPU, with the vertex shader's arithmetic: for hover, labels and the 2-D fallback. */

import type { Columns } from "./bounds";
import type { Clip } from "./camera";

interface Projected {
  /** CSS px from the left and the top of the window. */
  x: number;
  y: number;
  /** Clip w: 1 at the target, smaller is nearer. */
  w: number;
  /** False for rows without coordinates, and for positions outside the window, behind the eye or too near. */
  seen: boolean;
}

// biome-ignore format: sixteen numbers
type Matrix = readonly [
  number, number, number, number, number, number, number, number,
  number, number, number, number, number, number, number, number,
];

/** Rows per block: its coordinates fit into the L1 cache. */
export const BLOCK_ROWS = 2048;

export class ScreenProjection {
  readonly out: Projected = { x: 0, y: 0, w: 1, seen: false };

  constructor(
    private readonly columns: Columns,
    private readonly clip: Clip,
    readonly width: number,
    readonly height: number,
  ) {}

  /**
   * Writes the window positions of rows `first` to `end` (exclusive) to `xs` and `ys`, from index 0; NaN if not
   * visible. Like `project`, but without a result object: for passes over all points.
   */
  projectBlock(first: number, end: number, xs: Float32Array, ys: Float32Array): void {
    const { x, y, z } = this.columns;
    const [ox, oy, oz] = this.clip.origin;
    const [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15] = this.clip
      .matrix as unknown as Matrix;
    const { width, height } = this;
    for (let row = first; row < end; row++) {
      const a = x[row]! - ox;
      const b = y[row]! - oy;
      const c = (z === null ? 0 : z[row]!) - oz;
      const w = m3 * a + m7 * b + m11 * c + m15;
      const depth = m2 * a + m6 * b + m10 * c + m14;
      const left = ((m0 * a + m4 * b + m8 * c + m12) / w / 2 + 0.5) * width;
      const top = (0.5 - (m1 * a + m5 * b + m9 * c + m13) / w / 2) * height;
      // Comparisons with NaN are false.
      const seen = w > 0 && depth >= -w && depth <= w && left >= 0 && top >= 0 && left <= width && top <= height;
      xs[row - first] = seen ? left : Number.NaN;
      ys[row - first] = top;
    }
  }

  /** Returns `out`, which the next call overwrites: avoids allocating an object per point. */
  project(row: number): Projected {
    const { columns, out } = this;
    const [ox, oy, oz] = this.clip.origin;
    const m = this.clip.matrix;
    const a = columns.x[row] - ox;
    const b = columns.y[row] - oy;
    const c = (columns.z ? columns.z[row] : 0) - oz;
    const w = m[3] * a + m[7] * b + m[11] * c + m[15];
    const z = m[2] * a + m[6] * b + m[10] * c + m[14];
    out.w = w;
    out.x = ((m[0] * a + m[4] * b + m[8] * c + m[12]) / w / 2 + 0.5) * this.width;
    out.y = (0.5 - (m[1] * a + m[5] * b + m[9] * c + m[13]) / w / 2) * this.height;
    // Comparisons with NaN are false.
    out.seen = w > 0 && z >= -w && z <= w && out.x >= 0 && out.y >= 0 && out.x <= this.width && out.y <= this.height;
    return out;
  }
}
