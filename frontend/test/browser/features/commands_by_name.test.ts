/** Commands as the palette runs them, by name: what each asks for, or changes. */
import { beforeEach, expect, it } from "vitest";
import type { Embedding, Run } from "../../../src/data/runs";
import { makeCommands, makeDataCommands } from "../../../src/features";
import type { MeasuredQuality } from "../../../src/features/quality/fields";
import { pageCommands } from "../../../src/page/commands";
import type { Actions } from "../../../src/state/actions";
import { isOffered } from "../../../src/state/command";
import { drawnCoordinates } from "../../../src/state/derived";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { everyAction, type NotedActions } from "../../every_action";
import { dataState, runsOf } from "../page/mounted_page";

let store: Store;
let actions: NotedActions;

beforeEach(() => {
  store = new Store();
  actions = everyAction();
  store.set(dataState());
});

/** The commands on offer, in the order of the palette. */
function offered() {
  const groups = [...makeCommands(store, actions, pageCommands(store)), ...makeDataCommands(store)];
  return groups.flatMap((group) => group.commands).filter((command) => isOffered(command, store.state));
}

function run(words: string): void {
  const command = offered().find((one) => one.words === words);
  if (command === undefined) throw new Error(`«${words}» is not on offer.`);
  command.run();
}

const isOnOffer = (words: string) => offered().some((command) => command.words === words);

const FOUND: Partial<State> = { query: "z", matches: Int32Array.of(1) };
const CLICKED: Partial<State> = {
  row: 0,
  neighborhood: {
    ...{ row: 0, rows: Int32Array.of(2), distances: Float32Array.of(0.5), metric: "cosine" },
    ...{ space: "as stored", exact: true },
  },
};
const DRAWN: Partial<State> = { painted: {} as State["painted"] };
const SELECTED: Partial<State> = { selection: Int32Array.of(0, 2) };
const SUMMED: Partial<State> = { terms: [{ row: 0, sign: 1 }] };
const WITH_AXES: Partial<State> = { method: "axes" };
const LOADED: Partial<State> = { metadataUpload: "1f" };

it.each<[words: string, needs: Partial<State>, action: keyof Actions, ...given: unknown[]]>([
  ["Search by text", {}, "focusSearch"],
  ["Next match", FOUND, "walkMatches", 1],
  ["Previous match", FOUND, "walkMatches", -1],
  ["Select the matches", FOUND, "selectMatches", "replace"],
  ["Add the matches to the selection", FOUND, "selectMatches", "add"],
  ["Take the matches out of the selection", FOUND, "selectMatches", "subtract"],
  ["Select the point and its neighbors", CLICKED, "selectNeighbors", "replace"],
  ["Add the point and its neighbors to the selection", CLICKED, "selectNeighbors", "add"],
  ["Take the point and its neighbors out of the selection", CLICKED, "selectNeighbors", "subtract"],
  ["Add the selected point to the sum", CLICKED, "addTerm", 0, 1],
  ["Subtract the selected point from the sum", CLICKED, "addTerm", 0, -1],
  ["Type a sum of points: king − man + woman", {}, "focusTerms"],
  ["Clear the sum", SUMMED, "clearTerms"],
  ["Measure how far to believe the picture", {}, "measureQuality"],
  ["Download the loadings (TSV)", {}, "downloadLoadings"],
  ["Project on the custom axes", WITH_AXES, "projectAxes"],
  ["Save the picture as SVG", DRAWN, "saveSvg"],
  ["Save all points as CSV", DRAWN, "saveTable", "csv", "all"],
  ["Save all points as Arrow", DRAWN, "saveTable", "arrow", "all"],
  ["Save the selected points as CSV", SELECTED, "saveTable", "csv", "selection"],
  ["Save the selected points as Arrow", SELECTED, "saveTable", "arrow", "selection"],
  ["Save the view as a page that needs no server", DRAWN, "savePage", "all"],
  ["Open a file with vectors", {}, "openVectors", null],
  ["Load metadata from a file", {}, "loadMetadata", null],
  ["Metadata of the run itself", LOADED, "forgetMetadata"],
  ["Save the metadata as TSV", {}, "downloadMetadata"],
  ["Reload the logdir", {}, "reload"],
])("%s", (words, needs, action, ...given) => {
  expect(isOnOffer(words)).toBe(Object.keys(needs).length === 0);
  store.set(needs);
  run(words);
  expect(actions[action].mock.calls).toEqual([given]);
});

