/** A thousand neighbors: all are listed, each with its distance and a bar of that share. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { installTokens } from "../../../src/controls/tokens";
import type { Neighborhood } from "../../../src/data/neighborhood";
import { DistanceList } from "../../../src/features/neighbors/distance_list";
import { Store } from "../../../src/state/store";
import { everyAction } from "../../every_action";
import { all } from "../dom";
import { dataState } from "../page/mounted_page";
import { settled } from "../settled";

const COUNT = 1000;
const LONGEST = 4;

let store: Store;
let list: DistanceList;

beforeEach(async () => {
  installTokens();
  store = new Store();
  store.set(dataState(2 * COUNT));
  list = Object.assign(new DistanceList(), { store, actions: everyAction(), label: "Nearest neighbors" });
  list.neighborhood = neighborhoodOf(COUNT);
  list.style.cssText = "position: fixed; top: 0; left: 0; width: 300px; height: 400px";
  document.body.replaceChildren(list);
  await settled();
});
afterEach(() => list.remove());

function neighborhoodOf(count: number): Neighborhood {
  const rows = Int32Array.from({ length: count }, (_, at) => at + 1);
  const distances = Float32Array.from(rows, (row) => (LONGEST * row) / count);
  return { row: 0, rows, distances, metric: "cosine", space: "as stored", exact: true };
}

/** The entry at a place of the list, counted from 1, once it has been scrolled to. */
async function entry(place: number): Promise<HTMLElement> {
  const viewport = all(".viewport")[0]!;
  viewport.scrollTop = ((place - 1) / COUNT) * viewport.scrollHeight;
  const find = () => all(`[role=option][aria-posinset="${place}"]`)[0];
  await expect.poll(find).toBeDefined();
  await settled();
  return find()!;
}

it.each([1, 399, 400, 401, 1000])("the %ith has its distance, and a bar as long as it is far", async (place) => {
  const one = await entry(place);
  expect(one.getAttribute("aria-setsize")).toBe(String(COUNT));
  const distance = (LONGEST * place) / COUNT;
  expect(one.querySelector(".value")!.textContent).toBe(distance.toFixed(3));
  const [bar, track] = [".bar", ".track"].map((part) => one.querySelector(part)!.getBoundingClientRect());
  expect(bar!.width).toBeCloseTo(Math.max(2, (track!.width * place) / COUNT), 0);
  const box = one.getBoundingClientRect();
  expect(box.top >= -1 && box.bottom <= 401, "it is seen").toBe(true);
});
