/** The controls of every projection, on a real DOM and a real store. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { installTokens } from "../../../src/controls/tokens";
import type { LayoutStatus } from "../../../src/data/layout_status";
import { SHORTEST } from "../../../src/data/number_spelling";
import { makeCommands } from "../../../src/features";
import type { MeasuredQuality } from "../../../src/features/quality/fields";
import { ProjectionsPanel } from "../../../src/page/projections_panel";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { everyAction, type NotedActions } from "../../every_action";
import { all, button, field, wordsOf } from "../dom";
import { settled } from "../settled";
import { withManyColumns } from "./mounted_page";

let store: Store;
let panel: ProjectionsPanel;
let actions: NotedActions;

beforeEach(async () => {
  installTokens();
  store = new Store();
  actions = everyAction();
  const commands = makeCommands(store, actions, []).flatMap((group) => group.commands);
  actions.commandOf.mockImplementation((id: string) => commands.find((command) => command.id === id));
  panel = new ProjectionsPanel();
  Object.assign(panel, { store, actions });
  panel.style.width = "280px";
  document.body.replaceChildren(panel);
  await show(dataState());
});
afterEach(() => panel.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const words = () => wordsOf(panel);

function drag(label: string, value: number): void {
  const input = field(label);
  input.value = String(value);
  input.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
}

function type(label: string, text: string): void {
  const input = field(label);
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}

function dataState(rows = 1000): Partial<State> {
  const step = { step: 1, version: "v", shape: [rows, 64] as [number, number], dtype: "float32", file: "ckpt-1" };
  const embedding = {
    ...{ name: "words", configured: true, optimizer_slot: false, source: "checkpoint" as const },
    ...{ shape: step.shape, dtype: "float32", steps: [step], metadata: null, sprite: null },
  };
  const age = { kind: "number" as const, name: "age", rows, values: new Float64Array(rows), spelling: SHORTEST };
  return {
    shown: { run: { name: "train", embeddings: [embedding] }, embedding, step },
    projection: {
      method: "pca",
      components: Array.from({ length: 3 }, () => new Float32Array(rows)),
      ...{ varianceRatios: [0.5, 0.25, 0.1], rows, finiteRows: rows, space: "as stored", problems: [] },
    },
    metadata: { columns: [age], rows, lines: rows, problems: [] },
  };
}

function status(patch: Partial<LayoutStatus> = {}): LayoutStatus {
  return {
    ...{ of: "tsne", phase: "running", iteration: 412, iterations: null, perSecond: 58.2, klDivergence: 1.834 },
    ...{
      k: 90,
      method: "hnsw",
      recall: 0.9931,
      recallRows: 1000,
      tried: [],
      ...{ awaited: null, isHeld: false },
      notes: [],
      problems: [],
      pausedBecause: null,
    },
    startedWith: Object.fromEntries(
      ["dimensions", "metric", "spherize", "subset", "seed", "superviseBy", "supervision", "perplexity"].map((name) => [
        name,
        store.state[name as keyof State],
      ]),
    ),
    ...patch,
  };
}

it("chooses the method, each with its key, and says which space distances are of", async () => {
  const choices = all('segmented-choice[label="Projection"]')[0]!.shadowRoot!.querySelectorAll("button");
  expect([...choices].map((one) => one.title.slice(-3))).toEqual(["(1)", "(2)", "(3)", "(4)", "(5)"]);
  for (const [at, method] of (["pca", "tsne", "umap", "axes", "as_is"] as const).entries()) {
    choices[at]!.click();
    await show({});
    expect(store.state.method).toBe(method);
    expect(words()).toContain("distances are as stored");
  }
  all<HTMLInputElement>('input[type="checkbox"]')[0]!.click();
  await show({});
  expect(store.state.spherize).toBe(true);
  expect(words()).toContain("centered, of length one");
});

it("has a table of loadings, and says how much all components hold", async () => {
  expect(words()).toContain("85.0 % in these 3. Exact, over all");
  await show({ projection: { ...store.state.projection!, converged: false } });
  expect(words()).toContain("Approximate: they still changed after 100 passes, over all");
  button("Download the loadings (TSV)").click();
  expect(actions.downloadLoadings).toHaveBeenCalled();
});

describe("t-SNE", () => {
  beforeEach(() => show({ method: "tsne" }));

  it("says what its controls do as it does it, with their keys", async () => {
    const dimensions = all('segmented-choice[label="Dimensions of the layout"]')[0]!;
    expect([dimensions.title, words()]).toEqual(["2-D or 3-D (D)", expect.stringMatching(/Dimensions\s*2-D\s*3-D/)]);
    actions.commandOf.mockReturnValue({ id: "dimensions", words: "2-D or 3-D", keys: ["X"], run() {} });
    await show({ dimensions: 2 });
    expect(dimensions.title).toBe("2-D or 3-D (X)");
    const rate = all<HTMLElement>('range-field[label="Learning rate"]')[0]!;
    expect(rate.getAttribute("hint")).toMatch(/number of points, divided by the exaggeration while that lasts$/);
    await show({ layout: status() });
    expect(button("Perturb").title).toBe("Displace the points at random: structure that comes back is stable");
  });

  it("takes its parameters", async () => {
    drag("Perplexity", 50);
    drag("Exaggeration", 20);
    drag("Seed", 7);
    expect([store.state.perplexity, store.state.exaggeration, store.state.seed]).toEqual([50, 20, 7]);
  });

  it("takes a learning rate by ratios, the leftmost being automatic", async () => {
    const rate = field("Learning rate");
    expect(words()).toContain("auto");
    drag("Learning rate", 250);
    expect(store.state.learningRate).toBeCloseTo(320, -1); // Half way between 10 and 10,000 in ratios.
    await show({});
    drag("Learning rate", Number(rate.min));
    expect(store.state.learningRate).toBe(0);
  });

  it("supervises by a column, as strongly as it is set to", async () => {
    button("More").click();
    await userEvent.selectOptions(field<HTMLSelectElement>("Supervise by"), "age");
    await show({});
    drag("Strength", 0.75);
    expect([store.state.superviseBy, store.state.supervision]).toEqual(["age", 0.75]);
  });

  it("says what so many points cost before they start, and offers fewer neighbors", async () => {
    expect(words()).not.toContain("of memory in this page");
    await show(dataState(600_000));
    expect(words()).toMatch(/600,000 points with 30 neighbors each: on two cores about \d+ (s|min) to find them/);
    button("15 neighbors instead: 486 MB").click();
    await show({});
    expect(store.state.perplexity).toBe(5);
    expect(words()).toContain("600,000 points with 15 neighbors each");
    expect(words()).not.toContain("neighbors instead");
    await show({ layout: status() });
    expect(words()).not.toContain("to find them");
  });

  it("runs, pauses, resumes, stops, restarts and perturbs", async () => {
    button("Run t-SNE").click();
    await show({ layout: status() });
    for (const name of ["Pause", "Stop", "Restart", "Perturb"]) button(name).click();
    await show({ layout: status({ phase: "paused" }) });
    button("Resume").click();
    for (const name of ["pause", "stop", "perturb", "resume"] as const) {
      expect(actions[`${name}Layout`], name).toHaveBeenCalledOnce();
    }
    expect(actions.runLayout).toHaveBeenCalledTimes(2); // A restart is a run.
  });

  it("says live how far it is, what its neighbors are worth, and what differs from what was asked for", async () => {
    await show({ layout: status({ notes: ["Perplexity 5: 16 points have at most 15 neighbors each."] }) });
    expect(words()).toContain("412 iterations · 58 per second · KL 1.83");
    expect(words()).toContain("90 neighbors each, by an HNSW index: recall 99.3 % on 1,000 rows");
    expect(words()).toContain("16 points have at most 15 neighbors each");
    const tried = [
      { method: "exact", recall: 1, seconds: 210.4 },
      { method: "hnsw", recall: 0.9944, seconds: 31 },
    ] as const;
    await show({ layout: status({ tried }) });
    expect(all("p").map((one) => one.title)).toContain(
      "Tried on random rows, processor time for all: exact search 210 s, an HNSW index 31 s (recall 99.4 %).",
    );
    await show({ layout: status({ iteration: 120, iterations: 500, perSecond: 31, klDivergence: null }) });
    expect(words()).toContain("120 of 500 iterations · 31 per second · 13 s left");
    await show({ perplexity: 80 });
    expect(words()).toContain("Not in this picture yet: perplexity.");
    await show({ layout: status({ method: "exact", iteration: 1 }) });
    expect(words()).toContain("90 neighbors each, exact");
  });

  it("draws how KL fell", async () => {
    for (const [at, klDivergence] of [3, 2.5, 2].entries())
      await show({ layout: status({ iteration: at, klDivergence }) });
    expect(all("svg title").map((title) => title.textContent)).toContain("KL divergence from 3.00 to 2.00");
  });

  it("shows how far the graph is, how long it takes, and lets it be canceled", async () => {
    const progress = { share: 0.42, secondsLeft: 7.5 };
    const task = { words: "Neighbors of 1,000 × 64", startedAtMs: 0, progress };
    await show({ layout: status({ phase: "graph" }), tasks: { graph: task } });
    expect(words()).toContain("Neighbors of 1,000 × 64…");
    expect(words()).toContain("42%");
    expect(words()).toContain("8 s left");
    button("Cancel").click();
    expect(actions.cancel).toHaveBeenCalledWith("graph");
  });

  it("says that its worker died, and can be started again", async () => {
    const failure = { message: "The layout's worker ended.", fix: "Run it again." };
    await show({ layout: status({ phase: "died" }), failures: { layout: failure } });
    expect(words()).toContain("The layout's worker ended.");
    button("Try again").click();
    expect(actions.retry).toHaveBeenCalledWith("layout");
  });

  it("has its guide at hand", async () => {
    button("Reading this picture").click();
    await show({});
    const guide = all("[popover]")[0]!;
    expect(guide.matches(":popover-open")).toBe(true);
    for (const said of ["Wattenberg", "Kobak", "size of a cluster says nothing", "more than once"]) {
      expect(wordsOf(guide)).toContain(said);
    }
    const { left, top, right, bottom } = guide.getBoundingClientRect();
    expect([left >= 0, top >= 0, right <= innerWidth, bottom <= innerHeight]).toEqual([true, true, true, true]);
  });
});

describe("UMAP", () => {
  beforeEach(() => show({ method: "umap" }));

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
});

describe("custom axes", () => {
  beforeEach(() => show({ method: "axes", dimensions: 2 }));

  it("are two searches each, counted while they are typed", async () => {
    type("Axis X, to", "queen");
    await show({});
    type("Axis X, from", "k.ng");
    all<HTMLButtonElement>('axis-field button[aria-label="Regular expression"], button.regex')[0]!.click();
    await show({ axisCounts: [{ add: 12, subtract: 0, failure: null }, null, null] });
    const [x] = store.state.axes;
    expect(x).toMatchObject({
      kind: "searches",
      add: { text: "queen", regex: false },
      subtract: { text: "k.ng", regex: true },
    });
    expect(words()).toContain("12");
    expect(words()).toContain("Nothing matches «k.ng».");
    button("Project").click();
    expect(actions.projectAxes).toHaveBeenCalled();
  });

  it("search in one of many columns, which is found by typing", async () => {
    await show({ metadata: withManyColumns(store.state.metadata!) });
    await userEvent.click(field("Column that axis X searches in"));
    await userEvent.keyboard("mn 37{Enter}");
    expect(store.state.axes[0]).toMatchObject({ add: { column: "column 37" }, subtract: { column: "column 37" } });
  });

  it("say in place that an expression does not compile", async () => {
    await show({
      axisCounts: [
        { add: null, subtract: null, failure: { message: "Unterminated group.", fix: "Close it." } },
        null,
        null,
      ],
    });
    expect(words()).toContain("Unterminated group. Close it.");
  });

  it("are two points, two selections, a random direction or a component", async () => {
    const choose = async (kind: string) => {
      await userEvent.selectOptions(field<HTMLSelectElement>("What axis X is made of"), kind);
      await show({});
    };
    await choose("points");
    await show({ row: 5 });
    all<HTMLButtonElement>("axis-field")[0]!.shadowRoot!.querySelectorAll<HTMLButtonElement>("button.link")[1]!.click();
    expect(store.state.axes[0]).toEqual({ kind: "points", add: 5, subtract: null });
    await choose("selections");
    await show({ row: null, query: "a", list: "matches", matches: Int32Array.of(3, 4) });
    all("axis-field")[0]!.shadowRoot!.querySelectorAll<HTMLButtonElement>("button.link")[1]!.click();
    expect(store.state.axes[0]).toEqual({ kind: "selections", add: [3, 4], subtract: [] });
    await show({ matches: null, query: "", selection: Int32Array.of(1, 7, 9), selectionWords: "by lasso" });
    const take = all("axis-field")[0]!.shadowRoot!.querySelector<HTMLButtonElement>("button.link")!;
    expect([take.disabled, take.title]).toEqual([false, "Take 3 points: by lasso"]);
    take.click();
    expect(store.state.axes[0]).toEqual({ kind: "selections", add: [3, 4], subtract: [1, 7, 9] });
    await choose("random");
    expect(store.state.axes[0]).toEqual({ kind: "random", seed: 0 });
    await choose("pca");
    await userEvent.selectOptions(field<HTMLSelectElement>("Component of axis X"), "4");
    expect(store.state.axes[0]).toEqual({ kind: "pca", component: 4 });
  });
});

it("draws a dimension or a column of numbers as it is", async () => {
  await show({ method: "as_is", dimensions: 2 });
  const dimension = field("Dimension on axis Y");
  await userEvent.fill(dimension, "99");
  dimension.dispatchEvent(new Event("change", { bubbles: true }));
  await userEvent.selectOptions(field<HTMLSelectElement>("What stands on axis X"), "age");
  expect(store.state.asIs.slice(0, 2)).toEqual([
    { kind: "column", column: "age" },
    { kind: "dimension", dimension: 63 },
  ]);
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
  for (const said of ["71.2 %", "0.973 ± 0.002", "0.981", "2,000 random points ranked against all 10,000", "99.3 %"]) {
    expect(words()).toContain(said);
  }
  expect(words()).not.toContain("earlier picture");
  await show({ metric: "euclidean" });
  expect(words()).toContain("Measured with another metric or space.");
  expect(button("Measure again")).toBeTruthy();
  await show({ metric: "cosine" });
  button("Color by kept neighbors").click();
  expect(store.state.colorByQuality).toBe(true);
  await show({ dimensions: 2 });
  expect(words()).toContain("Measured on an earlier picture.");
});

it.each(["pca", "tsne", "umap", "axes", "as_is"] as const)(
  "fits beside the picture at 1280 × 800: %s",
  async (method) => {
    await show({ method, layout: method === "tsne" ? status() : null });
    expect(panel.scrollWidth).toBeLessThanOrEqual(280);
    expect(panel.getBoundingClientRect().height).toBeLessThan(500);
    const nameless = all<HTMLInputElement>("button, input, select").filter((control) => {
      const labels = [...(control.labels ?? [])].map((label) => label.textContent).join("");
      return !(control.getAttribute("aria-label") || control.textContent?.trim() || labels.trim());
    });
    expect(nameless.map((control) => control.outerHTML)).toEqual([]);
  },
);
