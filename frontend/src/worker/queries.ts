/** Runs queries in a worker, one at a time, and terminates the worker when an expression takes too long. */
import type { Column } from "../data/column";
import { type Query, QueryError, type SearchKind } from "../data/search";
import { buffersOf, toPlain } from "./plain_column";
import type { Answer, ToWorker } from "./query_messages";

/**
 * Timeout of an expression that gets no further: a million distinct texts take a simple one a quarter of this in all, and
 * it reports thirty times meanwhile. One that gets on may take longer, unless a newer query waits.
 */
export const TIMEOUT_MS = 1000;

/** Thrown when the expression was aborted. */
export class QueryTimeout extends Error {
  override name = "QueryTimeout";
  readonly fix = "Repetition inside repetition, as in (a+)+, is what takes so long: repeat once.";
}

interface Request {
  readonly columns: readonly Column[];
  readonly query: Query;
  resolve(rows: Int32Array | null): void;
  reject(error: Error): void;
}

export class Queries {
  #worker: Worker | null = null;
  /** Ids of the columns that this worker has. */
  readonly #known = new Map<Column, number>();
  #nextId = 0;
  #running: Request | null = null;
  #waiting: Request | null = null;
  /** Its signal was aborted while it ran. */
  #abandoned: Request | null = null;
  /** When the running expression began with its first text. */
  #startedMs = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * The rows, in ascending order, that match in any of `columns`; null if superseded by a newer query, or aborted.
   * Throws QueryError for an invalid expression, QueryTimeout for one that gets no further.
   */
  find(columns: readonly Column[], query: Query, signal?: AbortSignal): Promise<Int32Array | null> {
    this.#waiting?.resolve(null);
    return new Promise((resolve, reject) => {
      const request = { columns, query, resolve, reject };
      signal?.addEventListener("abort", () => this.#abandon(request), { once: true });
      this.#waiting = request;
      this.#next();
    });
  }

  /** Hands the columns over before they are searched: a million texts take the first query a second. */
  prepare(columns: readonly Column[], search: SearchKind): void {
    this.#sendWith(columns, (ids) => ({ kind: "prepare", columns: ids, search }));
  }

  /** The worker forgets all columns but these; handing a million texts over again would take a second. */
  keepOnly(columns: readonly Column[]): void {
    const kept = new Set(columns);
    const gone = [...this.#known].filter(([column]) => !kept.has(column));
    if (gone.length === this.#known.size) this.stop();
    for (const [column, id] of gone) {
      this.#known.delete(column);
      if (this.#worker !== null) send(this.#worker, { kind: "forget", id });
    }
  }

  /** Drops pending queries; the worker forgets its columns. */
  stop(): void {
    this.#running?.resolve(null);
    this.#waiting?.resolve(null);
    this.#running = this.#waiting = null;
    this.#throwAway();
  }

  #next(): void {
    if (this.#running !== null || this.#waiting === null) return;
    const request = this.#waiting;
    [this.#running, this.#waiting, this.#startedMs] = [request, null, Infinity];
    this.#sendWith(request.columns, (ids) => ({ kind: "query", columns: ids, query: request.query }));
  }

  /** Sends a message about columns, after those of them that the worker does not have yet. */
  #sendWith(columns: readonly Column[], makeMessage: (ids: number[]) => ToWorker): void {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    send(worker, makeMessage(columns.map((column) => this.#handOver(worker, column))));
  }

  #handOver(worker: Worker, column: Column): number {
    const known = this.#known.get(column);
    if (known !== undefined) return known;
    const id = this.#nextId++;
    this.#known.set(column, id);
    const plain = toPlain(column);
    send(worker, { kind: "column", id, column: plain }, buffersOf(plain));
    return id;
  }

  /** Loaded from a separate file: TensorBoard's content security policy forbids any other kind of worker. */
  #start(): Worker {
    const worker = new Worker(new URL("./query_worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#receive(data));
    worker.addEventListener("error", (event) => this.#fail(new Error(event.message || "The search could not start.")));
    return worker;
  }

  #receive(answer: Answer): void {
    if (answer.kind === "started") {
      this.#startedMs = performance.now();
      if (this.#running?.query.mode === "regex") this.#giveTime();
    } else if (answer.kind === "progressed") {
      if (this.#isOutdated()) this.#supersede();
      else this.#giveTime();
    } else if (answer.kind === "found") this.#end((request) => request.resolve(answer.rows));
    else this.#end((request) => request.reject(new QueryError(answer.message)));
  }

  #giveTime(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(), TIMEOUT_MS);
  }

  #abandon(request: Request): void {
    request.resolve(null);
    if (request === this.#waiting) this.#waiting = null;
    if (request !== this.#running) return;
    this.#abandoned = request;
    if (this.#isOutdated()) this.#supersede();
  }

  /** Sooner, handing the columns over to a new worker could take longer than the rest of the search. */
  #isOutdated(): boolean {
    const isUnwanted = this.#waiting !== null || this.#running === this.#abandoned;
    return isUnwanted && performance.now() - this.#startedMs >= TIMEOUT_MS;
  }

  #supersede(): void {
    this.#throwAway();
    this.#end((request) => request.resolve(null));
  }

  #giveUp(): void {
    this.#fail(new QueryTimeout(`The expression got no further for ${TIMEOUT_MS / 1000} s and was stopped.`));
  }

  #fail(error: Error): void {
    this.#throwAway();
    this.#end((request) => request.reject(error));
  }

  #end(settle: (request: Request) => void): void {
    clearTimeout(this.#timer);
    const request = this.#running;
    this.#running = this.#abandoned = null;
    if (request !== null) settle(request);
    this.#next();
  }

  #throwAway(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#known.clear();
  }
}

function send(worker: Worker, message: ToWorker, transfer: ArrayBufferLike[] = []): void {
  worker.postMessage(message, transfer as Transferable[]);
}
