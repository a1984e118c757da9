/** Runs searches for rows one after the other, each on the columns it was begun with, and caches the results. */
import type { AxisSearch } from "../../data/axes";
import type { Column } from "../../data/column";
import type { Query } from "../../data/search";
import { searchedColumns } from "../../state/derived";
import type { State } from "../../state/state";
import { TaskError } from "../../work/task_error";
import { Queries, QueryTimeout, TIMEOUT_MS } from "../../worker/queries";

/** Maximum number of cached results: more than six fields need; each may hold all rows. */
const MAX_CACHED = 12;

export class RowSearches {
  readonly #queries = new Queries();
  readonly #cache = new Map<string, Int32Array>();
  /** Other metadata may have columns of the same names. */
  readonly #ids = new WeakMap<Column, number>();
  #nextId = 0;
  /** The worker answers only the newest of the pending queries, so they are queued here. */
  #last: Promise<unknown> = Promise.resolve();

  /** Null for an empty search. Throws TaskError for an invalid expression, or one that takes too long. */
  async find(state: Readonly<State>, search: AxisSearch): Promise<Int32Array | null> {
    if (search.text === "") return null;
    const columns = searchedColumns(state, search.column);
    const key = JSON.stringify([search.text, search.regex, columns.map((column) => this.#idOf(column))]);
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const turn = this.#last.then(() => this.#queries.find(columns, toQuery(search)));
    this.#last = turn.catch(() => {});
    const rows = await turn.catch((error) => {
      throw toTaskError(search.text, error);
    });
    this.#put(key, rows!); // Null is for superseded queries, and these take turns.
    return rows;
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

  #put(key: string, rows: Int32Array): void {
    this.#cache.set(key, rows);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > MAX_CACHED && !oldest.done) this.#cache.delete(oldest.value);
  }
}

function toQuery({ text, regex }: AxisSearch): Query {
  return { text, mode: regex ? "regex" : "text", matchCase: false };
}

function toTaskError(text: string, error: unknown): TaskError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof QueryTimeout) {
    return new TaskError(`«${text}» got no further for ${TIMEOUT_MS / 1000} s and was stopped.`, error.fix);
  }
  return new TaskError(message, "Correct the expression, or search for plain text.");
}
