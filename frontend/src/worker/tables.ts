/** Sorts and filters the table's rows in a worker, one task at a time, the newest next. */
import type { Column } from "../data/column";
import { buffersOf, toPlain } from "./plain_column";
import type { TableAnswer, TableTask, ToTableWorker } from "./table_messages";

interface Request {
  readonly task: TableTask;
  readonly columns: readonly Column[];
  readonly passing: readonly Column[];
  resolve(answer: TableAnswer | null): void;
  reject(error: Error): void;
}

export class Tables {
  #worker: Worker | null = null;
  readonly #handedOver = new Set<Column>();
  #running: Request | null = null;
  #waiting: Request | null = null;

  /**
   * `columns`: those that the task names, transferred once; `passing` ones are sent with each task. Null if superseded
   * by a newer task.
   */
  order(task: TableTask, columns: readonly Column[], passing: readonly Column[]): Promise<TableAnswer | null> {
    this.#waiting?.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting = { task, columns, passing, resolve, reject };
      this.#next();
    });
  }

  /** The columns are gone: pending work is of no use. */
  stop(): void {
    this.#running?.resolve(null);
    this.#waiting?.resolve(null);
    this.#running = this.#waiting = null;
    this.#throwAway();
  }

  #next(): void {
    if (this.#running !== null || this.#waiting === null) return;
    const request = this.#waiting;
    [this.#running, this.#waiting] = [request, null];
    this.#worker ??= this.#start();
    for (const column of request.columns) this.#handOver(this.#worker, column);
    const passing = request.passing.map(toPlain);
    send(this.#worker, { kind: "task", task: request.task, passing }, passing.flatMap(buffersOf));
  }

  #handOver(worker: Worker, column: Column): void {
    if (this.#handedOver.has(column)) return;
    this.#handedOver.add(column);
    const plain = toPlain(column);
    send(worker, { kind: "column", column: plain }, buffersOf(plain));
  }

  /** Loaded from a separate file: TensorBoard's content security policy forbids any other kind of worker. */
  #start(): Worker {
    const worker = new Worker(new URL("./table_worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<TableAnswer>) => {
      this.#end((request) => request.resolve(data));
    });
    worker.addEventListener("error", (event) => {
      this.#throwAway();
      this.#end((request) => request.reject(new Error(event.message || "The table's worker could not start.")));
    });
    return worker;
  }

  #end(settle: (request: Request) => void): void {
    const request = this.#running;
    this.#running = null;
    if (request !== null) settle(request);
    this.#next();
  }

  #throwAway(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#handedOver.clear();
  }
}

function send(worker: Worker, message: ToTableWorker, transfer: ArrayBufferLike[] = []): void {
  worker.postMessage(message, transfer as Transferable[]);
}
