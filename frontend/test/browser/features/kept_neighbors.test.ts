/** A point's nearest neighbors, and which of them are also near in the picture, on a real store. */
import { beforeEach, expect, it } from "vitest";
import { listFirst, type Neighborhood } from "../../../src/data/neighborhood";
import { KeptNeighbors } from "../../../src/features/point/kept_neighbors";
import { makeSelecting } from "../../../src/features/selection/selecting";
import type { Actions } from "../../../src/state/actions";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { all, button, wordsOf } from "../dom";
import { dataState } from "../page/mounted_page";
import { settled } from "../settled";

const ROWS = 40;

let store: Store;

beforeEach(async () => {
  store = new Store();
  const shown = Object.assign(new KeptNeighbors(), { store, actions: makeSelecting(store) as Actions });
  document.body.replaceChildren(shown);
  await show({ ...dataState(ROWS), row: 0 });
});

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

function neighborsOf(row: number, ...others: number[]): Pick<State, "neighborhood"> {
  const rows = Int32Array.from(others);
  const distances = new Float32Array(rows.length);
  const neighborhood: Neighborhood = {
    ...{ row, metric: "cosine", rows, distances, space: "as stored", exact: true },
  };
  return { neighborhood };
}

function onScreen(row: number, ...others: number[]): Pick<State, "screenNeighbors"> {
  return { screenNeighbors: { row, rows: Int32Array.from(others) } };
}

const marks = () => all<HTMLButtonElement>(".marks button");
const words = () => wordsOf(document.body).trim();

it("are counted and marked, nearest first, and named in words", async () => {
  await show({ ...neighborsOf(0, 5, 1, 9), ...onScreen(0, 1, 2, 5) });
  expect(words()).toContain("2 of its 3 nearest are among the 3 nearest in this picture");
  expect(marks().map((mark) => mark.classList.contains("kept"))).toEqual([true, true, false]);
  expect(marks().map((mark) => mark.ariaLabel)).toEqual([
    "東京: near in this picture too",
    "Zürich: near in this picture too",
    "<img src=x onerror=alert(1)>: farther away in this picture",
  ]);
});

it("are as many in the picture as in the space: what is near only among more does not count", async () => {
  await show({ ...neighborsOf(0, 5, 1), ...onScreen(0, 7, 8, 5, 1) });
  expect(words()).toContain("0 of its 2 nearest");
  expect(marks().some((mark) => mark.classList.contains("kept"))).toBe(false);
});

it("are at most fifteen, as in the quality of the whole picture", async () => {
  const others = Array.from({ length: 30 }, (_, at) => at + 1);
  await show({ ...neighborsOf(0, ...others), ...onScreen(0, ...others) });
  expect(words()).toContain("15 of its 15 nearest");
  expect(marks()).toHaveLength(15);
});

it("are fifteen, however few are listed", async () => {
  const others = Array.from({ length: 30 }, (_, at) => at + 1);
  const { neighborhood } = neighborsOf(0, ...others);
  await show({ neighborhood: listFirst(neighborhood!, 5), ...onScreen(0, ...others) });
  expect(words()).toContain("15 of its 15 nearest");
});

it("a click on one chooses it", async () => {
  await show({ ...neighborsOf(0, 4), ...onScreen(0, 4) });
  button("Zürich: near in this picture too").click();
  expect(store.state.row).toBe(4);
});

it("are not shown for another point than the chosen one, nor before both lists have arrived", async () => {
  await show(neighborsOf(0, 4));
  expect(words()).toBe("");
  await show(onScreen(1, 4));
  expect(words()).toBe("");
  await show(onScreen(0, 4));
  expect(marks()).toHaveLength(1);
  await show({ row: 2 });
  expect(words()).toBe("");
  await show({ row: 0, ...neighborsOf(0) });
  expect(words()).toBe("");
});
