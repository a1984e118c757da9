/** The isolated points above the picture, and the way back. */
import { beforeEach, expect, it } from "vitest";
import type { Subset } from "../../../src/data/space";
import { SubsetTrail } from "../../../src/features/selection/subset_trail";
import { all, button } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState } from "./projection_state";

const subsetOf = (words: string): Subset => ({ name: words, rows: Int32Array.of(0, 1), words });
const TRAIL = [subsetOf("120 neighbors of «king»"), subsetOf("<b>7</b> by lasso")];

let trail: Mounted;

beforeEach(async () => {
  trail = await mountPanel(new SubsetTrail(), dataState(1797));
});

const steps = () => all("li").map((step) => step.textContent);

it("is there only where points are isolated, of data that is shown", async () => {
  expect(all("nav")).toEqual([]);
  await trail.show({ trail: TRAIL });
  expect(all("nav").length).toBe(1);
  await trail.show({ shown: null });
  expect(all("nav")).toEqual([]);
});

it("leads from all points to those that are shown, which are no way back", async () => {
  await trail.show({ trail: TRAIL.slice(0, 1) });
  expect(steps()).toEqual(["All 1,797", "120 neighbors of «king»"]);
  await trail.show({ trail: TRAIL });
  expect(steps()).toEqual(["All 1,797", "120 neighbors of «king»", "<b>7</b> by lasso"]);
  expect(all("[aria-current=true]").map((step) => step.textContent)).toEqual(["<b>7</b> by lasso"]);
  expect(all("button").length).toBe(2);
});

it("goes back to the points of each step", async () => {
  await trail.show({ trail: TRAIL });
  button("120 neighbors of «king»").click();
  button("All 1,797").click();
  expect(trail.actions.leaveSubset.mock.calls).toEqual([[1], [0]]);
});

it("cuts long words off, all points apart, and has them in the tooltips", async () => {
  const long = "matches of a long text that was typed, which go on and on to the end";
  await trail.show({ trail: [subsetOf(long), subsetOf(long)] });
  const [whole, ...cut] = all(".clip");
  expect(whole!.scrollWidth).toBe(whole!.clientWidth);
  expect(cut.map(({ title }) => title)).toEqual([`Back to ${long}`, long]);
  for (const words of cut) expect(words.scrollWidth).toBeGreaterThan(words.clientWidth);
});
