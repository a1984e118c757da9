import { expect, it } from "vitest";
import { moveKey, orderKeys } from "../../../src/data/column_order";
import { readNames, writeNames } from "../../../src/data/name_text";

const KEYS = ["a", "b", "c", "d", "e"];

it("puts those that were moved first", () => {
  expect(orderKeys(KEYS, ["c", "gone", "a", "c"])).toEqual(["c", "a", "b", "d", "e"]);
  expect(orderKeys(KEYS, [])).toEqual(KEYS);
});

it.each([
  ["d", 1],
  ["a", 3],
  ["c", 2],
  ["e", -5],
  ["a", 99],
] as const)("moves %s to %i with as short a list as does it", (key, index) => {
  const expected = KEYS.filter((one) => one !== key);
  expected.splice(Math.max(0, Math.min(4, index)), 0, key);
  const order = moveKey(KEYS, key, index);
  expect(orderKeys(KEYS, order)).toEqual(expected);
  expect(order.length).toBeLessThanOrEqual(5);
});

it("writes any names, and no list that makes too long an address", () => {
  const names = ["a,b", "%", "", "日本 語"];
  expect(readNames(writeNames(names))).toEqual(names);
  expect(writeNames(Array(500).fill("column"))).toBe("");
  expect(readNames("%E0%A4%A")).toBeUndefined();
});
