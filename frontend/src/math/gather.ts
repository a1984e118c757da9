/** Copies selected rows of a column. */
export function gather<T extends Float32Array | Uint8Array>(values: T, rows: ArrayLike<number>, width = 1): T {
  const picked = new (values.constructor as new (length: number) => T)(rows.length * width);
  if (width === 4 && values instanceof Uint8Array && values.byteOffset % 4 === 0) copyWords(values, rows, picked);
  else if (width === 1) for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  else copyParts(values, rows, picked, width);
  return picked;
}

/** Four bytes at once. */
function copyWords(values: Uint8Array, rows: ArrayLike<number>, picked: ArrayBufferView): void {
  const from = new Uint32Array(values.buffer, values.byteOffset, values.length >> 2);
  const to = new Uint32Array(picked.buffer);
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
}

function copyParts(
  values: Float32Array | Uint8Array,
  rows: ArrayLike<number>,
  picked: Float32Array | Uint8Array,
  width: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    for (let part = 0; part < width; part++) picked[i * width + part] = values[from + part]!;
  }
}
