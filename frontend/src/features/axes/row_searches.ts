/** Runs searches for rows one after the other, each on the columns it was begun with, and caches the results. */
import type { AxisSearch } from "../../data/axes";
import type { Column } from "../../data/column";
import { type Query, QueryError } from "../../data/search";
import { searchedColumns } from "../../state/derived";
import type { State } from "../../state/state";
import { TaskError } from "../../work/task_error";
import { Queries, QueryTimeout, TIMEOUT_MS } from "../../worker/queries";

/** Maximum number of cached results: more than six fields need; each may hold all rows. */
const MAX_CACHED = 12;

export class RowSearches {
  readonly #queries = new Queries();
  /** Rows, or why there are none: an expression that takes too long would take as long again. */
  readonly #cache = new Map<string, Int32Array | TaskError>();
  /** Other metadata may have columns of the same names. */
  readonly #ids = new WeakMap<Column, number>();
  #nextId = 0;
  /** The worker answers only the newest of the pending queries, so they are queued here. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Null for an empty search. Throws TaskError for an invalid expression, or one that takes too long, and the signal's
   * reason once that is aborted: what follows does not wait for it.
   */
  async find(state: Readonly<State>, search: AxisSearch, signal?: AbortSignal): Promise<Int32Array | null> {
    if (search.text === "") return null;
    const columns = searchedColumns(state, search.column);
    const key = JSON.stringify([search.text, search.mode, columns.map((column) => this.#idOf(column))]);
    if (!this.#cache.has(key)) {
      const turn = this.#last.then(() => this.#search(key, columns, search, signal));
      this.#last = turn.catch(() => {});
      return turn;
    }
    return rowsOf(this.#cache.get(key)!);
  }

  async #search(
    key: string,
    columns: readonly Column[],
    search: AxisSearch,
    signal?: AbortSignal,
  ): Promise<Int32Array> {
    signal?.throwIfAborted();
    const known = this.#cache.get(key); // By the turn before.
    if (known !== undefined) return rowsOf(known);
    try {
      const rows = await this.#queries.find(columns, toQuery(search), signal);
      signal?.throwIfAborted();
      this.#put(key, rows!); // Null is also for superseded queries, and these take turns.
      return rows!;
    } catch (error) {
      signal?.throwIfAborted();
      const failure = toTaskError(search.text, error);
      if (error instanceof QueryError || error instanceof QueryTimeout) this.#put(key, failure);
      throw failure;
    }
  }

  /** To be called when the columns have changed: frees the memory of the old ones once pending searches are done. */
  forget(): void {
    this.#cache.clear();
    this.#last = this.#last.then(() => this.#queries.stop());
  }

  #idOf(column: Column): number {
    const id = this.#ids.get(column) ?? this.#nextId++;
    this.#ids.set(column, id);
    return id;
  }

  #put(key: string, found: Int32Array | TaskError): void {
    this.#cache.set(key, found);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > MAX_CACHED && !oldest.done) this.#cache.delete(oldest.value);
  }
}

function rowsOf(found: Int32Array | TaskError): Int32Array {
  if (found instanceof TaskError) throw found;
  return found;
}

function toQuery({ text, mode }: AxisSearch): Query {
  return { text, mode, matchCase: false };
}

function toTaskError(text: string, error: unknown): TaskError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof QueryTimeout) {
    return new TaskError(`«${text}» got no further for ${TIMEOUT_MS / 1000} s and was stopped.`, error.fix);
  }
  return new TaskError(message, "Correct the expression, or search for plain text.");
}