it("what is running, or measured of this picture, is not on offer again", () => {
  store.set(WITH_AXES);
  const commands = {
    quality: "Measure how far to believe the picture",
    loadings: "Download the loadings (TSV)",
    axes: "Project on the custom axes",
  } as const;
  for (const [task, words] of Object.entries(commands)) {
    store.set({ tasks: { [task]: { words: "Computing", startedAtMs: 0 } } });
    expect(isOnOffer(words), task).toBe(false);
    store.set({ tasks: {} });
    expect(isOnOffer(words), task).toBe(true);
  }
  const { metric, spherize } = store.state;
  store.set({ quality: { metric, spherize, of: drawnCoordinates(store.state)! } as MeasuredQuality });
  expect(isOnOffer(commands.quality)).toBe(false);
  store.set({ metric: "dot" });
  expect(isOnOffer(commands.quality)).toBe(true);
});

it("a picture is saved twice as large where the browser can draw it so large, else as large as it can", () => {
  store.set(DRAWN);
  for (const maxRatio of [4, 1.5]) {
    actions.pictureExtent.mockReturnValue({ width: 800, height: 600, maxRatio });
    run("Save the picture as PNG");
    run("Save the picture as PNG, twice as large");
  }
  expect(actions.savePng.mock.calls.flat()).toEqual([1, 2, 1, 1.5]);
});

it("many points, which are transparent by themselves, become less so", () => {
  store.set(dataState(200_000));
  run("Points less transparent");
  expect(store.state.opacity).toBe(0.44);
});

it("points grow and fade by steps from what they are by themselves, as far as they can, and back", () => {
  const { pointSize, opacity } = store.state;
  run("Larger points");
  run("Points more transparent");
  expect([store.state.pointSize, store.state.opacity]).toEqual([5, 0.64]);
  run("Smaller points");
  for (let step = 0; step < 3; step++) run("Points less transparent");
  expect([store.state.pointSize, store.state.opacity]).toEqual([4, 1]);
  for (let step = 0; step < 40; step++) run("Smaller points");
  expect(store.state.pointSize).toBe(1);
  run("Density instead of points, on or off");
  expect(store.state.density).toBe(true);
  run("Draw as at first");
  expect([store.state.pointSize, store.state.opacity, store.state.density]).toEqual([pointSize, opacity, false]);
});

it("terms of a sum are taken at length one, and as they are again", () => {
  store.set(SUMMED);
  const words = "Terms of the sum at length one, or as they are";
  run(words);
  expect(store.state.normalizeTerms).toBe(true);
  run(words);
  expect(store.state.normalizeTerms).toBe(false);
});

it("tags are typed in their form, which opens", () => {
  store.set(SELECTED);
  run("Tag the selected points");
  expect(actions.openTagForm).toHaveBeenCalledOnce();
});

it("every run, tensor and step but those shown is gone to, and what belonged to the others is dropped", () => {
  const words = runsOf().runs[0]!.embeddings[0]!;
  const [image, audio]: [Embedding, Embedding] = [
    { ...words, name: "image" },
    { ...words, name: "audio" },
  ];
  const [train, evaluation]: [Run, Run] = [
    { name: "train", embeddings: [words, image] },
    { name: "eval", embeddings: [audio] },
  ];
  const steps = [...words.steps, { ...words.steps[0]!, step: 30_000 }];
  const shown = { run: train, embedding: { ...words, steps }, step: words.steps[0]! };
  train.embeddings[0] = shown.embedding;
  store.set({ runs: runsOf({ runs: [train, evaluation] }), shown, row: 1, labelBy: "label" });
  const goTo = offered().filter(({ words }) => words.startsWith("Go to "));
  expect(goTo.map((command) => command.words)).toEqual([
    ...["Go to run eval", "Go to tensor image"],
    ...["Go to step 2", "Go to step 30,000"],
  ]);
  run("Go to step 30,000");
  expect([store.state.step, store.state.row, store.state.labelBy]).toEqual([30_000, 1, "label"]);
  run("Go to tensor image");
  expect([store.state.embedding, store.state.step, store.state.row]).toEqual(["image", null, null]);
  run("Go to run eval");
  expect([store.state.run, store.state.embedding, store.state.labelBy]).toEqual(["eval", null, null]);
});
