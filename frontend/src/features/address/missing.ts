/** Finds parts of a link that name missing data, columns or points. */
import { missingNote, missingRowNote } from "../../data/address_text";
import { lastAxisRow } from "../../data/axes";
import { columnsOf, isLoaded } from "../../state/derived";
import { missingColumns, type NamedColumn } from "../../state/named_columns";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

/** The column's purpose, and the words for its replacement; null: that part of the link is ignored. */
const COLUMN_WORDS: Record<NamedColumn["field"], readonly [string, string | null]> = {
  labelBy: ["label column", "the usual one"],
  importanceBy: ["column of the most important labels", "the usual order"],
  colorBy: ["color column", "the usual one"],
  searchIn: ["column to search in", "the one that labels"],
  superviseBy: ["column that supervises layouts", null],
  sizeBy: ["size column", "one size"],
  imageBy: ["image column", "the sprite sheet, if any,"],
  filters: ["filtered column", null],
  tableSort: ["column that sorts the table", null],
  colorChoices: ["column of the custom colors", null],
};

/** Checked once the data has arrived. Returns what ends it: another link was opened. */
export function noteMissing(store: Store, view: Partial<State>): () => void {
  const say = (notes: readonly string[]) => {
    if (notes.length > 0) store.set({ addressNotes: [...store.state.addressNotes, ...notes] });
  };
  const ends = [
    once(
      store,
      ({ shown }) => shown !== null,
      ({ shown }) => {
        const notes = dataNotes(view, shown!);
        say(notes.length > 0 ? notes : rowNotes(view, shown!));
      },
    ),
    once(store, areColumnsKnown, (state) => say(columnNotes(view, state))),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Data without metadata has no columns; of metadata that cannot be read, they are not known. */
function areColumnsKnown(state: Readonly<State>): boolean {
  const hasFailed = state.failures.projection !== undefined || state.failures.metadata !== undefined;
  return state.metadata !== null || (state.shown !== null && isLoaded(state) && !hasFailed);
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

function dataNotes(view: Partial<State>, { run, embedding, step }: NonNullable<State["shown"]>): string[] {
  const isRun = view.run == null || view.run === run.name;
  const isEmbedding = view.embedding == null || view.embedding === embedding.name;
  const isStep = view.step == null || view.step === step.step;
  if (!isRun) return [missingNote("run", view.run!, run.name)];
  if (!isEmbedding) return [missingNote("tensor", view.embedding!, embedding.name)];
  return isStep ? [] : [missingNote("step", String(view.step), `step ${step.step ?? "without a number"}`)];
}

function columnNotes(view: Partial<State>, state: Readonly<State>): string[] {
  const notes = missingColumns(view, columnsOf(state)).map(({ field, name }) => {
    const [kind, instead] = COLUMN_WORDS[field];
    return missingNote(kind, name, instead);
  });
  return [...new Set(notes)];
}

/** One note for all of them; none where the data is not that of the link, which has a note of its own. */
function rowNotes(view: Partial<State>, shown: NonNullable<State["shown"]>): string[] {
  const [rows] = shown.step.shape;
  const terms = (view.terms ?? []).map(({ row }) => row);
  const named = [
    view.row ?? -1,
    ...(view.selection ?? []).slice(-1),
    ...terms,
    view.axes ? lastAxisRow(view.axes) : -1,
  ];
  const last = named.reduce((most, row) => Math.max(most, row), -1);
  return last < rows ? [] : [missingRowNote(last, rows)];
}
