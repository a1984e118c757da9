/** The values of a legend: what clicks and keys on them filter, isolate and color. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import { installTokens } from "../../../src/controls/tokens";
import { computeColoring, MAX_CATEGORIES } from "../../../src/data/coloring";
import { withFilter } from "../../../src/data/filters";
import { PictureLegend } from "../../../src/features/coloring/legend";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { everyAction, type NotedActions } from "../../every_action";
import { textColumn } from "../../node/data/columns";
import { all, button, field, wordsOf } from "../dom";
import { dataState } from "../page/mounted_page";
import { settled } from "../settled";

/** Each value of the first fifty twice, three more once, two rows without any. */
const VALUES = Array.from({ length: MAX_CATEGORIES + 3 }, (_, at) => `v${at}`);
const CELLS = [...VALUES, ...VALUES.slice(0, MAX_CATEGORIES), null, null];

let store: Store;
let legend: PictureLegend;
let actions: NotedActions;

beforeEach(async () => {
  installTokens();
  store = new Store();
  actions = everyAction();
  actions.filterBy.mockImplementation((column, filter) =>
    store.set({ filters: withFilter(store.state.filters, column, filter) }),
  );
  legend = Object.assign(new PictureLegend(), { store, actions });
  document.body.replaceChildren(legend);
  const column = textColumn("word", CELLS);
  const metadata = { columns: [column], rows: CELLS.length, lines: CELLS.length, problems: [] };
  await show({ metadata, legend: computeColoring(column).legend });
});
afterEach(() => legend.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

/** The line of a value, which starts with its name. */
const line = (name: string) => all(".line button").find((one) => one.querySelector(".name")?.textContent === name)!;
const filters = () =>
  store.state.filters.map((filter) => filter.kind === "values" && [filter.values, filter.isExcluding]);

it("without a value, and beyond the fifty most frequent, points can be shown alone", async () => {
  await userEvent.click(line("no value"));
  expect(filters()).toEqual([[[null], false]]);
  await userEvent.click(line("no value"));
  expect(filters()).toEqual([[[null], true]]);
  await userEvent.click(line("and 3 others"));
  expect(filters()).toEqual([[[...VALUES.slice(0, MAX_CATEGORIES), null], true]]);
});

it("says how many values have a color each, where not all of them do", async () => {
  const said = () => wordsOf(legend);
  expect(said()).toContain(`and 3 others 3 The ${MAX_CATEGORIES} most frequent have a color each`);
  expect(all(".line input[type=color]")).toHaveLength(MAX_CATEGORIES);
  const column = textColumn("word", VALUES.slice(0, MAX_CATEGORIES));
  await show({ legend: computeColoring(column).legend });
  expect(all(".line input[type=color]")).toHaveLength(MAX_CATEGORIES);
  expect(said()).not.toMatch(/others|most frequent/);
});

it("a double click isolates the points of a value, and leaves no filter", async () => {
  await userEvent.dblClick(line("v1"));
  expect(actions.selectRows).toHaveBeenCalledWith(Int32Array.of(1, MAX_CATEGORIES + 4), "replace", "word v1");
  expect(actions.isolate).toHaveBeenCalledOnce();
  expect(actions.undo).toHaveBeenCalledOnce(); // The first click's filter is no step of its own.
  expect(filters()).toEqual([]);
});

it("a double click among isolated points isolates those of them that have the value", async () => {
  const rows = Int32Array.of(0, 1, 7);
  await show({ subset: { name: "s", rows, words: "by hand" } });
  await userEvent.dblClick(line("v1"));
  expect(actions.selectRows).toHaveBeenCalledWith(Int32Array.of(1), "replace", "word v1");
});

it("a color of one's own is that value's, beside those chosen before", () => {
  for (const [name, hex] of [
    ["v1", "#ff0010"],
    ["v2", "#00ff00"],
  ]) {
    const input = field(`Color of ${name}`);
    input.value = hex!;
    input.dispatchEvent(new Event("change"));
  }
  const [red, green] = [
    { value: "v1", color: [255, 0, 16] },
    { value: "v2", color: [0, 255, 0] },
  ];
  expect(store.state.colorChoices).toMatchObject([{ column: "word", own: [red, green] }]);
});

it("arrow keys walk the values, which are one stop of the Tab key, and go no further than the last", async () => {
  line("v0").focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
  await expect.poll(deepFocus).toBe(line("v1"));
  await userEvent.keyboard("{End}{ArrowDown}");
  await expect.poll(deepFocus).toBe(line(`v${MAX_CATEGORIES - 1}`));
  expect(all(".line button").filter((one) => one.tabIndex === 0)).toEqual([
    ...[line(`v${MAX_CATEGORIES - 1}`), line("and 3 others"), line("no value")],
  ]);
  await userEvent.keyboard("{Home}");
  await expect.poll(deepFocus).toBe(line("v0"));
  await userEvent.keyboard("{Enter}");
  expect(filters()).toEqual([[["v0"], false]]);
});

it("folds to its title, and unfolds", async () => {
  for (const lines of [0, MAX_CATEGORIES + 2]) {
    await userEvent.click(button("word"));
    await settled();
    expect(all(".line")).toHaveLength(lines);
  }
});

it("says what the colors mean while density is drawn, and not otherwise", async () => {
  const density = () => all("[aria-label=Density]").map((one) => one.innerText.replace(/\s+/g, " "));
  expect(density()).toEqual([]);
  await show({ density: true });
  expect(density()).toEqual(["Density few many"]);
  expect(getComputedStyle(all("[aria-label=Density] div")[0]!).backgroundImage).toContain("linear-gradient");
});

it("has no colors that no point has: while density is drawn, only what stands out has its own", async () => {
  const colored = () => all(".line input[type=color], .line .dot").length;
  expect(colored()).toBe(MAX_CATEGORIES + 2);
  await show({ density: true });
  expect(colored()).toBe(0);
  await userEvent.click(line("v1"));
  await userEvent.click(line("and 3 others"));
  expect(filters()).toEqual([[[...VALUES.slice(0, MAX_CATEGORIES), null], true]]);
  const { width } = line("v1").getBoundingClientRect();
  expect(width).toBeGreaterThan(60);
  await show({ selection: Int32Array.of(3) });
  expect(colored()).toBe(MAX_CATEGORIES + 2);
});

it("takes room in the picture once it is whole: the density's alone does not while metadata is coming", async () => {
  const { metadata, legend: ofColumn } = store.state;
  const shown = dataState(CELLS.length).shown!;
  const withMetadata = { ...shown, embedding: { ...shown.embedding, metadata: { file: "m.tsv", version: "1" } } };
  await show({ metadata: null, legend: null, density: true, shown: withMetadata as State["shown"] });
  expect(store.state.legendCorner).toBeNull();
  await show({ metadata, legend: ofColumn });
  const whole = store.state.legendCorner!.height;
  await show({ legend: null });
  expect(store.state.legendCorner!.height).toBeLessThan(whole);
});
