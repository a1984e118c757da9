/** Data that is shown, for followers: a step of a tensor, and its picture by PCA. */
import type { Projection } from "../../../src/data/projection";
import type { Shown } from "../../../src/data/runs";

export function shownOf(rows: number, dims = 64): Shown {
  const step = { step: 1, version: "v", shape: [rows, dims] as [number, number], dtype: "float32", file: "f" };
  return { run: { name: "r" }, embedding: { name: "e", metadata: null, sprite: null }, step } as unknown as Shown;
}

export function projectionOf(rows: number, count = 3): Projection {
  const components = Array.from({ length: count }, (_, first) =>
    Float32Array.from({ length: rows }, (_, row) => Math.sin(first + row)),
  );
  const fields = { varianceRatios: [0.5, 0.3, 0.2], rows, finiteRows: rows, space: "as stored", problems: [] };
  return { method: "pca", components, ...fields };
}
