/** The data panel: run, tensor and step, what is known of them, and the files of one's own. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent, page as window } from "vitest/browser";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field, wordsOf } from "../dom";
import { dataState, mountPage, runsOf } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
  await show(dataState());
});
afterEach(() => page.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const words = () => wordsOf(page);
/** The panel alone, without the page around it. */
const panelWords = () => wordsOf(all("data-panel")[0]!.shadowRoot!);

it("a step is chosen by hand", async () => {
  const step = all("select").find((select) => (select as HTMLSelectElement).value === "1")!;
  await userEvent.selectOptions(step, "2");
  expect(store.state.step).toBe(2);
});

it("a run, a tensor and a step among many are found by typing", async () => {
  const [run] = runsOf().runs;
  const embedding = run!.embeddings[0]!;
  const many = <T>(make: (at: number) => T) => Array.from({ length: 25 }, (_, at) => make(at));
  const steps = many((at) => ({ ...embedding.steps[0]!, step: 100 + at }));
  const embeddings = many((at) => ({ ...embedding, name: `tensor ${at}`, steps }));
  const runs = many((at) => ({ name: `run ${at}`, embeddings }));
  await show({ runs: runsOf({ runs }), shown: { run: runs[0]!, embedding: embeddings[0]!, step: steps[24]! } });
  for (const [label, typed] of [
    ["Step", "113"],
    ["Tensor", "sor 17"],
    ["Run", "un 21"],
  ]) {
    await userEvent.click(field(label!));
    await userEvent.keyboard(`${typed}{Enter}`);
    await settled();
    if (label === "Step") expect(store.state.step).toBe(113);
    if (label === "Tensor") expect([store.state.embedding, store.state.step]).toEqual(["tensor 17", null]);
  }
  expect([store.state.run, store.state.embedding, store.state.step]).toEqual(["run 21", null, null]);
});

it("a note on a file is closed, and reading one is canceled", async () => {
  await show({
    uploadNote: "2 lines more than points.",
    tasks: { upload: { words: "Reading a.tsv", startedAtMs: 0 } },
  });
  expect(words()).toContain("2 lines more than points.");
  await userEvent.click(button("Cancel"));
  expect(actions.cancel).toHaveBeenCalledWith("upload");
  await userEvent.click(button("Close the note"));
  await settled();
  expect(words()).not.toContain("2 lines more than points.");
});

it("steps are not offered where there is one, and the newest is marked", async () => {
  expect([...field<HTMLSelectElement>("Step").options].map(({ text }) => text)).toEqual(["1", "2 (newest)"]);
  const shown = store.state.shown!;
  await show({ shown: { ...shown, embedding: { ...shown.embedding, steps: [shown.step] } } });
  expect(() => field("Step")).toThrow();
});

it("says the shape, the space and the file of what is shown, and that labels have none", async () => {
  for (const said of ["3 × 3 float32", "as stored, cosine", "train/ckpt-1", "no metadata file"])
    expect(panelWords()).toContain(said);
  await show({ spherize: true, metric: "dot", subset: { name: "s", rows: Int32Array.of(0, 2), words: "by lasso" } });
  expect(panelWords()).toContain("spherized, dot, 2 points isolated");
  const metadata = { file: "words.tsv", version: "v", bytes: 9 };
  const shown = store.state.shown!;
  await show({ shown: { ...shown, embedding: { ...shown.embedding, metadata } } });
  expect(panelWords()).not.toContain("no metadata file");
});

it("names the file of the metadata: in a row where there is room, else in the tooltip of the vectors' file", async () => {
  const metadata = { file: "train/words.tsv", version: "v", bytes: 9 };
  const shown = store.state.shown!;
  await show({ shown: { ...shown, embedding: { ...shown.embedding, metadata } } });
  const row = () => all("dd.labels")[0]!;
  expect(row().checkVisibility()).toBe(false);
  expect(all("dd.file")[0]!.title).toBe("train/ckpt-1\nLabels: train/words.tsv");
  await window.viewport(1280, 900);
  expect([row().checkVisibility(), row().textContent, row().title]).toEqual([
    true,
    "train/words.tsv",
    "train/words.tsv",
  ]);
  await window.viewport(1280, 800);
});

