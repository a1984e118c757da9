import { describe, expect, it } from "vitest";
import { fitName } from "../../../src/data/fuzzy_search";

const NAMES = [
  "Fly to the selection, or to the matches",
  "Clear the selection and the search",
  "Color by label",
  "Label by color",
  "Labels on or off",
  "Go to step 1,000",
  "t-SNE",
  "PCA",
];

function best(query: string): string | undefined {
  const found = NAMES.flatMap((name) => {
    const fit = fitName(query, name);
    return fit === null ? [] : [{ name, score: fit.score }];
  });
  return found.sort((a, b) => b.score - a.score)[0]?.name;
}

describe("fitName", () => {
  it.each([
    ["flysel", "Fly to the selection, or to the matches"],
    ["clear", "Clear the selection and the search"],
    ["cbl", "Color by label"],
    ["lbc", "Label by color"],
    ["labels", "Labels on or off"],
    ["TSNE", "t-SNE"],
    ["step 1000", "Go to step 1,000"],
    ["pca", "PCA"],
  ])("%s means «%s»", (query, name) => expect(best(query)).toBe(name));

  it("finds letters in their order only", () => {
    expect(fitName("acp", "PCA")).toBeNull();
    expect(fitName("pp", "PCA")).toBeNull();
    expect(fitName("", "PCA")?.indices).toEqual([]);
  });

  it("prefers starts of words and letters side by side, wherever the first ones lie", () => {
    expect(fitName("se", "the search")?.indices).toEqual([4, 5]);
    expect(fitName("col", "cxoxl color")?.indices).toEqual([6, 7, 8]);
  });

  it("finds the best of all ways, as trying them all does", () => {
    for (const [query, name] of [
      ["aab", "ab aab-aXa bab"],
      ["to", "t o to ot"],
      ["se", "sxe es se-s e"],
    ] as const) {
      const scores = placings(query, name).map((indices) => scoreOf(indices, name));
      expect(fitName(query, name)!.score).toBeCloseTo(Math.max(...scores), 9);
      expect(scoreOf(fitName(query, name)!.indices, name)).toBeCloseTo(Math.max(...scores), 9);
    }
  });

  it("reads the first 200 letters of a name of a megabyte, and no more", () => {
    const read = "abcd ".repeat(40);
    expect(fitName("abcdefgh", `${read}${"efgh ".repeat(200_000)}`)).toBeNull();
    expect(fitName("abcda", `${read}${"x".repeat(1_000_000)}`)).toEqual(fitName("abcda", read));
    expect(fitName("dx", `${read}${"x".repeat(1_000_000)}`)).toBeNull();
  });
});

/** Every way to find the letters in their order. */
function placings(query: string, name: string, from = 0): number[][] {
  if (query === "") return [[]];
  const indices = [...name.toLowerCase()].flatMap((letter, at) => (at >= from && letter === query[0] ? [at] : []));
  return indices.flatMap((index) => placings(query.slice(1), name, index + 1).map((rest) => [index, ...rest]));
}

function scoreOf(indices: readonly number[], name: string): number {
  const each = indices.map((index, letter) => {
    const starts = index === 0 || /[^\p{L}\p{N}]/u.test(name[index - 1]!);
    return 1 + (starts ? 8 : 0) + (letter > 0 && indices[letter - 1] === index - 1 ? 5 : 0);
  });
  return each.reduce((sum, one) => sum + one, 0) - 0.02 * (name.length - indices.length);
}
