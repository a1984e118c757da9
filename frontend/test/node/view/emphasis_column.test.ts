import { expect, it } from "vitest";
import { emphasisOf } from "../../../src/view/emphasis_column";

type StandingRows = Parameters<typeof emphasisOf>[0];
const NOTHING: StandingRows = { row: null, selection: null, neighbors: null, matches: null, filtered: null };
const of = (standing: Partial<StandingRows>) => emphasisOf({ ...NOTHING, ...standing }, () => new Uint8Array(5));
const rows = (...some: number[]) => Int32Array.of(...some);

it("leaves all points plain while none stand out and none are filtered out", () => {
  expect(of({})).toBeNull();
});

it("fades what the filters leave out, and all others once something stands out", () => {
  expect([...of({ filtered: rows(1, 2) })!]).toEqual([1, 0, 0, 1, 1]);
  expect([...of({ filtered: rows(1, 2), row: 4, neighbors: rows(3, 1) })!]).toEqual([1, 2, 1, 1, 3]);
  expect([...of({ filtered: rows(1, 2), matches: rows(0, 2) })!]).toEqual([1, 1, 2, 1, 1]);
  expect([...of({ filtered: rows(1, 2), selection: rows(0) })!]).toEqual([3, 1, 1, 1, 1]);
});
