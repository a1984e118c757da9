/** Sums of points as text: in addresses, and as people type them. */
import { describe, expect, it } from "vitest";
import { findLabeled, suggestLabels } from "../../../src/data/labels";
import { MAX_TERMS, readTerms, splitExpression, typedWord, writeTerms } from "../../../src/data/terms";
import { readExpression } from "../../../src/features/neighbors/sum_follow";
import { initialState } from "../../../src/state/state";
import { numberColumn, textColumn } from "../data/columns";

const labels = textColumn("word", ["king", "man", "C++", "New-York", null, "man", "-lrb-", "a - b", "東京", "kings"]);
const state = {
  ...initialState(),
  metadata: { columns: [labels], rows: 10, lines: 10, problems: [] },
  shown: { step: { shape: [10, 4] } } as never,
};
const read = (text: string) => writeTerms(readExpression(state, text).terms);

describe("terms in an address", () => {
  it("are read as they are written", () => {
    const terms = [
      { row: 12, sign: 1 },
      { row: 5, sign: -1 },
      { row: 12, sign: 1 },
    ] as const;
    expect(writeTerms(terms)).toBe("+12-5+12");
    expect(readTerms("+12-5+12")).toEqual(terms);
    expect(readTerms("")).toEqual([]);
  });

  it.each(["12", "+", "+1x", "+1 -2", "+99999999999", "+2147483648", "+1.5", "+1".repeat(MAX_TERMS + 1)])(
    "are none in «%s»",
    (text) => expect(readTerms(text)).toBeUndefined(),
  );
});

describe("an expression", () => {
  it.each([
    ["king - man + woman", "+king|-man|+woman"],
    ["king − man", "+king|-man"],
    ["-man + king", "-man|+king"],
    ["− man", "-man"],
    ["+ king", "+king"],
    ["C++ + New-York", "+C++|+New-York"],
    ["king -", "+king"],
    ["  ", ""],
  ])("«%s» is %s", (text, words) => {
    expect(
      splitExpression(text)
        .map((word) => `${word.sign === 1 ? "+" : "-"}${word.text}`)
        .join("|"),
    ).toBe(words);
  });

  it.each([
    ["king - man + C++", "+0-1+2"],
    ["New-York − 東京", "+3-8"],
    ["-lrb-", "+6"],
    ["a - b", "+7"],
    ["row 4 - row 9", "+4-9"],
  ])("«%s» names the rows %s", (text, terms) => expect(read(text)).toBe(terms));

  it("says which word is no label, and where a label had several points", () => {
    expect(() => read("king - King")).toThrow("No point is labeled «King».");
    expect(() => read("row 10")).toThrow("No point is labeled «row 10».");
    expect(readExpression(state, "man").notes).toEqual(["2 points are labeled «man»: the first was taken."]);
  });
});

describe("a label", () => {
  it("is found letter for letter, in bytes and in numbers", () => {
    expect(findLabeled(labels, "king")).toEqual({ row: 0, count: 1 });
    expect(findLabeled(labels, "man")).toEqual({ row: 1, count: 2 });
    expect(findLabeled(labels, "東")).toBeNull();
    expect(findLabeled(numberColumn("year", [1900, null, 1900]), "1900")).toEqual({ row: 0, count: 2 });
  });
});

describe("a word being typed", () => {
  it.each([
    ["kin", "", "kin"],
    ["king - ma", "king - ", "ma"],
    ["king − New-Yo", "king − ", "New-Yo"],
    ["-ki", "-", "ki"],
    ["king +  ", "king +  ", ""],
    ["a − b + c d", "a − b + ", "c d"],
  ])("in «%s» is what follows the last sign", (text, before, word) => {
    expect(typedWord(text)).toEqual({ before, word });
  });

  it("is completed to labels that begin with it, in whichever case", () => {
    expect(suggestLabels(labels, "KIN", 9)).toEqual(["king", "kings"]);
    expect(suggestLabels(labels, "k", 1)).toEqual(["king"]);
    expect(suggestLabels(labels, "東", 9)).toEqual(["東京"]);
    expect([suggestLabels(labels, "", 9), suggestLabels(labels, "x", 9)]).toEqual([[], []]);
  });
});
