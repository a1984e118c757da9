/** UMAP's panel: its parameters, its run, and its epochs. */
import { beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import type { LayoutStatus } from "../../../src/data/layout_status";
import { UmapControls } from "../../../src/features/layout/umap_panel";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field } from "../dom";
import { drag, type Mounted, mountPanel, optionsOf } from "./mounted_panel";
import { dataState, layoutStatus } from "./projection_state";

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  ({ store, show, words, actions } = await mountPanel(new UmapControls(), { ...dataState(), method: "umap" }));
});

/** A layout that was started with the settings as they are. */
const status = (patch: Partial<LayoutStatus> = {}) => layoutStatus(store.state, patch);

it("takes its parameters, and counts epochs", async () => {
  drag("Neighbors", 30);
  drag("Min. distance", 0.25);
  drag("Spread", 2);
  expect([store.state.umapNeighbors, store.state.minDist, store.state.spread]).toEqual([30, 0.25, 2]);
  await userEvent.selectOptions(field<HTMLSelectElement>("Metric"), "euclidean");
  button("More").click();
  await userEvent.fill(field("Epochs"), "300");
  await userEvent.fill(field("Seed"), "5");
  await userEvent.keyboard("{Enter}");
  expect([store.state.metric, store.state.epochs, store.state.seed]).toEqual(["euclidean", 300, 5]);
  await show({ layout: status({ of: "umap", iteration: 120, iterations: 500, klDivergence: null }) });
  expect(words()).toContain("120 of 500 epochs · 58 per second");
  expect(all('[role="progressbar"]')[0]!.getAttribute("aria-valuenow")).toBe("120");
});

it("does not show another method's layout", async () => {
  await show({ layout: status() });
  expect(words()).not.toContain("412");
  button("Run UMAP");
});

it.each([
  ["running", "t-SNE is running: a new run ends it."],
  ["paused", "t-SNE is paused: a new run ends it."],
  ["ended", null],
] as const)("says what becomes of another method's layout that is %s", async (phase, expected) => {
  await show({ layout: status({ phase }) });
  expect(words().match(/t-SNE is[^.]*\./)?.[0] ?? null).toBe(expected);
});

it("does not show another method's failure", async () => {
  const failures = { layout: { message: "The worker of t-SNE ended.", fix: "Run it again." } };
  await show({ failures, lastLayout: "tsne" });
  expect(words()).not.toContain("The worker of t-SNE");
  await show({ lastLayout: "umap" });
  expect(words()).toContain("The worker of t-SNE");
});

it("is run by its button, in two or three dimensions", async () => {
  expect(store.state.dimensions).toBe(3);
  button("2-D").click();
  expect(store.state.dimensions).toBe(2);
  button("Run UMAP").click();
  expect(actions.runLayout).toHaveBeenCalledOnce();
});

it("says that the settings were changed since it began", async () => {
  await show({ layout: status({ of: "umap", startedWith: store.state }) });
  expect(words()).not.toContain("Not in this picture yet");
  await show({ metric: "dot" });
  expect(words()).toContain("Not in this picture yet: metric. Restart to see it.");
  await show({ layout: { ...store.state.layout!, phase: "ended" } });
  expect(words()).toContain("Not in this picture yet: metric. Run UMAP to see it.");
});

it("says nothing of a run that the picture is not of: that of isolated points, once all are back", async () => {
  const subset = { name: "s", rows: Int32Array.of(0, 1), words: "by lasso" };
  const startedWith = { ...store.state, subset };
  const coordinates = { method: "umap", subset } as unknown as State["coordinates"];
  await show({ subset, coordinates, layout: status({ of: "umap", phase: "ended", startedWith }) });
  expect(words()).toContain("412 epochs");
  await show({ subset: null, coordinates: { ...coordinates!, subset: null } });
  expect(words()).not.toContain("412 epochs");
  expect(words()).not.toContain("Not in this picture yet");
});

it("is supervised by a column, or by none, and not at all without columns", async () => {
  button("More").click();
  await userEvent.selectOptions(field<HTMLSelectElement>("Supervise by"), "age");
  expect(store.state.superviseBy).toBe("age");
  await show({});
  expect(field("Strength")).toBeTruthy();
  await userEvent.selectOptions(field<HTMLSelectElement>("Supervise by"), "no column");
  expect(store.state.superviseBy).toBeNull();
  await show({ metadata: null });
  expect([field("Supervise by").disabled, optionsOf("Supervise by")]).toEqual([true, ["no columns"]]);
});

it("says what so many points cost before it starts, and offers fewer neighbors", async () => {
  await show({ ...dataState(600_000), umapNeighbors: 50 });
  expect(words()).toMatch(
    /600,000 points with 30 neighbors each: on two cores 40 s or more to find them and about 3 min for all/,
  );
  button("15 neighbors instead: 324 MB").click();
  await show({});
  expect(store.state.umapNeighbors).toBe(16);
  expect(words()).toContain("600,000 points with 15 neighbors each");
  expect(words()).not.toContain("neighbors instead");
});
