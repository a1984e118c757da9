/** Images keep their colors in both themes: the dark one inverts nothing. */

import { render } from "lit";
import { afterEach, expect, it } from "vitest";
import { thumbnail } from "../../../src/controls/thumbnail";
import { installTokens, showTheme } from "../../../src/controls/tokens";
import type { Sprite } from "../../../src/data/sprite";
import { all } from "../dom";
import { disposeShown, flat, pixelAt, show } from "./shown_picture";

const PALETTE = [
  [250, 240, 20],
  [10, 20, 30],
];
const CELL_PX = 16;

afterEach(() => {
  disposeShown();
  showTheme("light");
  document.body.replaceChildren();
});

async function makeSprite(): Promise<Sprite> {
  const sheet = new OffscreenCanvas(CELL_PX * PALETTE.length, CELL_PX);
  const context = sheet.getContext("2d")!;
  PALETTE.forEach((color, cell) => {
    context.fillStyle = `rgb(${color.join()})`;
    context.fillRect(cell * CELL_PX, 0, CELL_PX, CELL_PX);
  });
  const grid = { columns: PALETTE.length, rows: 1, thumbWidth: CELL_PX, thumbHeight: CELL_PX };
  const urls = [URL.createObjectURL(await sheet.convertToBlob())];
  return { ...grid, urls, width: sheet.width, height: sheet.height, pages: null };
}

it.each(["light", "dark"] as const)("on the points, in the %s theme", async (theme) => {
  installTokens();
  showTheme(theme);
  const shown = show({ ...flat([-1, 0], [1, 0]), sprite: await makeSprite(), showImages: true, theme });
  const seen = () => [0, 1].map((row) => pixelAt(shown, ...shown.picture.pointer.locate(row)!));
  await expect.poll(seen).toEqual(PALETTE);
});

it("in the panels: no element around a thumbnail filters or blends it", async () => {
  installTokens();
  showTheme("dark");
  const host = document.createElement("div");
  document.body.append(host);
  render(thumbnail(await makeSprite(), 1, 28), host);
  for (let one: HTMLElement | null = all("[role=img]")[0]!; one !== null; one = one.parentElement) {
    const { filter, mixBlendMode, backgroundBlendMode } = getComputedStyle(one);
    expect([filter, mixBlendMode, backgroundBlendMode]).toEqual(["none", "normal", "normal"]);
  }
});