it("says which run takes long to read, and that the logdir itself is one", async () => {
  const { scan } = runsOf();
  await show({ runs: runsOf({ scan: { ...scan, done: false, reading: "slow" } }) });
  expect(panelWords()).toContain("The run slow takes long to read");
  await show({ runs: runsOf({ scan, runs: [{ ...runsOf().runs[0]!, name: "." }] }) });
  expect([...field<HTMLSelectElement>("Run").options].map(({ text }) => text)).toEqual([". (the logdir itself)"]);
  expect(panelWords()).not.toContain("takes long to read");
});

it("says that metadata is read, and in place why it could not be", async () => {
  await show({ tasks: { metadata: { words: "Reading words.tsv", startedAtMs: 0 } } });
  expect(panelWords()).toContain("Reading words.tsv…");
  await show({ failures: { metadata: { message: "It is cut off.", fix: "Copy it again." } } });
  expect(panelWords()).toContain("It is cut off. Copy it again.");
  button("Try again").click();
  expect(actions.retry).toHaveBeenCalledWith("metadata");
});

it("opens, loads and saves files; metadata is saved only where there is some", async () => {
  for (const name of ["Open vectors", "Load metadata", "Save metadata"]) button(name).click();
  for (const name of ["openVectors", "loadMetadata", "downloadMetadata"] as const)
    expect(actions[name], name).toHaveBeenCalledOnce();
  await show({ metadata: null });
  expect(() => button("Save metadata")).toThrow();
});

it("has its buttons in one row of a narrow panel; each has its visible words in its name", async () => {
  await show({ leftWidth: 256 });
  expect(all("data-panel")[0]!.offsetWidth).toBe(256);
  const buttons = ["Open vectors", "Load metadata", "Save metadata"].map((name) => button(name));
  expect(new Set(buttons.map(({ offsetTop }) => offsetTop)).size).toBe(1);
  const shown = buttons.map(({ textContent }) => textContent!.replace("…", "").trim());
  expect(shown).toEqual(["Vectors", "Metadata", ""]);
  buttons.forEach(({ ariaLabel }, at) => {
    expect(ariaLabel!.toLowerCase()).toContain(shown[at]!.toLowerCase());
  });
});

it("says in place why a file could not be opened", async () => {
  await show({ failures: { upload: { message: "It is torn.", fix: "Fix it." } } });
  expect(words()).toContain("It is torn. Fix it.");
});

it("goes back to the run's own metadata from a file of one's own", async () => {
  expect(() => button("Use the run's own")).toThrow();
  await show({ metadataUpload: "0123456789abcdef" });
  expect(panelWords()).toContain("Metadata is from a file loaded here.");
  await show({ metadataFiles: { "0123456789abcdef": "mine.tsv" } });
  expect(panelWords()).toContain("Metadata is from mine.tsv, loaded here.");
  expect(all("dd.labels")[0]!.textContent).toBe("mine.tsv");
  button("Use the run's own").click();
  expect(actions.forgetMetadata).toHaveBeenCalledOnce();
});

it("says how many tags there are, and whether a file has them", async () => {
  const tags = [{ column: "mine", value: "good", rows: Int32Array.of(1) }];
  await show({ tags });
  expect(panelWords()).toContain("1 tag of yours, in this page only: save the metadata or a bookmark to keep them.");
  await show({ savedTags: tags });
  expect(panelWords()).toContain("1 tag of yours, saved in a file.");
});

it("says which tags on other tensors no file has, and goes to them", async () => {
  const tags = [{ column: "mine", value: "good", rows: Int32Array.of(1) }];
  const edits = { run: "train", rows: 1000, tags, metadataUpload: null, uploadNote: null };
  await show({ tensorEdits: [{ ...edits, embedding: "others", savedTags: tags }] });
  expect(panelWords()).not.toContain("in this page only");
  await show({ tensorEdits: [{ ...edits, embedding: "words", savedTags: [] }] });
  expect(panelWords()).toContain("1 tag on words is in this page only.");
  await show({ query: "king" });
  await userEvent.click(button("Show words"));
  const { run, embedding, step, query } = store.state;
  expect([run, embedding, step, query]).toEqual(["train", "words", null, ""]);
});
