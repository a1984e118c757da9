/**
 * A set of points on the GPU: one buffer per coordinate, uploaded as received, without a copy on the CPU side.
 *
 * Every `stride`-th point is drawn by reading the buffers with a stride: no index, no shuffled copy.
 */

import type { Columns } from "../math/bounds";
import type { OldPositions } from "./scene";

export const ATTRIBUTES = [
  "aX",
  "aY",
  "aZ",
  "aOldX",
  "aOldY",
  "aOldZ",
  "aColor",
  "aEmphasis",
  "aRow",
  "aSize",
] as const;
const [X, OLD_X, COLOR, EMPHASIS_AT, ROW, SIZE] = [0, 3, 6, 7, 8, 9];

type Axes = [WebGLBuffer | null, WebGLBuffer | null, WebGLBuffer | null];

export class PointColumns {
  count = 0;
  #now: Axes = [null, null, null];
  #old: Axes = [null, null, null];
  readonly #byteLengths = new Map<WebGLBuffer, number>();
  #colors: WebGLBuffer | null = null;
  #emphasis: WebGLBuffer | null = null;
  #rows: WebGLBuffer | null = null;
  #sizes: WebGLBuffer | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {}

  get hasOld(): boolean {
    return this.#old[0] !== null;
  }

  setPositions(columns: Columns, count: number, old: OldPositions): void {
    if (old === "replace") {
      const spare = this.#old;
      this.#old = this.#now;
      this.#now = spare;
    } else if (old === "drop") {
      this.dropOldPositions();
    }
    this.count = count;
    [columns.x, columns.y, columns.z].forEach((values, axis) => {
      this.#now[axis] = this.#upload(this.#now[axis] ?? null, values?.subarray(0, count) ?? null);
    });
  }

  dropOldPositions(): void {
    for (const buffer of this.#old) this.#free(buffer);
    this.#old = [null, null, null];
  }

  setColors(colors: Uint8Array | null): void {
    this.#colors = this.#upload(this.#colors, colors);
  }

  setEmphasis(emphasis: Uint8Array | null): void {
    this.#emphasis = this.#upload(this.#emphasis, emphasis);
  }

  /** Size of each point, as a multiple of the view's point size. */
  setSizes(sizes: Float32Array | null): void {
    this.#sizes = this.#upload(this.#sizes, sizes);
  }

  /** Row numbers of these points, if they are not the first `count`. */
  setRows(rows: Uint32Array | null): void {
    this.#rows = this.#upload(this.#rows, rows);
  }

  #upload(buffer: WebGLBuffer | null, values: ArrayBufferView | null): WebGLBuffer | null {
    const { gl } = this;
    if (!values || values.byteLength === 0) {
      this.#free(buffer);
      return null;
    }
    const target = buffer ?? gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, target);
    if (this.#byteLengths.get(target) === values.byteLength) gl.bufferSubData(gl.ARRAY_BUFFER, 0, values);
    else gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    this.#byteLengths.set(target, values.byteLength);
    return target;
  }

  #free(buffer: WebGLBuffer | null): void {
    if (!buffer) return;
    this.#byteLengths.delete(buffer);
    this.gl.deleteBuffer(buffer);
  }

  /** Binds every `stride`-th point starting at `first`; `divisor` 1 makes each an instance. */
  bind(first: number, stride: number, divisor: 0 | 1): void {
    const { gl } = this;
    const old = this.hasOld ? this.#old : this.#now;
    for (let axis = 0; axis < 3; axis++) {
      this.#bindFloat(X + axis, this.#now[axis] ?? null, first, stride, divisor, 0);
      this.#bindFloat(OLD_X + axis, this.hasOld ? (old[axis] ?? null) : null, first, stride, divisor, 0);
    }
    if (this.#point(COLOR, this.#colors, divisor)) {
      gl.vertexAttribPointer(COLOR, 4, gl.UNSIGNED_BYTE, true, stride * 4, first * 4);
    } else {
      // Negative alpha: the theme's color.
      gl.vertexAttrib4f(COLOR, 0, 0, 0, -1);
    }
    if (this.#point(EMPHASIS_AT, this.#emphasis, divisor)) {
      gl.vertexAttribIPointer(EMPHASIS_AT, 1, gl.UNSIGNED_BYTE, stride, first);
    } else {
      gl.vertexAttribI4ui(EMPHASIS_AT, 0, 0, 0, 0);
    }
    if (this.#point(ROW, this.#rows, divisor)) {
      gl.vertexAttribIPointer(ROW, 1, gl.UNSIGNED_INT, stride * 4, first * 4);
    } else {
      gl.vertexAttribI4ui(ROW, 0, 0, 0, 0);
    }
    this.#bindFloat(SIZE, this.#sizes, first, stride, divisor, 1);
  }

  /** `all`: value for every point if there is no buffer. */
  #bindFloat(
    index: number,
    buffer: WebGLBuffer | null,
    first: number,
    stride: number,
    divisor: 0 | 1,
    all: number,
  ): void {
    const { gl } = this;
    if (this.#point(index, buffer, divisor)) gl.vertexAttribPointer(index, 1, gl.FLOAT, false, stride * 4, first * 4);
    else gl.vertexAttrib1f(index, all);
  }

  #point(index: number, buffer: WebGLBuffer | null, divisor: 0 | 1): boolean {
    const { gl } = this;
    if (!buffer) {
      gl.disableVertexAttribArray(index);
      return false;
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(index);
    gl.vertexAttribDivisor(index, divisor);
    return true;
  }

  get hasRows(): boolean {
    return this.#rows !== null;
  }

  dispose(): void {
    for (const buffer of [...this.#now, ...this.#old, this.#colors, this.#emphasis, this.#rows, this.#sizes])
      this.#free(buffer);
  }
}
