/** The layout worker's own helper: a thread that computes repulsions. It ends with the worker that made it. */
import type { Repeller, Repulsion } from "../engine/repeller";
import type { FromRepulsion, ToRepulsion } from "./repulsion_messages";

const NOTHING = new Float32Array(0);

export class RepulsionThread implements Repeller {
  readonly #worker: Worker;
  /** They go to the thread and come back. */
  #positions = NOTHING;
  #repulsions = NOTHING;
  #answer: (repulsion: Repulsion | null) => void = () => {};
  /** The last request, until it is answered. */
  #pending: Promise<Repulsion | null> | null = null;
  #hasFailed = false;

  constructor(private readonly module: WebAssembly.Module) {
    this.#worker = new Worker(new URL("./repulsion_worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromRepulsion>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => this.#fail(event));
  }

  /** The arrays are with the thread until it answers: a request that comes earlier waits, with a copy of its positions. */
  repel(positions: Float32Array): Promise<Repulsion | null> {
    const before = this.#pending;
    const request = before === null ? this.#ask(positions) : this.#askAfter(before, positions.slice());
    this.#pending = request;
    void request.then(() => {
      if (this.#pending === request) this.#pending = null;
    });
    return request;
  }

  async #askAfter(before: Promise<unknown>, positions: Float32Array): Promise<Repulsion | null> {
    await before;
    return this.#ask(positions);
  }

  #ask(positions: Float32Array): Promise<Repulsion | null> {
    if (this.#hasFailed) return Promise.resolve(null);
    if (positions.length !== this.#positions.length) this.#reserve(positions.length);
    this.#positions.set(positions);
    return new Promise((resolve) => {
      this.#answer = resolve;
      const arrays = { positions: this.#positions, repulsions: this.#repulsions };
      this.#send({ kind: "repel", ...arrays }, [arrays.positions.buffer, arrays.repulsions.buffer]);
    });
  }

  #reserve(length: number): void {
    [this.#positions, this.#repulsions] = [new Float32Array(length), new Float32Array(length)];
    this.#send({ kind: "reserve", module: this.module, rows: length / 2 });
  }

  #receive({ positions, repulsions, normalization }: FromRepulsion): void {
    [this.#positions, this.#repulsions] = [positions, repulsions];
    this.#answer({ repulsions, normalization });
  }

  /** The layout goes on alone. */
  #fail(event: ErrorEvent): void {
    event.preventDefault();
    this.#hasFailed = true;
    this.#answer(null);
  }

  #send(message: ToRepulsion, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
