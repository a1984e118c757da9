/** The selected point's neighbors in the picture, for the comparison with its true ones. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Neighborhood } from "../../../src/data/neighborhood";
import { followScreenNeighbors } from "../../../src/features/point/screen_neighbors";
import { QUALITY_K } from "../../../src/features/quality/fields";
import { Store } from "../../../src/state/store";
import { projectionOf, shownOf } from "./shown_data";

const ROWS = 600;
const ROW = 3;
const ALL = [...new Array(ROWS).keys()];

let store: Store;

beforeEach(() => {
  store = new Store();
  followScreenNeighbors(store);
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
});

afterEach(() => void vi.useRealTimers());

/** Those of `rows` nearest to the selected one in the first components of PCA. */
function nearestAmong(rows: readonly number[], dimensions: 2 | 3): number[] {
  const axes = store.state.projection!.components.slice(0, dimensions);
  const square = (row: number) => axes.reduce((sum, axis) => sum + (axis[row]! - axis[ROW]!) ** 2, 0);
  const others = rows.filter((row) => row !== ROW);
  return others.sort((a, b) => square(a) - square(b) || a - b).slice(0, QUALITY_K);
}

/** The true neighbors arrive after the point was selected. */
function arrive(row: number): void {
  store.set({ neighborhood: { row, rows: Int32Array.of(1, 2) } as Partial<Neighborhood> as Neighborhood });
}

const found = () => store.state.screenNeighbors && [...store.state.screenNeighbors.rows];

it("the selected point's neighbors on the screen are known, in the dimensions that are drawn", async () => {
  store.set({ row: ROW });
  arrive(ROW);
  await expect.poll(found).toEqual(nearestAmong(ALL, 2));
  store.set({ dimensions: 3 });
  await expect.poll(found).toEqual(nearestAmong(ALL, 3));
  expect(found()).not.toEqual(nearestAmong(ALL, 2));
  store.set({ row: null });
  expect(store.state.screenNeighbors).toBeNull();
});

it("isolated points have neighbors among themselves only, and among all again afterwards", async () => {
  store.set({ row: ROW });
  arrive(ROW);
  await expect.poll(found).toEqual(nearestAmong(ALL, 2));
  const rows = ALL.filter((row) => row % 7 === ROW);
  store.set({ subset: { name: "s", rows: Int32Array.from(rows), words: "" } });
  await expect.poll(found).toEqual(nearestAmong(rows, 2));
  store.set({ subset: null });
  await expect.poll(found).toEqual(nearestAmong(ALL, 2));
});

it("those of a picture whose true neighbors are gone are gone, too, and found anew in the next picture", async () => {
  store.set({ row: ROW });
  arrive(ROW);
  await expect.poll(found).toEqual(nearestAmong(ALL, 2));
  store.set({ neighborhood: null });
  expect(found()).toBeNull();
  const [x, y, z] = store.state.projection!.components as [Float32Array, Float32Array, Float32Array];
  store.set({ projection: { ...store.state.projection!, components: [z, x, y] } });
  arrive(ROW);
  await expect.poll(found).toEqual(nearestAmong(ALL, 2));
});

it("they are found once the true ones are known, not before: a click waits for nothing else", async () => {
  vi.useFakeTimers();
  store.set({ row: ROW });
  arrive(ROW + 1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(found()).toBeNull();
  arrive(ROW);
  expect(found()).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(found()).toEqual(nearestAmong(ALL, 2));
  const { screenNeighbors } = store.state;
  arrive(ROW); // By another metric: the picture is the same.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.state.screenNeighbors).toBe(screenNeighbors);
});
