/** t-SNE's panel: its parameters, what it costs, its run, and what it says meanwhile. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import type { LayoutStatus } from "../../../src/data/layout_status";
import { TsneControls } from "../../../src/features/layout/tsne_panel";
import { SETTLED } from "../../../src/features/layout/words";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all, button, field } from "../dom";
import { drag, type Mounted, mountPanel, optionsOf } from "./mounted_panel";
import { dataState, layoutStatus } from "./projection_state";

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  ({ store, show, words, actions } = await mountPanel(new TsneControls(), { ...dataState(), method: "tsne" }));
});

/** A layout that was started with the settings as they are. */
const status = (patch: Partial<LayoutStatus> = {}) => layoutStatus(store.state, patch);

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

describe("ignores a value of the column that supervises", () => {
  const ignoring = () => field<HTMLSelectElement>("Ignoring");
  const ids = Array.from({ length: 30 }, (_, at) => `id ${at % 25}`);

  beforeEach(async () => {
    const kinds = Array.from({ length: 30 }, (_, row) => (row < 12 ? "x" : row < 20 ? null : "y"));
    const columns = [textColumn("kind", kinds), textColumn("id", ids)];
    button("More").click();
    await show({ metadata: { columns, rows: 30, lines: 30, problems: [] }, superviseBy: "kind" });
  });

  it("which is chosen from its values, the most frequent first, and says how many points that leaves out", async () => {
    expect(optionsOf("Ignoring")).toEqual(["no value", "x", "y"]);
    await userEvent.selectOptions(ignoring(), "x");
    await show({});
    expect(store.state.superviseWithout).toBe("x");
    expect(words()).toContain("Ignoring «x»: 12 points");
    const rows = Int32Array.of(0, 20, 21);
    await show({ subset: { name: "s", rows, words: "" } });
    expect([optionsOf("Ignoring"), words()]).toEqual([
      ["no value", "y", "x"],
      expect.stringContaining("Ignoring «x»: 1 point "),
    ]);
    await userEvent.selectOptions(ignoring(), "no value");
    await show({});
    expect([store.state.superviseWithout, words()]).toEqual([null, expect.not.stringContaining("Ignoring «")]);
  });

  it("which a link may name though no point has it, and which goes with its column", async () => {
    await show({ superviseWithout: "gone" });
    expect([ignoring().selectedOptions[0]!.text, words()]).toEqual([
      "gone",
      expect.stringContaining("No value is ignored: no point has «gone» in «kind»."),
    ]);
    await userEvent.selectOptions(field<HTMLSelectElement>("Supervise by"), "id");
    expect([store.state.superviseBy, store.state.superviseWithout]).toEqual(["id", null]);
  });

  it("which is found by typing among many, and not at all among numbers that are no classes", async () => {
    await show({ superviseBy: "id" });
    await userEvent.click(field("Ignoring"));
    await userEvent.keyboard("id 24{Enter}");
    expect(store.state.superviseWithout).toBe("id 24");
    const [rows, lines] = [10_001, 10_001];
    const columns = [
      numberColumn(
        "size",
        Array.from({ length: rows }, (_, row) => row / 3),
      ),
    ];
    await show({ metadata: { columns, rows, lines, problems: [] }, superviseBy: "size", superviseWithout: null });
    expect([ignoring().disabled, optionsOf("Ignoring")]).toEqual([true, ["too many numbers"]]);
  });

  it("and says that a running layout does not do so yet", async () => {
    await show({ layout: status() });
    await show({ superviseWithout: "x" });
    await show({ supervision: 0.9 }); // Which applies at once.
    expect(words()).toContain("Not in this picture yet: ignored value.");
  });
});

it("says what so many points cost before they start, and offers fewer neighbors", async () => {
  expect(words()).not.toContain("of memory in this page");
  await show(dataState(600_000));
  expect(words()).toMatch(
    /600,000 points with 30 neighbors each: on two cores 40 s or more to find them and about 2 min for 750/,
  );
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

it("cannot be run before there is data", async () => {
  expect(button("Run t-SNE").disabled).toBe(false);
  await show({ shown: null });
  expect(button("Run t-SNE").disabled).toBe(true);
});

it("that has stopped by itself says why, and can be run on", async () => {
  await show({ layout: status({ phase: "paused", pausedBecause: SETTLED }) });
  expect(words()).toContain(SETTLED);
  button("Run").click();
  expect(actions.resumeLayout).toHaveBeenCalledOnce();
  expect(actions.runLayout).not.toHaveBeenCalled();
});
