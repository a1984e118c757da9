/** Keeps the view in the URL; applies the URL at the start, and reports invalid parts. */
import { readAddress, tokenLength, writeAddress } from "../../api/tensorboard_page";
import { fitTokens, missingNote, rowsLeftOut, unreadNote } from "../../data/address_text";
import { findColumn } from "../../data/column";
import { isLayoutMethod, type LayoutMethod } from "../../data/coordinates";
import type { Actions } from "../../state/actions";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { readView, VIEW_FIELDS, writeView } from "../../state/view";
import { OpenedLink } from "./opened_link";

/** Delay before the URL is updated: one that changes with every keystroke cannot be copied. */
const ADDRESS_MS = 250;
/** Maximum length of the URL's tokens: mail programs, chats and proxies truncate much longer URLs. */
const MAX_CHARS = 2000;

export function syncAddress(store: Store, actions: Actions): void {
  const tokens = readAddress();
  const view = readView(tokens);
  const { trail: _isolatedLater, ...atOnce } = view;
  store.set({ ...atOnce, addressNotes: unreadNotes(tokens, view), addressLayout: layoutOf(view) });
  noteMissing(store, view);
  const link = new OpenedLink(store, actions, view);
  const write = (state: Readonly<State>) => writeState(store, { ...state, trail: link.trailToKeep(state) });
  let timer = 0;
  // A URL typed by hand may be too long, or have invalid parts.
  if (Object.keys(tokens).length > 0) timer = window.setTimeout(() => write(store.state), ADDRESS_MS);
  store.subscribe((state, changed) => {
    if (!VIEW_FIELDS.some((name) => changed.has(name))) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => write(state), ADDRESS_MS);
  });
}

function writeState(store: Store, state: Readonly<State>): void {
  const { kept, leftOut } = fitTokens(writeView(state), MAX_CHARS, tokenLength);
  writeAddress(kept);
  if (leftOut.join() !== store.state.addressLeavesOut.join()) store.set({ addressLeavesOut: leftOut });
}

function layoutOf({ method }: Partial<State>): LayoutMethod | null {
  return method !== undefined && isLayoutMethod(method) ? method : null;
}

function unreadNotes(tokens: Record<string, string>, view: Partial<State>): string[] {
  return Object.entries(tokens)
    .filter(([name, value]) => !(name in view) || rowsLeftOut(name, value) !== null)
    .map(([name, value]) => unreadNote(name, value, (VIEW_FIELDS as string[]).includes(name)));
}

/** Valid names may refer to missing data: checked once the data has arrived. */
function noteMissing(store: Store, view: Partial<State>): void {
  const say = (notes: (string | null)[]) => {
    const said = notes.filter((note) => note !== null);
    if (said.length > 0) store.set({ addressNotes: [...store.state.addressNotes, ...said] });
  };
  const endOfShown = store.subscribe(({ shown }) => {
    if (shown === null) return;
    endOfShown();
    say(dataNotes(view, shown));
  });
  const endOfMetadata = store.subscribe((state) => {
    if (state.metadata === null) return;
    endOfMetadata();
    say(columnNotes(view, state));
  });
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
