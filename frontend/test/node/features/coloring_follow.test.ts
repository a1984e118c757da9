/** The legends: made anew when what they are of changes; of isolated points, in the colors and on the scale of all. */
import { beforeEach, expect, it } from "vitest";
import type { CategoricalLegend, Legend, NumericLegend } from "../../../src/data/coloring";
import type { Column } from "../../../src/data/column";
import { legendLines } from "../../../src/data/legend_lines";
import { saveLegend } from "../../../src/data/legend_saved";
import { followLegends } from "../../../src/features/coloring/follow";
import { PointColors } from "../../../src/state/point_colors";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { numberColumn, textColumn } from "../data/columns";

const ROWS = Int32Array.of(0, 2, 3, 7);
const SUBSET = { name: "s", rows: ROWS, words: "by hand" };
const WORDS = textColumn("word", ["a", "b", "a", null, "c", "b", "b", "b"]);
const AGES = numberColumn("age", [10, 90, 20, null, 50, 60, null, 40]);

let store: Store;

beforeEach(() => {
  store = new Store();
  followLegends(store, new PointColors());
});

function show(columns: readonly Column[], patch: Partial<State>): void {
  const { rows } = columns[0]!;
  store.set({ metadata: { columns, rows, lines: rows, problems: [] }, ...patch });
}

const legendOf = <Kind extends Legend>() => store.state.legend as Kind;
const counted = () => legendOf<CategoricalLegend>().categories.map(({ text, count }) => `${text} ${count}`);

it("have the values that occur among them, each in its color of before, and all values again afterwards", () => {
  show([WORDS], { colorBy: "word" });
  const whole = legendOf<CategoricalLegend>();
  expect(counted()).toEqual(["b 4", "a 2", "c 1"]);
  store.set({ subset: SUBSET });
  expect(counted()).toEqual(["b 1", "a 2"]);
  const colors = ({ categories }: CategoricalLegend) => new Map(categories.map(({ text, color }) => [text, color]));
  for (const [text, color] of colors(legendOf())) expect(color).toEqual(colors(whole).get(text));
  expect(legendOf<CategoricalLegend>().missing).toBe(1);
  store.set({ subset: null });
  expect(store.state.legend).toBe(whole);
});

it("count the values without a color of their own that occur among them", () => {
  const cells = [..."x".repeat(60)].map((_, at) => `v${at}`);
  show([textColumn("word", [...cells, ...cells.slice(0, 50)])], { colorBy: "word" });
  expect(legendOf<CategoricalLegend>().others).toEqual({ categories: 10, count: 10 });
  store.set({ subset: { ...SUBSET, rows: Int32Array.of(1, 52, 53, 61) } });
  expect(counted()).toEqual(["v1 2"]);
  expect(legendOf<CategoricalLegend>().others).toEqual({ categories: 2, count: 2 });
});

it("keep the scale, with a histogram of their own", () => {
  show([AGES], { colorBy: "age" });
  const whole = legendOf<NumericLegend>();
  store.set({ subset: SUBSET });
  const { bins, min, max } = legendOf<NumericLegend>().values;
  expect([min, max, legendOf<NumericLegend>().missing]).toEqual([10, 90, 1]);
  expect(bins.reduce((sum, count) => sum + count)).toBe(3);
  expect([...bins].every((count, bin) => count <= whole.values.bins[bin]!)).toBe(true);
});

it("count their own missing values alone where points are colored by their kept neighbors", () => {
  const keptByRow = new Float32Array(8).fill(Number.NaN);
  for (const row of [0, 2, 7]) keptByRow[row] = 0.5;
  store.set({ quality: { keptByRow } as State["quality"], colorByQuality: true, subset: SUBSET });
  expect(legendOf<NumericLegend>().missing).toBe(1);
});

it("of sizes count those of them without one", () => {
  show([AGES], { sizeBy: "age" });
  expect(store.state.sizeLegend).toMatchObject({ min: 10, max: 90, missing: 2 });
  store.set({ subset: SUBSET });
  expect(store.state.sizeLegend).toMatchObject({ min: 10, max: 90, missing: 1 });
});

it("are what pictures and pages that are saved of them have", () => {
  show([WORDS], { colorBy: "word", subset: SUBSET });
  expect(legendLines(legendOf()).map(({ text, count }) => `${text} ${count}`)).toEqual(["b 1", "a 2", "no value 1"]);
  expect(JSON.stringify(saveLegend(legendOf()))).not.toContain('"c"');
});

it("are made anew when their columns or colors change, and at no other change", () => {
  show([WORDS, AGES], { colorBy: "word", sizeBy: "age" });
  const made: unknown[] = [];
  store.subscribe(({ legend }, changed) => changed.has("legend") && made.push(legend?.kind));
  const { sizeLegend } = store.state;
  store.set({ row: 1, query: "a", dimensions: 2, metric: "dot", pointSize: 9 });
  expect(made).toEqual([]);
  store.set({ colorBy: "age" });
  store.set({ colorBy: "" });
  expect(made).toEqual(["numeric", undefined]);
  expect(store.state.sizeLegend).toBe(sizeLegend);
  store.set({ sizeBy: null });
  expect([made.length, store.state.sizeLegend]).toEqual([2, null]);
});

it("are of the metadata that has come, and none while there is none", () => {
  show([WORDS], { colorBy: "word" });
  store.set({ metadata: null });
  expect(store.state.legend).toBeNull();
  show([textColumn("word", ["x", "y", "x", "y", "x"])], {});
  expect(counted()).toEqual(["x 3", "y 2"]);
});
