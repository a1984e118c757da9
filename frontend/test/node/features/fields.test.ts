/** The features' parts of the state are joined by name: a name that two of them had would be one field for both. */
import { expect, it } from "vitest";
import { FEATURES } from "../../../src/features/fields";
import { PAGE } from "../../../src/page/fields";
import { nameOfField, VIEW_FIELDS } from "../../../src/state/view";

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

it("each field of the view has a name in the words of the screen, which addresses and bookmarks say after «the»", () => {
  const named = VIEW_FIELDS.map((field) => [field, nameOfField(field) ?? ""] as const);
  const wrong = named.filter(([, name]) => name === "" || /[a-z][A-Z]|^(the|your) |^[A-Z]/.test(name));
  expect(wrong, "Give these fields a name in their fields.ts").toEqual([]);
  expect([nameOfField("pointSize"), nameOfField("hover"), nameOfField("unknown")]).toEqual(["point size", null, null]);
});
