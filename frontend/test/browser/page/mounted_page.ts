/** The page on a real DOM and a real store, and a state for it: three points named in three scripts. */
import { installTokens } from "../../../src/controls/tokens";
import type { Metadata } from "../../../src/data/metadata";
import type { Runs } from "../../../src/data/runs";
import { TextDictionary } from "../../../src/data/text_dictionary";
import { makeCommands } from "../../../src/features";
import { pageCommands } from "../../../src/page/commands";
import { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { everyAction } from "../../every_action";

export const WORDS = ["<img src=x onerror=alert(1)>", "Zürich", "東京"];

export async function mountPage() {
  installTokens();
  const [store, page, actions] = [new Store(), new ProjectorPage(), everyAction()];
  const commands = makeCommands(store, actions, pageCommands(store)).flatMap((group) => group.commands);
  actions.commandOf.mockImplementation((id: string) => commands.find((command) => command.id === id));
  Object.assign(page, { store, actions });
  document.body.replaceChildren(page);
  await page.updateComplete;
  return { store, page, actions };
}

export function runsOf(patch: Partial<Runs> = {}): Runs {
  const step = { step: 1, version: "v", shape: [1000, 3] as [number, number], dtype: "float32", file: "train/ckpt-1" };
  const embedding = {
    name: "words",
    configured: true,
    optimizer_slot: false,
    source: "checkpoint" as const,
    shape: step.shape,
    dtype: "float32",
    steps: [step, { ...step, step: 2 }],
    metadata: null,
    sprite: null,
  };
  const scan = { logdir: "logs", directories: 3, config_files: 1, checkpoints: 2, done: true };
  return { version: "1", scan, runs: [{ name: "train", embeddings: [embedding] }], problems: [], ...patch };
}

export function dataState(rows = 3): Partial<State> {
  const runs = runsOf();
  const [run] = runs.runs;
  const embedding = run!.embeddings[0]!;
  const bytes = new TextEncoder().encode(WORDS.join(""));
  const ends = WORDS.map((_, at) => new TextEncoder().encode(WORDS.slice(0, at + 1).join("")).length);
  const dictionary = new TextDictionary(bytes, Int32Array.of(0, ...ends));
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 3);
  const component = new Float32Array(rows);
  return {
    runs,
    shown: { run: run!, embedding, step: { ...embedding.steps[0]!, shape: [rows, 3] } },
    projection: {
      method: "pca",
      components: [component, component, component],
      varianceRatios: [0.5, 0.25, 0.1],
      rows,
      finiteRows: rows,
      space: "as stored",
      problems: [],
    },
    metadata: { columns: [{ kind: "text", name: "label", rows, codes, dictionary }], rows, lines: rows, problems: [] },
  };
}

/** The first column forty times: «column 0» to «column 39». */
export function withManyColumns(metadata: Metadata): Metadata {
  const columns = Array.from({ length: 40 }, (_, at) => ({ ...metadata.columns[0]!, name: `column ${at}` }));
  return { ...metadata, columns };
}
