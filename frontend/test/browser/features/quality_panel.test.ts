/** The panel «How far to believe it»: what was measured, of which picture, and how to measure it again. */
import { beforeEach, expect, it } from "vitest";
import type { MeasuredQuality } from "../../../src/features/quality/fields";
import { QualitySection } from "../../../src/features/quality/panel";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState } from "./projection_state";

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  ({ store, show, words, actions } = await mountPanel(new QualitySection(), dataState()));
});

it("says how far to believe the picture, on which sample, and of which picture", async () => {
  all<HTMLElement>("summary").at(-1)!.click();
  await show({});
  button("Measure").click();
  expect(actions.measureQuality).toHaveBeenCalled();
  const [x, y, z] = store.state.projection!.components;
  const of = {
    method: "pca",
    x: x!,
    y: y!,
    z: z!,
    rows: 1000,
    finiteRows: 1000,
    axisNames: [],
    space: "",
    iteration: null,
  };
  const quality = {
    ...{
      k: 15,
      metric: "cosine",
      space: "as stored",
      spherize: false,
      kept: 0.712,
      recall: 0.993,
      seed: 0,
      problems: [],
    },
    ...{
      trustworthiness: { value: 0.973, low: 0.971, high: 0.975 },
      continuity: { value: 0.981, low: 0.981, high: 0.981 },
    },
    ...{ sampledRows: 2000, drawnRows: 10_000, rows: 10_000, keptByRow: new Float32Array(1000), of },
  } as MeasuredQuality;
  await show({ quality });
  for (const said of [
    "71.2 %",
    "0.973 ± 0.002",
    "0.981 ± < 0.001",
    "2,000 random points ranked against all 10,000",
    "99.3 %",
  ]) {
    expect(words()).toContain(said);
  }
  expect(words()).not.toContain("earlier picture");
  await show({ quality: { ...quality, sampledRows: 10_000 } });
  expect(words()).toContain("0.973");
  expect(words()).toContain("0.981");
  expect(words(), "all points were measured").not.toContain("±");
  await show({ quality });
  await show({ metric: "euclidean" });
  expect(words()).toContain("Measured with another metric or space.");
  expect(button("Measure again")).toBeTruthy();
  await show({ metric: "cosine" });
  button("Color by kept neighbors").click();
  expect(store.state.colorByQuality).toBe(true);
  await show({ dimensions: 2 });
  expect(words()).toContain("Measured on an earlier picture.");
});

it("says before it is measured what it is", () => {
  expect(words()).toContain("How many of each point's 15 nearest neighbors are its neighbors in this picture too?");
  expect(() => button("Color by kept neighbors")).toThrow();
});

it("says how far the measurement is, and lets it be canceled", async () => {
  all("summary")[0]!.click();
  const progress = { share: 0.5, secondsLeft: 3 };
  await show({ tasks: { quality: { words: "Comparing neighbors of 1,000 points", startedAtMs: 0, progress } } });
  for (const said of ["Comparing neighbors of 1,000 points…", "50%", "3 s left"]) expect(words()).toContain(said);
  expect(() => button("Measure")).toThrow();
  button("Cancel").click();
  expect(actions.cancel).toHaveBeenCalledWith("quality");
});

it("says in place why it could not be measured, and can be measured again", async () => {
  await show({ failures: { quality: { message: "Fewer than three points.", fix: "Choose another embedding." } } });
  expect(words()).toContain("Fewer than three points. Choose another embedding.");
  button("Measure").click();
  expect(actions.measureQuality).toHaveBeenCalledOnce();
});
