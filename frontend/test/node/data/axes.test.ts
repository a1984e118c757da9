/** The definition of custom axes: its text, and the names of axes between searches. */
import { describe, expect, it } from "vitest";
import {
  type AxisChoices,
  type AxisSearch,
  INITIAL_AXES,
  nameSearch,
  readAxes,
  writeAxes,
} from "../../../src/data/axes";
import type { QueryMode } from "../../../src/data/search";

const search = (text: string, mode: QueryMode): AxisSearch => ({ text, mode, column: null });

describe("axes between searches, as text", () => {
  const [, y, z] = INITIAL_AXES;
  const written = (add: object) => JSON.stringify([{ kind: "searches", add, subtract: search("", "text") }, y, z]);

  it.each(["text", "regex", "exact"] as const)("come back with the mode «%s»", (mode) => {
    const axes: AxisChoices = [{ kind: "searches", add: search("king", mode), subtract: search("", "text") }, y, z];
    expect(readAxes(writeAxes(axes))).toEqual(axes);
  });

  it.each([
    [false, "text"],
    [true, "regex"],
  ] as const)("are read as earlier versions wrote them: regex %s", (regex, mode) => {
    const read = readAxes(written({ text: "king", regex, column: "" }));
    expect(read![0]).toMatchObject({ add: { text: "king", mode, column: "" } });
    expect(Object.keys((read![0] as { add: object }).add)).toEqual(["text", "mode", "column"]);
  });

  it.each([
    {},
    { text: "king", column: null },
    { text: "king", mode: "fuzzy", column: null },
    { text: "king", regex: 1, column: null },
    { text: 1, mode: "text", column: null },
    { text: "king", mode: "text", column: 1 },
  ])("are not read from %j", (add) => {
    expect(readAxes(written(add))).toBeUndefined();
  });
});

it.each([
  ["king", "text", "king"],
  ["^king$", "text", "^king$"],
  ["^king$", "exact", "^king$"],
  ["^queen$", "regex", "queen"],
  ["^qu", "regex", "qu"],
  ["price\\$", "regex", "price\\$"],
  ["^(king|queen)$", "regex", "(king|queen)"],
  ["^$", "regex", "^$"],
] as const)("«%s» as %s is «%s» on an axis", (text, mode, name) => {
  expect(nameSearch(search(text, mode))).toBe(name);
});
