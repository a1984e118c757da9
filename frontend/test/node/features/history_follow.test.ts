/** Undo and redo of every field of the view. */
import { beforeEach, expect, it, vi } from "vitest";
import { INITIAL_AXES, writeAxes } from "../../../src/data/axes";
import type { HistoryActions } from "../../../src/features/history/fields";
import { followHistory } from "../../../src/features/history/follow";
import { stepWords } from "../../../src/features/history/step_words";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { readView, VIEW_FIELDS } from "../../../src/state/view";

/** Their changes are not steps: they go with those of other fields. */
const NO_STEPS = ["list", "camera"];
/** Fields that no step takes back. */
const NEVER = ["uploads"];

/** A value of each field other than its first one, as a link has it. */
const CHANGED: Readonly<Record<string, string>> = {
  ...{ run: "train", embedding: "words", step: "3", metadataUpload: "fedcba9876543210" },
  ...{ labelBy: "word", importanceBy: "count", colorBy: "kind", colorChoices: "kind::magma:::" },
  ...{ sizeBy: "count", imageBy: "photo", filters: "kind:~:noun", query: "king", searchIn: "word" },
  ...{ searchMode: "regex", matchCase: "1", row: "3", selection: "1-2", trail: "1-3 by lasso" },
  ...{ method: "tsne", dimensions: "2", spherize: "1", components: "1,2,3" },
  ...{ perplexity: "12", learningRate: "100", exaggeration: "4", seed: "7", epochs: "300" },
  ...{ superviseBy: "kind", superviseWithout: "noun", supervision: "0.75" },
  ...{ umapNeighbors: "30", minDist: "0.5", spread: "2" },
  ...{ metric: "euclidean", neighborCount: "20", terms: "+1-2", normalizeTerms: "1" },
  ...{ showImages: "0", showLabels: "0", pointSize: "9", opacity: "0.5", density: "1", fog: "0", sizeByDepth: "0" },
  ...{
    nameColors: "0",
    labelPoints: "1",
    showAxes: "0",
    imagesNear: "0",
    listImages: "0",
    showLines: "0",
    showMinimap: "0",
  },
  ...{ tableOpen: "1", tableSort: "@row", tableOnlySelected: "1", tableCoordinates: "1", tableDistances: "1" },
  ...{ tableOrder: "kind", tableHidden: "kind", asIs: "[2,1,0]" },
  axes: writeAxes([{ kind: "points", add: 1, subtract: 2 }, INITIAL_AXES[1], INITIAL_AXES[2]]),
};
const steps = VIEW_FIELDS.filter((name) => ![...NO_STEPS, ...NEVER].includes(name));

let store: Store;
let history: HistoryActions;

beforeEach(() => {
  vi.stubGlobal("addEventListener", () => {});
  store = new Store();
  history = followHistory(store);
});

/** As the user changes it, at the end of a turn. */
async function change(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await Promise.resolve();
}

it("has a changed value for each of them that can be read and differs", () => {
  const read = readView({ ...CHANGED });
  expect(steps.filter((name) => read[name] === undefined)).toEqual([]);
  expect(steps.filter((name) => Object.is(read[name], store.state[name]))).toEqual([]);
});

it.each(steps)("of %s gives the old value, then the new one", async (name) => {
  const before = store.state[name];
  const patch = readView({ [name]: CHANGED[name]! });
  await change(patch);
  expect([store.state.canUndo, store.state.canRedo]).toEqual([true, false]);
  history.undo();
  expect([store.state[name], store.state.canUndo, store.state.canRedo]).toEqual([before, false, true]);
  history.redo();
  expect([store.state[name], store.state.canUndo, store.state.canRedo]).toEqual([patch[name], true, false]);
});

it("has the words of the screen for every field that makes a step, and for those stored with the view", () => {
  const wordsFor = (name: keyof State) => stepWords(store.state, [name]);
  const stored = [...steps, "selectionWords", "subset", "tags"] as const;
  const wordless = stored.filter((name) => /[a-z][A-Z]|null|undefined/.test(wordsFor(name)));
  expect(wordless, "Fields without a name in their fields.ts, or words in history/step_words.ts").toEqual([]);
  const named = (["minDist", "tableOpen", "umapNeighbors"] as const).map(wordsFor);
  expect(named).toEqual(["change of min. distance", "closing the table", "change of neighbors of UMAP"]);
  expect([wordsFor("fog"), stepWords({ fog: false }, ["fog"])]).toEqual([
    "fog in the distance on",
    "fog in the distance off",
  ]);
});

it("of all, one after the other, goes back the same way", async () => {
  const taken = [store.state];
  for (const name of steps) {
    await change(readView({ [name]: CHANGED[name]! }));
    taken.push(store.state);
  }
  const viewOf = (state: Readonly<State>) => VIEW_FIELDS.map((name) => state[name]);
  for (const state of taken.slice(0, -1).reverse()) {
    history.undo();
    expect(viewOf(store.state)).toEqual(viewOf(state));
  }
  for (const state of taken.slice(1)) {
    history.redo();
    expect(viewOf(store.state)).toEqual(viewOf(state));
  }
});

it.each(NEVER)("leaves %s as they are", async (name) => {
  await change({ pointSize: 9 });
  await change({ [name]: ["0123456789abcdef"], run: "mine" });
  history.undo();
  history.undo();
  expect([store.state.pointSize, store.state.run]).toEqual([0, null]);
  expect(store.state[name as keyof State]).toEqual(["0123456789abcdef"]);
});

it.each(NO_STEPS)("of %s alone is none: it goes with the step before it", async (name) => {
  const changed = readView({ list: "matches", camera: "3:0.5,0.5,0,0,0,1" })[name as keyof State];
  expect(changed).toBeDefined();
  await change({ [name]: changed });
  expect(store.state.canUndo).toBe(false);
  await change({ pointSize: 9 });
  history.undo();
  expect([store.state.pointSize, store.state[name as keyof State]]).toEqual([0, changed]);
});
