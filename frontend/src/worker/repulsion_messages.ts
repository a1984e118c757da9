/** Messages between the layout worker and the thread that computes its repulsions. */
export type ToRepulsion =
  /** Before the first positions, and whenever the number of rows changes. */
  | { kind: "reserve"; module: WebAssembly.Module; rows: number }
  /** Both arrays are transferred, and come back with the answer. */
  | { kind: "repel"; positions: Float32Array<ArrayBuffer>; repulsions: Float32Array<ArrayBuffer> };

export interface FromRepulsion {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly repulsions: Float32Array<ArrayBuffer>;
  /** Z; 0 without enough memory. */
  readonly normalization: number;
}
