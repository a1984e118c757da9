/** The range of a numeric legend by keys, as it is read to people who do not see it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import { installTokens } from "../../../src/controls/tokens";
import { computeColoring } from "../../../src/data/coloring";
import { withFilter } from "../../../src/data/filters";
import { PictureLegend } from "../../../src/features/coloring/legend";
import { Store } from "../../../src/state/store";
import { everyAction } from "../../every_action";
import { numberColumn } from "../../node/data/columns";
import { all } from "../dom";
import { settled } from "../settled";

let store: Store;
let legend: PictureLegend;

beforeEach(async () => {
  installTokens();
  store = new Store();
  const actions = everyAction();
  actions.filterBy.mockImplementation((column, filter) =>
    store.set({ filters: withFilter(store.state.filters, column, filter) }),
  );
  legend = Object.assign(new PictureLegend(), { store, actions });
  document.body.replaceChildren(legend);
  const column = numberColumn("age", [0, 10, 50, 99.75, 200]);
  store.set({
    metadata: { columns: [column], rows: 5, lines: 5, problems: [] },
    legend: computeColoring(column).legend,
  });
  await settled();
});
afterEach(() => legend.remove());

const sliders = () => all("[role=slider]");
const said = () =>
  sliders().map((one) =>
    ["aria-label", "aria-valuemin", "aria-valuetext", "aria-valuemax"].map((name) => one.getAttribute(name)),
  );
const range = () => store.state.filters.map((filter) => filter.kind === "range" && [filter.min, filter.max]);

async function press(slider: number, keys: string): Promise<void> {
  sliders()[slider]!.focus();
  await userEvent.keyboard(keys);
  await settled();
}

it("each end has a name, a value and limits, and the other end is one of them", async () => {
  expect(said()).toEqual([
    ["age: smallest value shown", "0", "0", "200"],
    ["age: largest value shown", "0", "200", "200"],
  ]);
  await press(0, "{PageUp}{ArrowRight}");
  await press(1, "{PageDown}{ArrowDown}");
  expect(said()).toEqual([
    ["age: smallest value shown", "0", "22", "178"],
    ["age: largest value shown", "22", "178", "200"],
  ]);
  expect(range()).toEqual([[22, 178]]);
});

it("keys keep the focus where it is, and an end goes no further than the other", async () => {
  await press(1, "{PageDown}");
  await press(0, "{End}{ArrowRight}");
  expect(range()).toEqual([[180, 180]]);
  expect(deepFocus()).toBe(sliders()[0]);
});

it("points without a value are shown alone by a click, muted by the next, and back after a third", async () => {
  const column = numberColumn("age", [0, 10, 50, Number.NaN, Number.NaN]);
  store.set({ legend: computeColoring(column).legend });
  await settled();
  const filters = () =>
    store.state.filters.map((filter) => filter.kind === "values" && [filter.values, filter.isExcluding]);
  const line = () => all(".line button").find((one) => one.textContent?.trim().startsWith("no value"))!;
  const states = [];
  for (let click = 0; click < 3; click++) {
    await userEvent.click(line());
    await settled();
    states.push([filters(), line().ariaPressed]);
  }
  expect(states).toEqual([
    [[[[null], false]], "true"],
    [[[[null], true]], "mixed"],
    [[], "false"],
  ]);
});

it("the whole scale is not a filter", async () => {
  await press(0, "{ArrowUp}");
  expect(range()).toEqual([[2, 200]]);
  await press(0, "{Home}");
  expect(range()).toEqual([]);
});

it("other keys are left to the page", async () => {
  await press(0, "a{Tab}");
  expect(range()).toEqual([]);
  expect(deepFocus()).toBe(sliders()[1]);
});
