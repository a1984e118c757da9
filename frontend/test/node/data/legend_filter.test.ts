import { describe, expect, it } from "vitest";
import { filterRows, type ValuesFilter } from "../../../src/data/filters";
import { clickedFilter, clickedOthers, standingOf, standingOfOthers } from "../../../src/data/legend_filter";
import { textColumn } from "./columns";

const COLORED = ["a", "b", null];

describe("clicks on one value", () => {
  it("show it alone, mute it, and show all", () => {
    const only = clickedFilter(null, "c", "a");
    const muted = clickedFilter(only, "c", "a");
    expect([only, muted].map((filter) => standingOf(filter, "a"))).toEqual(["only", "muted"]);
    expect([only, muted].map((filter) => standingOf(filter, "b"))).toEqual(["muted", "plain"]);
    expect(clickedFilter(muted, "c", "a")).toBeNull();
  });

  it("on several values show, or mute, all of them", () => {
    const both = clickedFilter(clickedFilter(null, "c", "a"), "c", "b");
    expect(both).toMatchObject({ values: ["a", "b"], isExcluding: false });
  });
});

describe("clicks on the values without a color", () => {
  const column = textColumn("c", ["a", "x", null, "y", "b"]);
  const left = (filter: ValuesFilter | null) => [...filterRows([column], filter === null ? [] : [filter], 5)];

  it("show them alone, mute them, and show all", () => {
    const only = clickedOthers(null, "c", COLORED);
    const muted = clickedOthers(only, "c", COLORED);
    const all = clickedOthers(muted, "c", COLORED);
    expect([only, muted, all].map(left)).toEqual([
      [1, 3],
      [0, 2, 4],
      [0, 1, 2, 3, 4],
    ]);
    expect([null, only, muted].map((filter) => standingOfOthers(filter, COLORED))).toEqual(["plain", "only", "muted"]);
  });

  it("begin anew where another filter of the column stands", () => {
    const other = clickedFilter(null, "c", "a");
    expect(standingOfOthers(other, COLORED)).toBe("plain");
    expect(left(clickedOthers(other, "c", COLORED))).toEqual([1, 3]);
  });
});
