/** The list of what is nearest to a sum of points. */
import { beforeEach, expect, it } from "vitest";
import { SumList } from "../../../src/features/neighbors/sum_list";
import type { State } from "../../../src/state/state";
import { all, button } from "../dom";
import { dataState } from "../page/mounted_page";
import { type Mounted, mountPanel } from "./mounted_panel";

const FOUND = {
  ...{ terms: [{ row: 0, sign: 1 }], metric: "cosine", rows: Int32Array.of(2, 1) },
  ...{ distances: Float32Array.of(0.125, 0.5), space: "as stored", exact: true },
} as unknown as NonNullable<State["sumNeighborhood"]>;
const TASK = { words: "Measuring distances", startedAtMs: 0 };

let list: Mounted;

beforeEach(async () => {
  list = await mountPanel(new SumList(), dataState());
  Object.assign(list.panel.style, { display: "flex", height: "400px" });
});

const isOld = () => all("distance-list")[0]!.hasAttribute("old");

it("has the points with their distances, and nothing before there are some", async () => {
  expect(all("distance-list")).toEqual([]);
  await list.show({ sumNeighborhood: FOUND });
  expect(list.words()).toMatch(/東京.*0\.125.*Zürich.*0\.500/);
  expect(isOld()).toBe(false);
});

it("says that they are measured; those of the sum before stay meanwhile, dimmed", async () => {
  await list.show({ tasks: { sum: TASK } });
  expect(list.words()).toContain("Measuring distances…");
  await list.show({ sumNeighborhood: FOUND });
  expect([list.words().includes("Measuring distances"), isOld()]).toEqual([false, true]);
  await list.show({ tasks: {} });
  expect(isOld()).toBe(false);
});

it("says why there are none, in the place of others, and tries again", async () => {
  await list.show({ sumNeighborhood: FOUND, failures: { sum: { message: "The server is gone.", fix: "Start it." } } });
  expect([list.words().includes("The server is gone. Start it."), all("distance-list")]).toEqual([true, []]);
  button("Try again").click();
  expect(list.actions.retry).toHaveBeenCalledWith("sum");
});
