/** Keeps the matches up to date with the query, the columns searched and the data. */

import { QueryError } from "../data/search";
import { searchedColumns } from "../state/derived";
import type { Failure, State } from "../state/state";
import type { Changed, Store } from "../state/store";
import { Queries, QueryTimeout } from "../worker/queries";

const INPUTS: readonly (keyof State)[] = ["query", "regex", "searchIn", "labelBy", "metadata"];
/** Whoever types is faster than this from key to key; whoever waits does not notice it. */
const TYPING_MS = 60;
const SIMPLER = "Repetition inside repetition, as in (a+)+, is what takes so long: repeat once.";

export function keepSearching(store: Store): void {
  const searching = new Searching(store);
  store.subscribe((_state, changed: Changed) => {
    if (changed.has("metadata")) searching.forget();
    if (INPUTS.some((name) => changed.has(name))) searching.follow();
  });
}

class Searching {
  readonly #queries = new Queries();
  #timer = 0;
  /** Counts the changes: an answer to anything but the newest is dropped. */
  #newest = 0;

  constructor(private readonly store: Store) {}

  /** Rows of columns that are gone. */
  forget(): void {
    this.#queries.stop();
  }

  follow(): void {
    clearTimeout(this.#timer);
    this.#newest++;
    const { query, metadata } = this.store.state;
    if (query === "" || metadata === null) this.#show(null, null);
    else this.#timer = window.setTimeout(() => this.#search(), TYPING_MS);
  }

  async #search(): Promise<void> {
    const { query: text, regex, tasks } = this.store.state;
    const asked = this.#newest;
    this.store.set({ tasks: { ...tasks, search: { words: "Searching", startedAtMs: performance.now() } } });
    try {
      const matches = await this.#queries.find(searchedColumns(this.store.state), { text, regex });
      if (asked === this.#newest) this.#show(matches, null);
    } catch (error) {
      if (asked === this.#newest) this.#show(null, toFailure(error));
    }
  }

  #show(matches: Int32Array | null, failure: Failure | null): void {
    const { search: _task, ...tasks } = this.store.state.tasks;
    const { search: _failure, ...failures } = this.store.state.failures;
    this.store.set({ matches, tasks, failures: failure === null ? failures : { ...failures, search: failure } });
  }
}

function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof QueryTimeout) return { message, fix: SIMPLER };
  return { message, fix: error instanceof QueryError ? "" : "Reload the page." };
}
