/** The UMAP kernel for its host: exports of `engine/umap/index.ts`. Rows are connected rows, addresses bytes. */
export interface UmapKernel {
  readonly memory: WebAssembly.Memory;
  reserve(rows: number, k: number, dimensions: number, stagedRows: number): number;
  addressOfNeighbors(): number;
  addressOfDistances(): number;
  addressOfLabels(): number;
  addressOfPositions(): number;
  addressOfTails(): number;
  addressOfWeights(): number;
  offsetOf(row: number): number;
  countEdges(first: number, count: number): void;
  smoothRows(first: number, count: number, meanDistance: number, isShifted: boolean): void;
  beginFilling(): void;
  fillEdges(first: number, count: number): void;
  beginMerging(): void;
  mergeEdges(first: number, count: number): number;
  weakenEdges(first: number, count: number, farDistance: number): void;
  reconnectRows(first: number, count: number): number;
  beginScheduling(): void;
  scheduleEdges(first: number, count: number, threshold: number, largest: number): void;
  setCurve(a: number, b: number, repulsion: number): void;
  seedStreams(seed: number): void;
  /** One bit for each of the (at most four) edges in [`edge`, `end`). */
  dueEdges(edge: number, end: number, epoch: number): number;
  negativesDue(edge: number, epoch: number, perSample: number): number;
  runEpoch(epoch: number, rate: number, negativesPerSample: number, first: number, last: number): void;
}
