/** PCA's panel: the components on the axes, how much each explains, and the table of their loadings. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { PcaControls } from "../../../src/features/pca/panel";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field } from "../dom";
import { dataState as threePoints } from "../page/mounted_page";
import { type Mounted, mountPanel, optionsOf } from "./mounted_panel";
import { dataState } from "./projection_state";

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  ({ store, show, words, actions } = await mountPanel(new PcaControls(), dataState()));
});

it("has a table of loadings, and says how much all components hold", async () => {
  expect(words()).toContain("85.0 % in the first 3. Exact, over all");
  await show({ projection: { ...store.state.projection!, converged: false } });
  expect(words()).toContain("Approximate: they still changed when the passes ended, over all");
  button("Download the loadings (TSV)").click();
  expect(actions.downloadLoadings).toHaveBeenCalled();
});

describe("the components on the axes", () => {
  it("are chosen by hand", async () => {
    await show(threePoints());
    const axis = all("select")[0]!;
    await userEvent.selectOptions(axis, "2");
    expect(store.state.components).toEqual([2, 1, 2]);
  });

  it("are named with their shares, where these are known", () => {
    expect(optionsOf("X").slice(0, 4)).toEqual([
      "Component 1 · 50.0 %",
      "Component 2 · 25.0 %",
      "Component 3 · 10.0 %",
      "Component 4",
    ]);
    expect(field<HTMLSelectElement>("Z").value).toBe("2");
  });

  it("are two in two dimensions, and so are the bars that are marked", async () => {
    const marked = () => all(".bar .axis").map((one) => one.textContent);
    expect(marked()).toEqual(["X", "Y", "Z"]);
    await show({ dimensions: 2, components: [2, 0, 1] });
    expect([all("select-field").length, marked()]).toEqual([2, ["Y", "", "X"]]);
    expect(words()).toContain("60.0 % of the variance shown");
  });

  it("are fetched all when a choice is pressed or reached by a key, or by the button", () => {
    field("X").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
    expect(actions.loadComponents).toHaveBeenCalledTimes(1);
    field("X").focus();
    expect(actions.loadComponents).toHaveBeenCalledTimes(2);
    button("All 10").click();
    expect(actions.loadComponents).toHaveBeenCalledTimes(3);
  });
});

it("offers no further components where all have come", async () => {
  const components = Array.from({ length: 10 }, () => new Float32Array(1000));
  await show({ projection: { ...store.state.projection!, components } });
  expect(words()).not.toContain("All 10");
});

it("says that nothing varies where all points are the same", async () => {
  await show({ projection: { ...store.state.projection!, varianceRatios: [0, 0, 0] } });
  expect(words()).toContain("all 1,000 points are the same");
  expect(words()).toContain("Nothing varies: one vector, as stored.");
});

it("fetches the loadings once at a time, and says in place why they could not be had", async () => {
  await show({ tasks: { loadings: { words: "Fetching", startedAtMs: 0 } } });
  expect(button("Fetching the loadings…").disabled).toBe(true);
  await show({ tasks: {}, failures: { loadings: { message: "The server is gone.", fix: "Start it again." } } });
  expect(words()).toContain("The server is gone. Start it again.");
  button("Try again").click();
  expect(actions.retry).toHaveBeenCalledWith("loadings");
});
