/** The layout worker's own helper, with the real kernel. */
import { expect, it } from "vitest";
import { fetchKernel } from "../../../src/api/kernels";
import { Random } from "../../../src/math/random";
import { RepulsionThread } from "../../../src/worker/repulsion_thread";

const ROWS = 500;

function makePositions(seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: 2 * ROWS }, () => random.normal());
}

it("answers requests one after the other, each for the positions of its moment", async () => {
  const module = await fetchKernel("tsne");
  const alone = async (seed: number) => {
    const answer = (await new RepulsionThread(module).repel(makePositions(seed)))!;
    return { normalization: answer.normalization, repulsions: answer.repulsions.slice() };
  };
  const thread = new RepulsionThread(module);
  const moving = makePositions(1);
  const first = thread.repel(moving).then((answer) => answer!.normalization);
  moving.set(makePositions(2));
  const second = thread.repel(moving);
  moving.fill(0);
  expect(await first).toBe((await alone(1)).normalization);
  expect(await second).toEqual(await alone(2));
  moving.set(makePositions(3));
  expect(await thread.repel(moving)).toEqual(await alone(3));
});
