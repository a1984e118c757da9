/** From a row to a pixel on the CPU: the same arithmetic as the vertex shader, for hover, labels and the 2-D fall-back. */

import type { Columns } from "./bounds";
import type { Clip } from "./camera";

export interface Projected {
  /** CSS px from the left and the top of the window. */
  x: number;
  y: number;
  /** Clip w: 1 at the target, smaller is nearer. */
  w: number;
  /** False for rows that are no place, and for what is beside, behind or too near. */
  seen: boolean;
}

export class Projector {
  readonly out: Projected = { x: 0, y: 0, w: 1, seen: false };

  constructor(
    private readonly columns: Columns,
    private readonly clip: Clip,
    readonly width: number,
    readonly height: number,
  ) {}

  /** Answers in `out`, which the next call writes over: no object a point. */
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
