/** PCA's words on points among which nothing varies. */
import { expect, it } from "vitest";
import { parseProjection, sameWords } from "../../../src/data/projection";
import { arrowBytes } from "../arrow_bytes";

function words(ratios: (number | null)[], finiteRows: number): string | null {
  const columns = Object.fromEntries(ratios.map((_, at) => [`pc${at + 1}`, new Float32Array(10)]));
  const counts = { components: ratios.length, rows: 10, finite_rows: finiteRows };
  const projection = { ...counts, explained_variance_ratio: ratios, space: "as stored" };
  return sameWords(parseProjection(arrowBytes(columns, { projection })));
}

it("rows that are all equal are said to be, those that hold NaN not counted", () => {
  expect(words([0, 0], 10)).toBe("all 10 points are the same");
  expect(words([null], 9)).toBe("all 9 points are the same");
});

it("a share is given where anything varies, and of one point alone", () => {
  expect([words([0.9, 0], 10), words([0, 0], 1), words([0], 0)]).toEqual([null, null, null]);
});
