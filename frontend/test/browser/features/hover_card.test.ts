/** The card of the hovered point: what it says, and that the pointer is never over it. */
import { beforeEach, expect, it } from "vitest";
import { HoverCard } from "../../../src/features/point/hover_card";
import type { State } from "../../../src/state/state";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";

const COLUMNS = [textColumn("word", ["ant", "<b>bee</b>", null]), numberColumn("legs", [6, null, 4])];
const [WIDTH, HEIGHT] = [600, 400];

let card: Mounted;

beforeEach(async () => {
  const metadata = { columns: COLUMNS, rows: 3, lines: 3, problems: [] };
  card = await mountPanel(new HoverCard(), { metadata, labelBy: "word", colorBy: "" });
  Object.assign(card.panel.style, { width: `${WIDTH}px`, height: `${HEIGHT}px` });
});

const at = (row: number, x = 10, y = 10) => card.show({ hover: { row, x, y } });
const words = () => card.words().trim().replace(/ +/g, " ");

it("is there while a point is hovered", async () => {
  expect(all(".card")).toEqual([]);
  await at(0);
  expect(words()).toBe("ant row 0");
  await card.show({ hover: null });
  expect(all(".card")).toEqual([]);
});

it("has the label as text, else the row alone", async () => {
  await at(1);
  expect([words(), all("b")]).toEqual(["<b>bee</b> row 1", []]);
  await at(2);
  expect(words()).toBe("row 2");
});

it("has the value that colors the point, and says that there is none; the label is not said twice", async () => {
  await card.show({ colorBy: "legs" });
  await at(0);
  expect(words()).toBe("ant legs: 6");
  await at(1);
  expect(words()).toBe("<b>bee</b> legs: no value");
  await card.show({ colorBy: "word" });
  expect(words()).toBe("<b>bee</b> row 1");
});

it("has the number of neighbors kept while these give the colors", async () => {
  const quality = { keptByRow: Float32Array.of(1 / 3, 1, Number.NaN), k: 15 } as State["quality"];
  await card.show({ colorBy: "legs", quality, colorByQuality: true });
  for (const [row, said] of [
    [0, "ant neighbors kept: 5 of 15"],
    [2, "row 2 neighbors kept: no value"],
  ] as const) {
    await at(row);
    expect(words()).toBe(said);
  }
  await card.show({ colorByQuality: false });
  expect(words()).toBe("row 2 legs: 4");
});

it("has the image of the point, where there is one", async () => {
  const sizes = { columns: 1, rows: 1, thumbWidth: 8, thumbHeight: 8, width: 8, height: 8 };
  await card.show({ sprite: { urls: ["data:,"], ...sizes, pages: null } });
  await at(0);
  expect(all("[role=img]").map(({ ariaLabel }) => ariaLabel)).toEqual(["Image of row 0"]);
  await at(1);
  expect(all("[role=img]")).toEqual([]);
});

it.each([
  [0, 0],
  [WIDTH - 1, 0],
  [0, HEIGHT - 1],
  [WIDTH - 1, HEIGHT - 1],
  [WIDTH / 2 - 1, HEIGHT / 2 + 1],
  [WIDTH / 2 + 1, HEIGHT / 2 - 1],
])("lies beside the pointer at %i, %i, inside the picture", async (x, y) => {
  await at(0, x, y);
  const host = card.panel.getBoundingClientRect();
  const { left, right, top, bottom } = all(".card")[0]!.getBoundingClientRect();
  const [nearX, nearY] = [x < WIDTH / 2 ? left - host.left - x : x - (right - host.left)].concat(
    y < HEIGHT / 2 ? top - host.top - y : y - (bottom - host.top),
  );
  expect([nearX, nearY]).toEqual([14, 14]);
  const isInside = left >= host.left && right <= host.right && top >= host.top && bottom <= host.bottom;
  expect(isInside).toBe(true);
});
