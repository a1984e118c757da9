/** Copies some rows of a column. */
export function gather<T extends Float32Array | Uint8Array>(values: T, rows: ArrayLike<number>, width = 1): T {
  const picked = new (values.constructor as new (length: number) => T)(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * width;
    for (let part = 0; part < width; part++) picked[i * width + part] = values[from + part];
  }
  return picked;
}
