/** Updates the matches when the query, the searched columns or the data change; and goes through them. */

import type { Combine } from "../../data/row_sets";
import { nextMatch, QueryError } from "../../data/search";
import { rowsWithin } from "../../data/space";
import type { Failure } from "../../data/task";
import type { Actions } from "../../state/actions";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import type { Picture } from "../../view/picture";
import type { Tasks } from "../../work/tasks";
import { Queries, QueryTimeout } from "../../worker/queries";
import type { SearchActions } from "./fields";
import { columnsToSearch, hasOnlyNumbers } from "./searched";

const INPUTS: readonly (keyof State)[] = [
  ...(["query", "searchMode", "matchCase", "searchIn"] as const),
  ...(["labelBy", "metadata", "subset"] as const),
];
/** Delay of a search after keystrokes in quicker succession than this: more are likely to come. */
const TYPING_MS = 60;
const CANCELED: Failure = { message: "The search was canceled.", fix: "", isCanceled: true };

export function followSearch(
  store: Store,
  picture: Picture,
  tasks: Tasks,
  actions: Actions,
): Omit<SearchActions, "focusSearch"> {
  const searching = new Searching(store, picture, tasks, actions);
  tasks.handle("search", { retry: () => searching.follow(), canceled: () => searching.end() });
  store.subscribe((state, changed: Changed) => {
    if (changed.has("metadata")) searching.forgetRemoved();
    const hasOtherRows = changed.has("shown") && hasOnlyNumbers(state);
    if (hasOtherRows || INPUTS.some((name) => changed.has(name))) searching.follow();
  });
  return {
    prepareSearch: () => searching.prepare(),
    walkMatches: (by) => searching.walk(by),
    selectMatches: (combine) => searching.select(combine),
  };
}

class Searching {
  readonly #queries = new Queries();
  #timer = 0;
  #followedAt = -Infinity;
  /** Counts the changes: results of older ones are dropped. */
  #newest = 0;
  #isSearching = false;
  /** Enter was pressed before there was a result. */
  #walkSoon: 1 | -1 | null = null;

  constructor(
    private readonly store: Store,
    private readonly picture: Picture,
    private readonly tasks: Tasks,
    private readonly actions: Actions,
  ) {}

  /** A tag adds a column, or replaces one: the others stay. */
  forgetRemoved(): void {
    this.#queries.keepOnly(columnsOf(this.store.state));
  }

  prepare(): void {
    const { state } = this.store;
    const columns = columnsToSearch(state);
    const { searchMode: mode, matchCase } = state;
    if (columns.length > 0) this.#queries.prepare(columns, { mode, matchCase });
  }

  /** The user has canceled it. */
  end(): void {
    this.#queries.stop();
    this.#drop();
    this.#show(null, CANCELED);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#newest++;
    this.#walkSoon = null;
  }

  follow(): void {
    this.#drop();
    const { state } = this.store;
    if (state.failures.search?.isCanceled) this.tasks.forgive("search");
    this.#isSearching = state.query !== "" && columnsToSearch(state).length > 0;
    const now = performance.now();
    const isTyping = now - this.#followedAt < TYPING_MS;
    this.#followedAt = now;
    if (!this.#isSearching) this.#show(null, null);
    else if (isTyping) this.#timer = window.setTimeout(() => this.#search(), TYPING_MS);
    else this.#search(); // The worker begins while the page draws what was typed.
  }

  walk(by: 1 | -1): void {
    const { matches, row } = this.store.state;
    if (this.#isSearching) {
      this.#walkSoon = by;
      return;
    }
    const next = matches && nextMatch(matches, row, by);
    if (next === null) return;
    this.actions.select(next);
    this.store.set({ list: "matches" });
    if (this.picture.pointer.locate(next) === null) this.picture.camera.flyTo(Int32Array.of(next));
  }

  select(combine: Combine = "replace"): void {
    const { matches, query } = this.store.state;
    if (matches !== null) this.actions.selectRows(matches, combine, `matches of «${query}»`);
  }

  async #search(): Promise<void> {
    const { query: text, searchMode: mode, matchCase, tasks } = this.store.state;
    const requestId = this.#newest;
    this.store.set({ tasks: { ...tasks, search: { words: "Searching", startedAtMs: performance.now() } } });
    try {
      const matches = await this.#queries.find(columnsToSearch(this.store.state), { text, mode, matchCase });
      if (requestId === this.#newest) this.#show(matches && rowsWithin(matches, this.store.state.subset), null);
    } catch (error) {
      if (requestId === this.#newest) this.#show(null, toFailure(error));
    }
  }

  #show(matches: Int32Array | null, failure: Failure | null): void {
    const { tasks, failures } = this.store.state;
    const { search: task, ...otherTasks } = tasks;
    const { search: before, ...otherFailures } = failures;
    this.#isSearching = false;
    // What stays the same keeps its identity: other elements render nothing anew.
    this.store.set({
      matches,
      tasks: task === undefined ? tasks : otherTasks,
      failures:
        failure !== null ? { ...otherFailures, search: failure } : before === undefined ? failures : otherFailures,
    });
    if (this.#walkSoon !== null) this.walk(this.#walkSoon);
    this.#walkSoon = null;
  }
}

function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof QueryTimeout) return { message, fix: error.fix };
  return { message, fix: error instanceof QueryError ? "" : "Reload the page." };
}
