/** Commands for runs and steps, local files, and metadata. */
import { formatCount } from "../../data/format";
import { choosableRuns } from "../../data/runs";
import type { Actions } from "../../state/actions";
import { byWords, type Command, type CommandGroup } from "../../state/command";
import { columnsOf, hasData } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { switchData } from "../../state/switch_data";

export function dataCommands(store: Store, actions: Actions): Command[] {
  const load = () => actions.loadMetadata(null);
  return [
    { id: "open-vectors", words: "Open a file with vectors", keys: [], run: () => actions.openVectors(null) },
    { id: "load-metadata", words: "Load metadata from a file", keys: [], run: load, when: hasData },
    {
      id: "own-metadata",
      words: "Metadata of the run itself",
      keys: [],
      run: () => actions.forgetMetadata(),
      when: ({ metadataUpload }) => metadataUpload !== null,
    },
    {
      id: "save-metadata",
      words: "Save the metadata as TSV",
      keys: [],
      run: () => actions.downloadMetadata(),
      when: (state) => columnsOf(state).length > 0,
    },
    stepCommand(store, "previous-step", "Previous step of the tensor", "[", -1),
    stepCommand(store, "next-step", "Next step of the tensor", "]", 1),
    { id: "reload", words: "Reload the logdir", keys: [], run: () => void actions.reload() },
  ];
}

/** Steps without a number cannot be named, so they are passed over. */
function stepCommand(store: Store, id: string, words: string, key: string, by: -1 | 1): Command {
  const wanted = ({ shown }: State) => {
    const steps = (shown?.embedding.steps ?? []).flatMap(({ step }) => (step === null ? [] : [step]));
    const at = steps.indexOf(shown?.step.step ?? Number.NaN);
    return at < 0 ? undefined : steps[at + by];
  };
  return {
    id,
    words,
    keys: [key],
    run: () => store.set({ step: wanted(store.state)! }),
    when: (state) => wanted(state) !== undefined,
  };
}

/** Commands to label by each column, and to go to each run, tensor and step. */
export function goToCommands(store: Store): CommandGroup[] {
  return [
    { name: "Label", commands: labelCommands(store) },
    { name: "Go to", commands: [...runCommands(store), ...tensorCommands(store), ...stepCommands(store)] },
  ];
}

function labelCommands(store: Store): Command[] {
  return columnsOf(store.state).map(({ name }) =>
    byWords("label", `Label by ${name}`, () => store.set({ labelBy: name })),
  );
}

function runCommands(store: Store): Command[] {
  return choosableRuns(store.state.runs)
    .filter((run) => run.name !== store.state.shown?.run.name)
    .map(({ name }) => goToCommand(store, `run ${name}`, { run: name, embedding: null, step: null }));
}

function tensorCommands(store: Store): Command[] {
  const { shown } = store.state;
  return (shown?.run.embeddings ?? [])
    .filter((embedding) => embedding !== shown?.embedding)
    .map(({ name }) => goToCommand(store, `tensor ${name}`, { embedding: name, step: null }));
}

function stepCommands(store: Store): Command[] {
  const { shown } = store.state;
  return (shown?.embedding.steps ?? [])
    .filter(({ step }) => step !== null && step !== shown?.step.step)
    .map(({ step }) => byWords("go-to", `Go to step ${formatCount(step!)}`, () => store.set({ step })));
}

function goToCommand(store: Store, words: string, target: Parameters<typeof switchData>[0]): Command {
  return byWords("go-to", `Go to ${words}`, () => store.set(switchData(target)));
}
