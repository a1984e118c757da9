import { describe, expect, it } from "vitest";
import type { SpriteFile } from "../../../src/data/runs";
import { makeSprite, spriteCellOf } from "../../../src/data/sprite";

const FILE: SpriteFile = {
  file: "s.png",
  version: "v",
  image_size: [400, 20_000],
  single_image_dim: [50, 40],
  columns: 8,
  rows: 500,
  pages: { count: 2, columns: 20, rows: 100, image_size: [1000, 4000] },
};
const urlOf = (page: number | null) => (page === null ? "whole" : `page ${page}`);

describe("a sprite sheet", () => {
  it("is shown in pages when it is larger than browsers decode", () => {
    const sprite = makeSprite(FILE, urlOf);
    expect(sprite.urls).toEqual(["page 0", "page 1"]);
    expect([sprite.columns, sprite.width, sprite.height]).toEqual([20, 1000, 4000]);
    expect(spriteCellOf(sprite, 0)).toEqual({ url: "page 0", column: 0, line: 0 });
    expect(spriteCellOf(sprite, 1999)).toEqual({ url: "page 0", column: 19, line: 99 });
    expect(spriteCellOf(sprite, 2021)).toEqual({ url: "page 1", column: 1, line: 1 });
    expect(spriteCellOf(sprite, 4000)).toBeNull();
  });

  it("is shown whole when it is not, and knows its pages for a GPU with smaller textures", () => {
    const sprite = makeSprite({ ...FILE, image_size: [400, 8192] }, urlOf);
    expect([sprite.urls, sprite.columns, sprite.height]).toEqual([["whole"], 8, 8192]);
    expect(sprite.pages?.urls).toHaveLength(2);
    expect(spriteCellOf(sprite, 9)).toEqual({ url: "whole", column: 1, line: 1 });
    expect(makeSprite({ ...FILE, image_size: [400, 8192], pages: null }, urlOf).pages).toBeNull();
  });
});
