/** The names of classes in the picture: once each, apart from one another and from labels, until they are switched off. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { installTokens } from "../../../src/controls/tokens";
import { followLegends } from "../../../src/features/coloring/follow";
import { DrawingMenu } from "../../../src/features/drawing/panel";
import { Random } from "../../../src/math/random";
import { showPicture } from "../../../src/page/show_picture";
import { PointColors } from "../../../src/state/point_colors";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { everyAction } from "../../every_action";
import { textColumn } from "../../node/data/columns";
import { all } from "../dom";
import { dataState } from "../page/mounted_page";
import { settled } from "../settled";
import { pixelsOf, saveAs } from "../view/saved_png";
import { disposeShown, painted, type Shown, show } from "../view/shown_picture";
import { type SvgText, svgTexts } from "../view/svg_texts";

const COUNT = 2_000;
const KINDS = Array.from({ length: 12 }, (_, kind) => `kind ${kind}`);
const CELLS = Array.from({ length: COUNT }, (_, row) => (row % 40 === 0 ? null : KINDS[row % KINDS.length]!));

let store: Store;
let shown: Shown;
let menu: DrawingMenu;

/** Twelve clouds on a circle, each of a kind of its own. */
function clouds(): { x: Float32Array; y: Float32Array; z: Float32Array } {
  const random = new Random(3);
  const around = (part: (angle: number) => number, width: number) =>
    Float32Array.from({ length: COUNT }, (_, row) => part((row % 12) * (Math.PI / 6)) + width * random.normal());
  return { x: around(Math.cos, 0.1), y: around(Math.sin, 0.1), z: around(() => 0, 0.1) };
}

beforeEach(async () => {
  installTokens();
  store = new Store();
  menu = Object.assign(new DrawingMenu(), { store, actions: everyAction() });
  document.body.append(menu);
  shown = show({}, 900, 700);
  const colors = new PointColors();
  followLegends(store, colors);
  showPicture(store, shown.picture, colors);
  const columns = [
    textColumn(
      "word",
      CELLS.map((_, row) => `word ${row}`),
    ),
    textColumn("kind", CELLS),
  ];
  const data = dataState(COUNT);
  const { x, y, z } = clouds();
  await apply({
    ...data,
    projection: { ...data.projection!, components: [x, y, z] },
    metadata: { columns, rows: COUNT, lines: COUNT, problems: [] },
    ...{ dimensions: 2, labelBy: "word", colorBy: "kind", drawingOpen: true },
  });
});
afterEach(() => {
  disposeShown();
  menu.remove();
});

async function apply(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
  await painted(shown, COUNT);
}

const textsWhere = (isBold: boolean): SvgText[] =>
  svgTexts(shown, (bold) => (bold ? "700 15px sans-serif" : "500 13px sans-serif")).filter(
    (text) => text.isBold === isBold,
  );
const names = () => textsWhere(true);
const said = () =>
  names()
    .map(({ text }) => text)
    .sort();
const touch = (one: SvgText, other: SvgText) =>
  Math.abs(one.y - other.y) < 14 && one.left < other.right && other.left < one.right;
const choice = () => all("label.switch").find((one) => one.textContent!.includes("Names of the colors"))!;

it.each([2, 3] as const)(
  "are there once each, among their points, and apart from all texts, in %i-D",
  async (dimensions) => {
    await apply({ dimensions });
    expect(said()).toEqual([...KINDS].sort());
    const labels = textsWhere(false);
    expect(labels.length).toBeGreaterThan(20);
    for (const [at, name] of names().entries()) {
      expect([...names().slice(at + 1), ...labels].filter((other) => touch(name, other))).toEqual([]);
      const near = Array.from({ length: COUNT }, (_, row) => row)
        .filter((row) => CELLS[row] === name.text)
        .some((row) => {
          const [x, y] = shown.picture.pointer.locate(row)!;
          return Math.hypot(x - name.x, y - name.y) < 25;
        });
      expect(near, name.text).toBe(true);
    }
  },
);

it("are in a PNG where they are on the screen, and not without the switch", async () => {
  const [{ left, right, y }] = names() as [SvgText];
  const box = [Math.round(left), Math.round(y) - 8, Math.round(right - left), 16] as const;
  const dark = async () => {
    const { data } = await pixelsOf((await saveAs(shown, 1))!, ...box);
    return data.filter((part, at) => at % 4 === 0 && part < 80 && data[at + 2]! < 90).length;
  };
  const ink = await dark();
  await apply({ showLabels: false });
  expect(ink).toBeGreaterThan((await dark()) + 50);
});

it("are off with their switch, with labels, and where labels or colors say the same", async () => {
  await userEvent.click(choice().querySelector("input")!);
  await settled();
  expect([store.state.nameColors, said()]).toEqual([false, []]);
  await apply({ nameColors: true, showLabels: false });
  expect([said(), choice().textContent]).toEqual([[], expect.stringContaining("labels are off")]);
  await apply({ showLabels: true, labelBy: "kind" });
  expect([said(), choice().textContent]).toEqual([[], expect.stringContaining("labels name them")]);
  await apply({ labelBy: "word", colorBy: "" });
  expect([said(), choice().textContent]).toEqual([[], expect.stringContaining("no categories")]);
  await apply({ colorBy: "kind" });
  expect(said()).toHaveLength(12);
});

it("are those of the points that are isolated and pass the filters", async () => {
  const rowsOf = (...kinds: string[]) =>
    Int32Array.from(CELLS.keys()).filter((row) => CELLS[row] !== null && kinds.includes(CELLS[row]));
  await apply({ filteredRows: rowsOf("kind 1", "kind 4") });
  expect(said()).toEqual(["kind 1", "kind 4"]);
  await apply({ subset: { name: "s", rows: rowsOf("kind 4", "kind 7"), words: "by hand" } });
  expect(said()).toEqual(["kind 4"]);
});

it("stay while a layout runs, along with their points, though labels do not", async () => {
  const { x, y } = clouds();
  const coordinates = { method: "tsne", x, y, z: null, rows: COUNT, finiteRows: COUNT, axisNames: [] } as const;
  const frame = (iteration: number): Partial<State> => ({
    coordinates: {
      ...coordinates,
      x: x.map((place) => place * (1 + iteration / 100)),
      space: "",
      subset: null,
      iteration,
    },
  });
  await apply(frame(0));
  let iteration = 0;
  const run = async () => {
    store.set(frame(++iteration));
    for (let turn = 0; turn < 2; turn++) await new Promise(requestAnimationFrame);
    return [said().length, textsWhere(false).length];
  };
  await expect.poll(run).toEqual([12, 0]);
  await painted(shown, COUNT);
  expect([said().length, textsWhere(false).length > 20]).toEqual([12, true]);
});
