/** A state for the panels of projections: points of 64 dimensions with a column of numbers, and a layout that runs. */
import type { LayoutStatus } from "../../../src/data/layout_status";
import { SHORTEST } from "../../../src/data/number_spelling";
import type { State } from "../../../src/state/state";

export function dataState(rows = 1000): Partial<State> {
  const step = { step: 1, version: "v", shape: [rows, 64] as [number, number], dtype: "float32", file: "ckpt-1" };
  const embedding = {
    ...{ name: "words", configured: true, optimizer_slot: false, source: "checkpoint" as const },
    ...{ shape: step.shape, dtype: "float32", steps: [step], metadata: null, sprite: null },
  };
  const age = { kind: "number" as const, name: "age", rows, values: new Float64Array(rows), spelling: SHORTEST };
  return {
    shown: { run: { name: "train", embeddings: [embedding] }, embedding, step },
    projection: {
      method: "pca",
      components: Array.from({ length: 3 }, () => new Float32Array(rows)),
      ...{ varianceRatios: [0.5, 0.25, 0.1], rows, finiteRows: rows, space: "as stored", problems: [] },
    },
    metadata: { columns: [age], rows, lines: rows, problems: [] },
  };
}

/** A layout started with the settings of `state`. */
export function layoutStatus(state: Readonly<State>, patch: Partial<LayoutStatus> = {}): LayoutStatus {
  return {
    ...{ of: "tsne", phase: "running", iteration: 412, iterations: null, perSecond: 58.2, klDivergence: 1.834 },
    ...{
      k: 90,
      method: "hnsw",
      recall: 0.9931,
      recallRows: 1000,
      tried: [],
      ...{ awaited: null, isHeld: false },
      notes: [],
      problems: [],
      pausedBecause: null,
    },
    startedWith: Object.fromEntries(
      ["dimensions", "metric", "spherize", "subset", "seed", "superviseBy", "superviseWithout", "perplexity"].map(
        (name) => [name, state[name as keyof State]],
      ),
    ),
    ...patch,
  };
}
