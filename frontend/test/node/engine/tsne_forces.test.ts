/** Forces of one iteration of the kernel, against the equations in doubles. */
import { describe, expect, it } from "vitest";
import { exactGraph } from "./brute_force";
import { entropyOf, exactAttractions, exactJoints, exactRepulsions, type Points } from "./exact_tsne";
import { BUILDS, clusters, kernelOf, pairsOf, readVectors, setPositions } from "./tsne_kernel";

const ROWS = 1201; // Odd: the last packet of four is not full.
const graph = exactGraph(clusters(ROWS, 5, 1).flat(), 5, 30);
const joints = exactJoints(graph, 10);

describe.each(BUILDS)("%s", (build) => {
  it("makes the joint probabilities of the perplexity asked for", () => {
    const kernel = kernelOf(graph, 2, 10, build);
    const { buffer } = kernel.memory;
    const offsets = new Uint32Array(buffer, kernel.addressOfOffsets(), ROWS + 1);
    const tails = new Uint32Array(buffer, kernel.addressOfTails(), offsets[ROWS]!);
    const found = new Float32Array(buffer, kernel.addressOfJoints(), offsets[ROWS]!);
    expect(tails.length).toBe(joints.reduce((sum, pairs) => sum + pairs.size, 0));
    let worst = 0;
    for (let row = 0; row < ROWS; ++row) {
      for (let at = offsets[row]!; at < offsets[row + 1]!; ++at) {
        worst = Math.max(worst, Math.abs(found[at]! - joints[row]!.get(tails[at]!)!) * 2 * ROWS);
      }
    }
    expect(worst).toBeLessThan(1e-4);
    expect(entropyOf([...found])).toBeGreaterThan(0);
  });

  it.each([1e-36, 1e-15, 1e15, 1e36])("makes the same of distances in units of %f", (unit) => {
    const scaled = { ...graph, distances: graph.distances.map((distance) => distance * unit) };
    const found = pairsOf(kernelOf(scaled, 2, 10, build), ROWS);
    for (const [pair, joint] of pairsOf(kernelOf(graph, 2, 10, build), ROWS)) {
      if (!(Math.abs(found.get(pair)! - joint) * 2 * ROWS < 1e-4)) expect(`${pair}: ${found.get(pair)}`).toBe(joint);
    }
  });

  it.each([0.5, 1])(
    "weighs pairs by their labels at supervision %f, and leaves the sum of all as it is",
    (strength) => {
      const kernel = kernelOf(graph, 2, 10, build);
      const labels = Int32Array.from({ length: ROWS }, (_, row) => (row % 7) - 1); // Of -1 nothing is known.
      new Int32Array(kernel.memory.buffer, kernel.addressOfLabels(), ROWS).set(labels);
      kernel.keepJoints();
      kernel.superviseRows(1);
      kernel.superviseRows(strength); // Of the strength before nothing is left.
      const led = joints.map((pairs, row) => weighByLabels(pairs, row, labels, strength));
      const [before, after] = [sumOf(joints), sumOf(led)];
      for (const [pair, found] of pairsOf(kernel, ROWS)) {
        const [row, other] = pair.split("-").map(Number) as [number, number];
        const exact = (led[row]!.get(other)! * before) / after;
        if (!(Math.abs(found - exact) * 2 * ROWS < 1e-4)) expect(`${pair}: ${found}`).toBe(exact);
      }
    },
  );

  describe.each([2, 3] as const)("in %i dimensions", (dimensions) => {
    it.each([0.004, 0.3, 5, 30, 120])("repels as it should at an extent of %f", (extent) => {
      const points = clusters(ROWS, dimensions, extent);
      const kernel = kernelOf(graph, dimensions, 10, build);
      setPositions(kernel, points);
      const exact = exactRepulsions(points);
      expect(Math.abs(kernel.repel() / exact.normalization - 1)).toBeLessThan(dimensions === 2 ? 2e-3 : 2e-2);
      const found = readVectors(kernel, kernel.addressOfRepulsions(), points);
      const { worst, typical } = errors(found, exact.forces);
      expect(worst).toBeLessThan(dimensions === 2 ? 3e-2 : 9e-2);
      expect(typical).toBeLessThan(dimensions === 2 ? 1e-2 : 2e-2);
    });

    it("attracts as it should", () => {
      const points = clusters(ROWS, dimensions, 30);
      const kernel = kernelOf(graph, dimensions, 10, build);
      setPositions(kernel, points);
      kernel.computeAttractions();
      const found = readVectors(kernel, kernel.addressOfAttractions(), points);
      expect(errors(found, exactAttractions(points, joints)).worst).toBeLessThan(1e-3);
    });
  });
});

/** Pairs of one label weigh 1 + strength, those of two 1 - strength; what has no label counts as it did. */
function weighByLabels(pairs: ReadonlyMap<number, number>, row: number, labels: Int32Array, strength: number) {
  const signOf = (other: number) =>
    labels[row]! < 0 || labels[other]! < 0 ? 0 : labels[row] === labels[other] ? 1 : -1;
  return new Map([...pairs].map(([other, joint]) => [other, joint * (1 + strength * signOf(other))] as const));
}

function sumOf(pairs: readonly ReadonlyMap<number, number>[]): number {
  return pairs.reduce((sum, row) => [...row.values()].reduce((total, joint) => total + joint, sum), 0);
}

/** Errors of the vectors, over the root of the mean square length of the exact ones. */
function errors(found: Points, exact: Points): { worst: number; typical: number } {
  const square = (vector: readonly number[]) => vector.reduce((sum, value) => sum + value * value, 0);
  const scale = exact.reduce((sum, vector) => sum + square(vector), 0);
  const apart = exact.map((vector, row) => square(vector.map((value, i) => value - found[row]![i]!)));
  const mean = (sum: number) => Math.sqrt(sum / exact.length);
  return {
    worst: Math.sqrt(Math.max(...apart)) / mean(scale),
    typical: mean(apart.reduce((sum, value) => sum + value)) / mean(scale),
  };
}
