/** Keeps the view in the URL; opens the one it starts with and every link pasted later, and reports invalid parts. */
import { readAddress, tokenLength, watchAddress, writeAddress } from "../../api/tensorboard_page";
import { fitTokens, rowsLeftOut, unreadNote } from "../../data/address_text";
import { isLayoutMethod, type LayoutMethod } from "../../data/coordinates";
import type { Actions } from "../../state/actions";
import { FIELDS, type State } from "../../state/state";
import type { Store } from "../../state/store";
import { nameOfField, readView, VIEW_FIELDS, writeView } from "../../state/view";
import { noteMissing } from "./missing";
import { OpenedLink } from "./opened_link";

/** Delay before the URL is updated: one that changes with every keystroke cannot be copied. */
const ADDRESS_MS = 250;
/** Maximum length of the URL's tokens: mail programs, chats and proxies truncate much longer URLs. */
const MAX_CHARS = 2000;
/** Values of what a link does not name, apart from the user's own vectors. */
const STARTING = startingView();

export function syncAddress(store: Store, actions: Actions): void {
  new Address(store, actions);
}

class Address {
  #timer = 0;
  #link: OpenedLink | null = null;
  #endOfNotes: () => void = () => {};
  /** The tokens of the link opened last. */
  #opened: Record<string, string>;
  /** The tokens, as text, that the URL had when it was last written or opened. */
  #written = "";
  /** The tokens, as text, that the URL keeps while another tab is in front: TensorBoard comes back with them. */
  #keptByOthers = "";

  constructor(
    private readonly store: Store,
    private readonly actions: Actions,
  ) {
    this.#opened = readAddress();
    this.#written = textOf(this.#opened);
    this.#open(this.#opened);
    // A URL typed by hand may be too long, or have invalid parts.
    if (Object.keys(this.#opened).length > 0) this.#writeLater();
    store.subscribe((_state, changed) => {
      if (changed.has("shown") || VIEW_FIELDS.some((name) => changed.has(name))) this.#writeLater();
    });
    watchAddress((isOurs) => this.#follow(isOurs));
  }

  /** Going to another tab and back changes nothing: a link has tokens that were in the URL neither here nor there. */
  #follow(isOurs: boolean): void {
    const tokens = readAddress();
    const text = textOf(tokens);
    const isKnown = text === this.#written || text === this.#keptByOthers;
    this.#keptByOthers = isOurs ? "" : text;
    if (!isOurs) return;
    if (isKnown) {
      this.#written = text;
      this.#writeLater();
    } else if (Object.keys(tokens).length > 0) void this.#openAnother(tokens);
  }

  /** As in a new window, but for the user's own vectors, which stay. */
  async #openAnother(tokens: Record<string, string>): Promise<void> {
    this.#opened = tokens;
    this.#written = textOf(tokens);
    const { uploads } = this.store.state;
    const more = (readView(tokens).uploads ?? []).filter((one) => !uploads.includes(one));
    if (more.length > 0) {
      this.store.set({ uploads: [...uploads, ...more] });
      await this.actions.loadRuns();
    }
    if (this.#opened === tokens) this.#open(tokens);
  }

  #open(tokens: Record<string, string>): void {
    this.#link?.end();
    this.#endOfNotes();
    const view = readView(tokens);
    const { trail: _isolatedLater, uploads = [], ...atOnce } = view;
    const fields = { ...STARTING, ...atOnce };
    // The first call may choose other data, which has no selection yet; the second selects.
    this.store.set({ ...fields, uploads: [...new Set([...this.store.state.uploads, ...uploads])] });
    this.store.set({ ...fields, addressNotes: unreadNotes(tokens, view), addressLayout: layoutOf(view) });
    this.#endOfNotes = noteMissing(this.store, view);
    this.#link = new OpenedLink(this.store, this.actions, view);
  }

  #writeLater(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#writeOrOpen(), ADDRESS_MS);
  }

  #writeOrOpen(): void {
    if (this.#hasUnopened()) this.#follow(true);
    else this.#write();
  }

  #write(): void {
    const { state } = this.store;
    const view = withData(writeView({ ...state, trail: this.#link!.trailToKeep(state) }), state);
    const { kept, leftOut } = fitTokens(view, MAX_CHARS, tokenLength);
    writeAddress(kept);
    this.#written = textOf(readAddress()); // Nothing is written while another tab is in front.
    if (leftOut.join() !== state.addressLeavesOut.join()) this.store.set({ addressLeavesOut: leftOut });
  }

  /** The URL may have a link whose event has yet to come. */
  #hasUnopened(): boolean {
    const tokens = readAddress();
    const text = textOf(tokens);
    return Object.keys(tokens).length > 0 && text !== this.#written && text !== this.#keptByOthers;
  }
}

/**
 * What is written, with the run and the tensor that it is of: elsewhere, or later, others may be the first. The step is
 * written only if the user chose it: whoever looks at the newest one goes on to.
 */
function withData(view: Record<string, string>, { shown }: Readonly<State>): Record<string, string> {
  const isOfShown = shown !== null && (view.run === undefined || view.run === shown.run.name);
  if (!isOfShown || Object.keys(view).length === 0) return view;
  return { run: shown.run.name, embedding: shown.embedding.name, ...view };
}

function startingView(): Partial<State> {
  const { uploads: _stay, ...fields } = Object.fromEntries(VIEW_FIELDS.map((name) => [name, FIELDS[name].initial]));
  return { ...fields, subset: null, selectionWords: "", selectionNote: null, colorByQuality: false };
}

/** The same for the same tokens: TensorBoard writes them in any order. */
function textOf(tokens: Record<string, string>): string {
  return JSON.stringify(Object.entries(tokens).sort());
}

function layoutOf({ method }: Partial<State>): LayoutMethod | null {
  return method !== undefined && isLayoutMethod(method) ? method : null;
}

function unreadNotes(tokens: Record<string, string>, view: Partial<State>): string[] {
  return Object.entries(tokens)
    .filter(([name, value]) => !(name in view) || rowsLeftOut(name, value) !== null)
    .map(([name, value]) => unreadNote(name, value, nameOfField(name)));
}
