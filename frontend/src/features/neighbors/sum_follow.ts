/** Fetches the neighbors of a sum when its terms change, and parses typed terms. */
import type { Client } from "../../api/client";
import { formatCount, plural } from "../../data/format";
import { findLabeled } from "../../data/labels";
import { MAX_TERMS, splitExpression, type Term, type Word } from "../../data/terms";
import { labelColumn, spaceOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import { TaskError } from "../../work/task_error";
import type { Tasks } from "../../work/tasks";
import type { SumsActions } from "./fields";
import { fetchSum } from "./requests";

const INPUTS: readonly (keyof State)[] = [
  ...(["terms", "normalizeTerms", "metric", "neighborCount"] as const),
  ...(["spherize", "subset", "projection"] as const),
];
const TOO_MANY = `A sum has at most ${MAX_TERMS} points.`;

type SummingActions = Omit<SumsActions, "focusTerms">;

export function makeSumming(store: Store, client: Client, tasks: Tasks): SummingActions {
  const summing = new Summing(store, client, tasks);
  tasks.handle("sum", { retry: () => summing.load() });
  store.subscribe((_state, changed) => summing.follow(changed));
  const change = (terms: readonly Term[], patch: Partial<State> = {}) =>
    store.set({ terms, termsNote: null, ...(terms.length > 0 ? { list: "sum" } : {}), ...patch });
  return {
    addTerm: (row, sign) => {
      const { terms } = store.state;
      if (terms.length < MAX_TERMS) change([...terms, { row, sign }]);
      else store.set({ termsNote: TOO_MANY });
    },
    flipTerm: (at) =>
      change(
        store.state.terms.map((term, index) => (index === at ? { ...term, sign: term.sign === 1 ? -1 : 1 } : term)),
      ),
    removeTerm: (at) => change(store.state.terms.filter((_term, index) => index !== at)),
    clearTerms: () => change([]),
    typeTerms: (text) => summing.type(text),
  };
}

class Summing {
  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
  ) {}

  follow(changed: Changed): void {
    if (changed.has("shown")) this.#forget(); // It belonged to the previous data.
    if (!INPUTS.some((name) => changed.has(name))) return;
    const { projection, sumNeighborhood, terms } = this.store.state;
    if (terms.length === 0) this.#forget();
    else if (projection !== null && this.#dropMissingRows(projection.rows)) {
      const isPictureOnly = changed.has("projection") && !changed.has("terms") && sumNeighborhood !== null;
      if (!isPictureOnly) this.load();
    }
  }

  async load(): Promise<void> {
    const { shown, terms, normalizeTerms, metric, neighborCount } = this.store.state;
    if (shown === null || terms.length === 0) return;
    const space = spaceOf(this.store.state);
    const rows = space.subset?.rows.length ?? shown.step.shape[0];
    const query = { terms, normalized: normalizeTerms, metric, k: Math.max(1, Math.min(neighborCount, rows)) };
    const words = `Measuring distances to ${formatCount(rows)} points`;
    const found = await this.tasks.run("sum", words, (signal) => fetchSum(this.client, shown, query, space, signal));
    if (found !== undefined && shown === this.store.state.shown) this.store.set({ sumNeighborhood: found });
  }

  /** Returns false and sets a note if a word is not a label: the text stays in the field. */
  type(text: string): boolean {
    try {
      const { terms, notes } = readExpression(this.store.state, text);
      if (terms.length === 0) return false;
      const all = [...this.store.state.terms, ...terms];
      if (all.length > MAX_TERMS) throw new TaskError(TOO_MANY, "");
      this.store.set({ terms: all, list: "sum", termsNote: notes.join(" ") || null });
      return true;
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      this.store.set({ termsNote: `${error.message} ${error.fix}`.trim() });
      return false;
    }
  }

  #forget(): void {
    this.tasks.cancel("sum");
    this.tasks.forgive("sum");
    this.store.set({ sumNeighborhood: null });
  }

  /** Drops rows that do not exist, since a URL is untrusted input. False if any was dropped. */
  #dropMissingRows(rows: number): boolean {
    const { terms } = this.store.state;
    const existing = terms.filter(({ row }) => row < rows);
    if (existing.length === terms.length) return true;
    const termsNote = `${plural(terms.length - existing.length, "point")} of the sum left out: there are ${formatCount(rows)} rows.`;
    this.store.set({ terms: existing, termsNote });
    return false;
  }
}

/** The terms of an expression; `notes` explain ambiguous choices. Throws TaskError. */
export function readExpression(
  state: Readonly<State>,
  text: string,
): { readonly terms: readonly Term[]; readonly notes: readonly string[] } {
  const whole = text.trim();
  const isLabel = whole !== "" && findWord(state, whole) !== null;
  const words: readonly Word[] = isLabel ? [{ text: whole, sign: 1 }] : splitExpression(text);
  const notes: string[] = [];
  const terms = words.map(({ text: word, sign }) => {
    const found = findWord(state, word);
    if (found === null) throw new TaskError(`No point is labeled «${word}».`, adviceOn(state));
    if (found.count > 1) notes.push(`${formatCount(found.count)} points are labeled «${word}»: the first was taken.`);
    return { row: found.row, sign };
  });
  return { terms, notes };
}

function adviceOn(state: Readonly<State>): string {
  const column = labelColumn(state);
  if (column === null) return "Without labels, points are called «row 0», «row 1» and so on.";
  return `Labels are those of the column «${column.name}», letter for letter.`;
}

/** By label; «row 17» names any row. */
function findWord(state: Readonly<State>, word: string): { row: number; count: number } | null {
  const column = labelColumn(state);
  const labeled = column === null ? null : findLabeled(column, word);
  if (labeled !== null) return labeled;
  const row = Number(/^row (\d{1,10})$/.exec(word)?.[1] ?? Number.NaN);
  return row < (state.shown?.step.shape[0] ?? 0) ? { row, count: 1 } : null;
}
