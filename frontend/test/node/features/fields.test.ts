/** The features' parts of the state are joined by name: a name that two of them had would be one field for both. */
import { expect, it } from "vitest";
import { FEATURES } from "../../../src/features/fields";
import { PAGE } from "../../../src/page/fields";

const PARTS = [...Object.values(FEATURES), PAGE];

it("no two features have a field of one name", () => {
  const names = PARTS.flatMap(({ fields }) => Object.keys(fields));
  expect(names.length).toBeGreaterThan(50);
  expect(names).toEqual([...new Set(names)]);
});

it("no two features have a task of one name", () => {
  const names = PARTS.flatMap((part): readonly string[] => part.tasks ?? []);
  expect(names.length).toBeGreaterThan(5);
  expect(names).toEqual([...new Set(names)]);
});
