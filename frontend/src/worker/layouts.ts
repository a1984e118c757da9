/** Runs layouts (t-SNE, UMAP) in a worker, one at a time; the worker ends with its layout, freeing all its memory. */
import type { FromWorker, LayoutFrame, LayoutTask, ToWorker } from "./layout_messages";

export type { TsneOptions } from "../engine/tsne_options";
export type { UmapOptions } from "../engine/umap_options";
export type { LayoutFrame, LayoutTask } from "./layout_messages";

interface LayoutEvents {
  /** Fraction of the work before the first iteration, 0 to 1. */
  onPreparing(share: number): void;
  /** It waits for its whole graph after this iteration. */
  onHeld(iteration: number): void;
  /** It goes on with its whole graph. */
  onRefined(): void;
  /** Every iteration, in order; none while paused. The receiver must give the positions back. */
  onFrame(frame: LayoutFrame): void;
  /** The KL divergence at a pause. */
  onRested(klDivergence: number | null): void;
  /** The layout has failed; another can be started. */
  onDied(failure: { message: string; fix: string }): void;
}

/** Timeout of a silent worker: an iteration of the largest layouts takes seconds. */
const SILENT_MS = 60_000;
const MAX_SILENT_CHECKS = 20;
const DIED = "The layout ended: its worker";
const AGAIN =
  "Run it again; if it ends again, choose fewer neighbors, two dimensions, or close other tabs: memory is short.";

export class Layouts {
  #worker: Worker | null = null;
  /** Created ahead of its layout. */
  #spare: Worker | null = null;
  #isPaused = false;
  /** Frames that arrived after a pause. */
  #held: LayoutFrame[] = [];
  /** It waits for its whole graph, and says nothing meanwhile. */
  #isHolding = false;
  #silentChecks = 0;
  #watchdog: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly events: LayoutEvents,
    private readonly loadKernel: (method: LayoutTask["method"]) => Promise<WebAssembly.Module>,
  ) {}

  /** Prepares what `start` needs besides its task, while the task is still being fetched. */
  makeReady(method: LayoutTask["method"]): void {
    this.#spare ??= this.#makeWorker();
    this.loadKernel(method).catch(() => {}); // `start` retries, and reports the error.
  }

  /** Ends the previous layout. Takes ownership of the graph's arrays: they are empty afterwards. */
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

  /** Gives a layout that started with a part of its graph the whole one. Takes ownership of its arrays. */
  refine(task: LayoutTask): void {
    const worker = this.#worker;
    this.loadKernel(task.method).then(
      (module) => worker === this.#worker && this.#send({ kind: "refine", module, task }, buffersOf(task)),
      () => this.settleForFirst(),
    );
  }

  /** There will be no other graph than the first. */
  settleForFirst(): void {
    this.#send({ kind: "settle_for_first" });
  }

  /** No more reports until `resume`. */
  pause(): void {
    this.#isPaused = true;
    this.#send({ kind: "pause" });
  }

  resume(): void {
    this.#isPaused = false;
    this.#silentChecks = 0;
    const held = this.#held;
    this.#held = [];
    for (const frame of held) this.events.onFrame(frame);
    // One of them may have paused it again.
    if (!this.#isPaused) this.#send({ kind: "resume" });
  }

  perturb(): void {
    this.#send({ kind: "perturb" });
  }

  /** t-SNE only: takes effect from the next iteration. null: automatic. */
  setRates(learningRate: number | null, exaggeration: number, supervision: number): void {
    this.#send({ kind: "set_rates", learningRate, exaggeration, supervision });
  }

  /** The worker waits for this once all of its buffers are with the page. */
  releaseBuffer(positions: Float32Array<ArrayBuffer>): void {
    if (positions.length > 0) this.#send({ kind: "release", positions }, [positions.buffer]);
  }

  stop(): void {
    clearInterval(this.#watchdog);
    this.#worker?.terminate();
    this.#spare?.terminate();
    this.#worker = this.#spare = null;
    this.#isPaused = this.#isHolding = false;
    this.#held = [];
  }

  /** Loaded from a separate file: TensorBoard's content security policy forbids any other kind of worker. */
  #makeWorker(): Worker {
    const worker = new Worker(new URL("./layout_worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (worker === this.#worker) this.#receive(worker, data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault(); // Reported as a message instead.
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
    this.#send({ kind: "start", module, task }, buffersOf(task));
    if (this.#isPaused) this.#send({ kind: "pause" });
  }

  #receive(worker: Worker, message: FromWorker): void {
    this.#silentChecks = 0;
    if (message.kind !== "rested") this.#isHolding = message.kind === "held";
    if (message.kind === "frame") this.#receiveFrame(message.frame);
    else if (message.kind === "held") this.events.onHeld(message.iteration);
    else if (message.kind === "refined") this.events.onRefined();
    else if (message.kind === "preparing") this.events.onPreparing(message.share);
    else if (message.kind === "rested") this.events.onRested(message.klDivergence);
    else this.#die(worker, `The layout ended: ${message.message}.`, message.fix ?? AGAIN);
  }

  #receiveFrame(frame: LayoutFrame): void {
    if (frame.isOver) clearInterval(this.#watchdog);
    if (this.#isPaused) this.#held.push(frame);
    else this.events.onFrame(frame);
  }

  /**
   * A worker killed by the browser, e.g. out of memory, sends nothing. Counts checks, not time: a machine may sleep.
   */
  #watch(worker: Worker): void {
    this.#silentChecks = 0;
    this.#watchdog = setInterval(() => {
      if (this.#isPaused || this.#isHolding || ++this.#silentChecks <= MAX_SILENT_CHECKS) return;
      this.#die(worker, `${DIED} has not answered for ${SILENT_MS / 1000} s.`, AGAIN);
    }, SILENT_MS / MAX_SILENT_CHECKS);
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

function buffersOf({ graph: { neighbors, distances } }: LayoutTask): ArrayBuffer[] {
  return [...new Set([neighbors.buffer, distances.buffer])] as ArrayBuffer[];
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
