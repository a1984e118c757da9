/** The neighbors in the inspector: how many by which metric, how far each is, and what is done with them. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import type { Neighborhood } from "../../../src/data/neighborhood";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field, wordsOf } from "../dom";
import { dataState, mountPage } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
  await show(dataState());
});
afterEach(() => page.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const words = () => wordsOf(page);
const ROWS = 5;

/** The list alone, without the page around it. */
const listWords = () => wordsOf(all("neighbor-list")[0]!.shadowRoot!);
const select = () =>
  all<HTMLButtonElement>("button", all("neighbor-list")[0]!.shadowRoot!).find(({ title }) =>
    title.startsWith("Make the point"),
  )!;

function neighborsOf(row: number, ...others: number[]): Neighborhood {
  const rows = Int32Array.from(others);
  const distances = Float32Array.from(others, (_, at) => at + 1);
  return { row, rows, distances, metric: "cosine", space: "as stored", exact: true };
}

it("lists neighbors with distances, bars, and the space they were taken in", async () => {
  const neighborhood = {
    row: 0,
    rows: Int32Array.of(2, 1),
    distances: Float32Array.of(0.125, 0.5),
    metric: "cosine" as const,
    space: "as stored",
    exact: true,
  };
  await show({ row: 0, neighborhood });
  expect(words()).toContain("Exact cosine distance · 3 dims as stored");
  expect(all(".point .name").map((name) => name.textContent)).toEqual(["東京", "Zürich"]);
  expect(all(".value").map((value) => value.textContent)).toEqual(["0.125", "0.500"]);
  const [near, far] = all(".bar")
    .filter((bar) => bar.closest(".point"))
    .map((bar) => bar.getBoundingClientRect().width);
  expect(far! / near!).toBeCloseTo(4, 1);
});

it("has the neighbors listed with the numbers of the tensor that is shown, another one too", async () => {
  store.set(dataState(ROWS));
  const panel = Object.assign(document.createElement("neighbor-list"), { store, actions });
  document.body.replaceChildren(panel);
  const most = () => all<HTMLInputElement>('input[aria-label="Number of neighbors"]')[0]?.max;
  await settled();
  expect([most(), wordsOf(panel)]).toEqual(["5", expect.stringContaining("3 dims")]);
  const { shown } = store.state;
  store.set({ shown: { ...shown!, step: { ...shown!.step, shape: [20, 7] } } });
  await settled();
  expect([most(), wordsOf(panel)]).toEqual(["19", expect.stringContaining("7 dims")]);
  panel.remove();
});

it("takes a number of neighbors that is in its range, and shows it while it is dragged", async () => {
  await show({ ...dataState(20), row: 0 });
  const [slider, typed] = [field("Number of neighbors"), field("Number of neighbors, typed")];
  slider.value = "7";
  slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
  expect([typed.value, store.state.neighborCount]).toEqual(["7", 100]);
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  expect(store.state.neighborCount).toBe(7);
  for (const [text, count] of [
    ["3.6", 5],
    ["99", 19],
    ["", 5],
  ] as const) {
    await userEvent.fill(typed, text);
    typed.dispatchEvent(new Event("change", { bubbles: true }));
    expect([store.state.neighborCount, typed.value], text).toEqual([count, String(count)]);
  }
});

it("takes a metric, and says which distance it is, in which space, among which points", async () => {
  await show({ row: 0 });
  button("Euclidean").click();
  await show({ spherize: true, subset: { name: "s", rows: Int32Array.of(0, 1), words: "by lasso" } });
  expect(store.state.metric).toBe("euclidean");
  expect(listWords()).toContain("Exact euclidean distance · 3 dims spherized · among the 2 isolated");
});

it("makes them the selection once they are those of the selected point", async () => {
  await show({ row: 0 });
  expect(select().disabled).toBe(true);
  await show({ neighborhood: neighborsOf(1, 0, 2) });
  expect(select().disabled).toBe(true);
  await show({ neighborhood: neighborsOf(0, 1, 2) });
  select().click();
  select().dispatchEvent(new MouseEvent("click", { altKey: true }));
  expect(actions.selectNeighbors.mock.calls).toEqual([["replace"], ["subtract"]]);
});

it("keeps the list of the point before, dimmed, until the new one comes", async () => {
  const isDimmed = () => all("point-list")[0]!.classList.contains("old");
  await show({ row: 0, neighborhood: neighborsOf(0, 1, 2) });
  expect(isDimmed()).toBe(false);
  await show({ row: 1 });
  expect(isDimmed()).toBe(true);
  await show({ neighborhood: neighborsOf(1, 2, 0) });
  expect(isDimmed()).toBe(false);
});

it("goes to a neighbor that is clicked, and adds one to the sum", async () => {
  await show({ row: 0, neighborhood: neighborsOf(0, 2, 1) });
  all(".row")[0]!.click();
  expect(actions.select).toHaveBeenCalledWith(2);
  all(".viewport")[0]!.focus();
  await userEvent.keyboard("{ArrowDown}-");
  expect(actions.addTerm).toHaveBeenCalledWith(1, -1);
});

it("says that they are measured, and in place why they could not be", async () => {
  await show({ row: 0, tasks: { neighbors: { words: "Measuring distances to 3 points", startedAtMs: 0 } } });
  expect(listWords()).toContain("Measuring distances to 3 points…");
  await show({ tasks: {}, failures: { neighbors: { message: "The server is gone.", fix: "Start it again." } } });
  expect(listWords()).toContain("The server is gone. Start it again.");
  button("Try again").click();
  expect(actions.retry).toHaveBeenCalledWith("neighbors");
});
