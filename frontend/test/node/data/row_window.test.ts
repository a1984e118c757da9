import { describe, expect, it } from "vitest";
import { scrollTo, TALLEST_PX, windowOf } from "../../../src/data/row_window";

describe.each([0, 5, 1_000, 1_000_000, 30_000_000])("a table of %i rows", (count) => {
  const [rowPx, viewPx] = [28, 203];

  it("shows its first rows at the top and its last at the bottom", () => {
    const top = windowOf(count, rowPx, viewPx, 0);
    expect([top.first, top.firstTop]).toEqual([0, 0]);
    expect(top.contentPx).toBeLessThanOrEqual(TALLEST_PX);
    const bottom = windowOf(count, rowPx, viewPx, Math.max(0, top.contentPx - viewPx));
    expect(bottom.end).toBe(count);
    const lastBottom = bottom.firstTop + (bottom.end - bottom.first) * rowPx;
    expect(Math.abs(lastBottom - bottom.contentPx)).toBeLessThan(1);
  });

  it("scrolls any row into sight, and not at all to one that is", () => {
    let scrollTop = 0;
    for (const share of [0, 0.31, 0.999, 1, 0.5]) {
      if (count === 0) return;
      const row = Math.round(share * (count - 1));
      scrollTop = scrollTo(row, count, rowPx, viewPx, scrollTop);
      const { first, firstTop } = windowOf(count, rowPx, viewPx, scrollTop);
      const top = firstTop + (row - first) * rowPx - scrollTop;
      expect(top).toBeGreaterThan(-1);
      expect(top + rowPx).toBeLessThan(viewPx + 1);
      expect(scrollTo(row, count, rowPx, viewPx, scrollTop)).toBeCloseTo(scrollTop, 1);
    }
  });
});
