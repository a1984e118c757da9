import { expect, it } from "vitest";
import { readEmphasis } from "../../../src/view/emphasis";

it("draws faded before plain, and raises neighbors before the selection", () => {
  const work = readEmphasis(Uint8Array.of(1, 3, 0, 2, 1, 2));
  expect(work.passes).toEqual([1, 0]);
  expect([...(work.raised?.rows ?? [])]).toEqual([3, 5, 1]);
  expect([...(work.raised?.emphasis ?? [])]).toEqual([2, 2, 3]);
});

it("puts the foremost rows over the others of their kind, the first over all", () => {
  const work = readEmphasis(Uint8Array.of(2, 2, 2, 3, 3), Infinity, Int32Array.of(3, 0, 1));
  expect([...(work.raised?.rows ?? [])]).toEqual([2, 1, 0, 4, 3]);
  expect([...(work.raised?.emphasis ?? [])]).toEqual([2, 2, 2, 3, 3]);
});

it("has one plain pass without emphasis, and none for kinds that do not occur", () => {
  expect(readEmphasis(null)).toEqual({ passes: [0], raised: null, sample: null });
  expect(readEmphasis(Uint8Array.of(1, 1))).toEqual({ passes: [1], raised: null, sample: null });
});

it("does not raise a crowd, but some of it until it is drawn after the others", () => {
  const emphasis = Uint8Array.of(1, 3, 0, 2, 1, 2);
  expect(readEmphasis(emphasis, 3)).toMatchObject({ raised: { rows: Uint32Array.of(3, 5, 1) }, sample: null });
  const sample = { rows: Uint32Array.of(3, 1), emphasis: Uint8Array.of(2, 3) };
  expect(readEmphasis(emphasis, 2)).toEqual({ passes: [1, 0, 2, 3], raised: null, sample });
});

it("takes the sample of a crowd from all of it, a point that was clicked among them", () => {
  const emphasis = Uint8Array.from({ length: 10_000 }, (_, row) => (row === 77 ? 3 : 1 + (row % 2)));
  const { rows } = readEmphasis(emphasis, 100).sample!;
  const everyFiftieth = Array.from({ length: 99 }, (_, at) => 103 + 100 * at); // Of the odd ones without 77.
  expect([...rows]).toEqual([1, ...everyFiftieth, 77]);
});

it("raises the same rows as a loop over the column, within the limit and above it", () => {
  const emphasis = Uint8Array.from({ length: 5000 }, (_, row) => [1, 1, 1, 0, 2, 2, 3][(row ** 2 + (row >> 3)) % 7]!);
  const rowsOf = (kind: number) => [...emphasis.keys()].filter((row) => emphasis[row] === kind);
  const raised = [...rowsOf(2), ...rowsOf(3)];
  expect([...readEmphasis(emphasis, raised.length).raised!.rows]).toEqual(raised);
  expect(readEmphasis(emphasis, raised.length - 1).raised).toBeNull();
});

it("a foremost row that is named twice is raised once", () => {
  const { rows } = readEmphasis(Uint8Array.of(3, 2, 3, 1), Infinity, Int32Array.of(0, 0, 3)).raised!;
  expect([...rows]).toEqual([1, 2, 0]);
});
