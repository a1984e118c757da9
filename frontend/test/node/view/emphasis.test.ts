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
  expect(readEmphasis(null)).toEqual({ passes: [0], raised: null });
  expect(readEmphasis(Uint8Array.of(1, 1))).toEqual({ passes: [1], raised: null });
});

it("does not raise a crowd: it is drawn after the others", () => {
  const emphasis = Uint8Array.of(1, 3, 0, 2, 1, 2);
  expect(readEmphasis(emphasis, 3).raised).not.toBeNull();
  expect(readEmphasis(emphasis, 2)).toEqual({ passes: [1, 0, 2, 3], raised: null });
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
