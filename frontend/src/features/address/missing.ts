/** Valid parts of a link may name data, columns or points that are not there. */
import { missingNote } from "../../data/address_text";
import { findColumn } from "../../data/column";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

/** Checked once the data has arrived. Returns what ends it: another link was opened. */
export function noteMissing(store: Store, view: Partial<State>): () => void {
  const say = (notes: (string | null)[]) => {
    const said = notes.filter((note) => note !== null);
    if (said.length > 0) store.set({ addressNotes: [...store.state.addressNotes, ...said] });
  };
  const ends = [
    once(
      store,
      ({ shown }) => shown !== null,
      ({ shown }) => say(dataNotes(view, shown!)),
    ),
    once(
      store,
      ({ metadata }) => metadata !== null,
      (state) => say(columnNotes(view, state)),
    ),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Calls `then` as soon as the condition holds, which may be now. */
function once(store: Store, holds: (state: Readonly<State>) => boolean, then: (state: Readonly<State>) => void) {
  if (holds(store.state)) {
    then(store.state);
    return () => {};
  }
  const stop = store.subscribe((state) => {
    if (!holds(state)) return;
    stop();
    then(state);
  });
  return stop;
}

function dataNotes(view: Partial<State>, { run, embedding, step }: NonNullable<State["shown"]>): (string | null)[] {
  const isRun = view.run == null || view.run === run.name;
  const isEmbedding = view.embedding == null || view.embedding === embedding.name;
  const isStep = view.step == null || view.step === step.step;
  if (!isRun) return [missingNote("run", view.run!, run.name)];
  if (!isEmbedding) return [missingNote("tensor", view.embedding!, embedding.name)];
  return [isStep ? null : missingNote("step", String(view.step), `step ${step.step ?? "without a number"}`)];
}

function columnNotes(view: Partial<State>, state: Readonly<State>): (string | null)[] {
  const columns = columnsOf(state);
  const missing = (kind: string, name: string | null | undefined, shown: string) =>
    !name || findColumn(columns, name) !== null ? null : missingNote(kind, name, shown);
  return [
    missing("label column", view.labelBy, "the usual one"),
    missing("column of the most important labels", view.importanceBy, "the usual order"),
    missing("color column", view.colorBy, "the usual one"),
    missing("column to search in", view.searchIn, "the one that labels"),
  ];
}
