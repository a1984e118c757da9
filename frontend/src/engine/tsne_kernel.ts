/** The t-SNE kernel for its host: exports of `engine/tsne/index.ts`. Rows are connected rows, addresses bytes. */
export interface TsneKernel {
  readonly memory: WebAssembly.Memory;
  reserve(rows: number, k: number, dimensions: number): number;
  addressOfNeighbors(): number;
  addressOfConditionals(): number;
  addressOfLabels(): number;
  addressOfOffsets(): number;
  addressOfTails(): number;
  addressOfJoints(): number;
  addressOfPositions(): number;
  addressOfAttractions(): number;
  addressOfRepulsions(): number;
  calibrateRows(first: number, count: number, perplexity: number): void;
  countIncoming(first: number, count: number): void;
  listIncoming(first: number, count: number): void;
  countPairs(first: number, count: number): number;
  joinRows(first: number, count: number): void;
  keepJoints(): void;
  superviseRows(strength: number): void;
  beginDescent(): void;
  iterate(exaggeration: number, learningRate: number, momentum: number): number;
  measureDivergence(): number;
  repel(): number;
  computeAttractions(): void;
  descendWith(exaggeration: number, normalization: number, learningRate: number, momentum: number): void;
  divergenceWith(normalization: number): number;
}
