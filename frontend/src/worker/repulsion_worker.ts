/** Runs beside the layout worker: computes the repulsions at the positions that it is sent, in a kernel of its own. */
import type { TsneKernel } from "../engine/tsne_kernel";
import type { FromRepulsion, ToRepulsion } from "./repulsion_messages";

let kernel: TsneKernel | null = null;

addEventListener("message", ({ data }: MessageEvent<ToRepulsion>) => {
  if (data.kind === "reserve") kernel = reserve(data.module, data.rows);
  else repel(data.positions, data.repulsions);
});

/** Null without enough memory. */
function reserve(module: WebAssembly.Module, rows: number): TsneKernel | null {
  const exports = new WebAssembly.Instance(module).exports as unknown as TsneKernel;
  return exports.reserve(rows, 1, 2) ? exports : null;
}

function repel(positions: Float32Array<ArrayBuffer>, repulsions: Float32Array<ArrayBuffer>): void {
  let normalization = 0;
  if (kernel !== null) {
    viewOf(kernel, kernel.addressOfPositions(), positions.length).set(positions);
    normalization = kernel.repel();
    repulsions.set(viewOf(kernel, kernel.addressOfRepulsions(), repulsions.length));
  }
  const answer: FromRepulsion = { positions, repulsions, normalization };
  postMessage(answer, { transfer: [positions.buffer, repulsions.buffer] });
}

/** A new view each time: the memory may have grown. */
function viewOf({ memory }: TsneKernel, address: number, length: number): Float32Array {
  return new Float32Array(memory.buffer, address, length);
}
