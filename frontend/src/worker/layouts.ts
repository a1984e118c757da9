/** Has a layout (t-SNE, UMAP) made in a worker. One at a time; the worker goes with its layout, and all its memory with it. */
import type { FromWorker, LayoutFrame, LayoutTask, ToWorker } from "./layout_messages";

export type { TsneOptions } from "../engine/tsne_options";
export type { UmapOptions } from "../engine/umap_options";
export type { LayoutFrame, LayoutTask } from "./layout_messages";

export interface LayoutEvents {
  /** The share, 0 to 1, of the work before the first iteration. */
  onPreparing(share: number): void;
  /** Every iteration, in order; none while it is paused. Whoever takes it gives the positions back. */
  onFrame(frame: LayoutFrame): void;
  /** The KL divergence at a pause. */
  onRested(klDivergence: number | null): void;
  /** It has ended against everybody's will; another can be started. */
  onDied(failure: { message: string; fix: string }): void;
}

/** An iteration of the largest layouts takes seconds; a worker that says nothing for longer than this is gone. */
const SILENT_MS = 60_000;
const LOOKS = 20;
const DIED = "The layout ended: its worker";
const AGAIN =
  "Run it again; if it ends again, choose fewer neighbors, two dimensions, or close other tabs: memory is short.";

export class Layouts {
  #worker: Worker | null = null;
  /** Made ahead of its layout. */
  #spare: Worker | null = null;
  #isPaused = false;
  /** Frames that came after a pause. */
  #held: LayoutFrame[] = [];
  #looks = 0;
  #watchdog: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly events: LayoutEvents,
    private readonly loadKernel: (method: LayoutTask["method"]) => Promise<WebAssembly.Module>,
  ) {}

  /** What `start` needs besides its task, while that is still on its way. */
  makeReady(method: LayoutTask["method"]): void {
    this.#spare ??= this.#makeWorker();
    this.loadKernel(method).catch(() => {}); // `start` asks again, and tells.
  }

  /** Ends the one before. Takes the graph's arrays over: they are empty here afterwards. */
  start(task: LayoutTask): void {
    const worker = this.#spare ?? this.#makeWorker();
    this.#spare = null;
    this.stop();
    this.#worker = worker;
    this.loadKernel(task.method).then(
      (module) => this.#begin(worker, module, task),
      (error) => this.#die(worker, `The layout cannot start: ${wordsOf(error)}.`, "Reload the page."),
    );
  }

  /** Nothing more is told until `resume`. */
  pause(): void {
    this.#isPaused = true;
    this.#send({ kind: "pause" });
  }

  resume(): void {
    this.#isPaused = false;
    this.#looks = 0;
    const held = this.#held;
    this.#held = [];
    for (const frame of held) this.events.onFrame(frame);
    this.#send({ kind: "resume" });
  }

  perturb(): void {
    this.#send({ kind: "perturb" });
  }

  /** Of t-SNE: heeded from the next iteration on. null: automatic. */
  setRates(learningRate: number | null, exaggeration: number): void {
    this.#send({ kind: "set_rates", learningRate, exaggeration });
  }

  /** The worker waits for this when all of its buffers are with the page. */
  giveBack(positions: Float32Array<ArrayBuffer>): void {
    if (positions.length > 0) this.#send({ kind: "give_back", positions }, [positions.buffer]);
  }

  stop(): void {
    clearInterval(this.#watchdog);
    this.#worker?.terminate();
    this.#spare?.terminate();
    this.#worker = this.#spare = null;
    this.#isPaused = false;
    this.#held = [];
  }

  /** A file of its own beside this one: TensorBoard's policy forbids any other kind of worker. */
  #makeWorker(): Worker {
    const worker = new Worker(new URL("./layout_worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (worker === this.#worker) this.#receive(worker, data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault(); // It is told in words.
      if (worker === this.#spare) this.#spare = null;
      this.#die(worker, `${DIED} failed (${event.message || "it could not be loaded"}).`, AGAIN);
    });
    worker.addEventListener("messageerror", () => {
      this.#die(worker, `${DIED} sent what cannot be read.`, AGAIN);
    });
    return worker;
  }

  #begin(worker: Worker, module: WebAssembly.Module, task: LayoutTask): void {
    if (worker !== this.#worker) return;
    this.#watch(worker);
    const { neighbors, distances } = task.graph;
    const buffers = new Set([neighbors.buffer, distances.buffer]);
    this.#send({ kind: "start", module, task }, [...buffers] as ArrayBuffer[]);
    if (this.#isPaused) this.#send({ kind: "pause" });
  }

  #receive(worker: Worker, message: FromWorker): void {
    this.#looks = 0;
    if (message.kind === "frame") this.#take(message.frame);
    else if (message.kind === "preparing") this.events.onPreparing(message.share);
    else if (message.kind === "rested") this.events.onRested(message.klDivergence);
    else this.#die(worker, `The layout ended: ${message.message}.`, message.fix ?? AGAIN);
  }

  #take(frame: LayoutFrame): void {
    if (frame.isOver) clearInterval(this.#watchdog);
    if (this.#isPaused) this.#held.push(frame);
    else this.events.onFrame(frame);
  }

  /** A worker that the browser ends, for want of memory say, says nothing. Looks are counted, not time: a machine may sleep. */
  #watch(worker: Worker): void {
    this.#looks = 0;
    this.#watchdog = setInterval(() => {
      if (this.#isPaused || ++this.#looks <= LOOKS) return;
      this.#die(worker, `${DIED} has not answered for ${SILENT_MS / 1000} s.`, AGAIN);
    }, SILENT_MS / LOOKS);
  }

  #die(worker: Worker, message: string, fix: string): void {
    if (worker !== this.#worker) return;
    this.stop();
    this.events.onDied({ message, fix });
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
