/** Runs in a worker of its own: creates the requested layout, and sends every iteration of it to the page. */
import { createTsne } from "../engine/tsne";
import { createUmap } from "../engine/umap";
import type { FromWorker, LayoutTask, ToWorker } from "./layout_messages";
import { LayoutRunner } from "./layout_runner";
import { RepulsionThread } from "./repulsion_thread";

/** Number of rows from which a second thread gains more than its messages cost. */
const MIN_ROWS_FOR_TWO = 20_000;

let runner: LayoutRunner | null = null;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => guard(() => receive(data)));

function receive(message: ToWorker): void {
  if (message.kind === "start") runner = start(message.module, message.task);
  else if (message.kind === "refine") runner?.refine(create(message.module, message.task));
  else if (message.kind === "settle_for_first") runner?.settleForFirst();
  else if (message.kind === "release") runner?.releaseBuffer(message.positions);
  else if (message.kind === "set_rates")
    runner?.setRates(message.learningRate, message.exaggeration, message.supervision);
  else runner?.[message.kind]();
}

function start(module: WebAssembly.Module, task: LayoutTask): LayoutRunner {
  return new LayoutRunner(create(module, task), post, later, task.method === "tsne" ? (task.holdAt ?? null) : null);
}

function create(module: WebAssembly.Module, task: LayoutTask) {
  return task.method === "tsne"
    ? createTsne(module, task.graph, task.options, repellerFor(module, task))
    : createUmap(module, task.graph, task.options);
}

/** One for all layouts of this worker, since only one of them moves at a time. */
let repeller: RepulsionThread | null = null;

function repellerFor(module: WebAssembly.Module, { graph, options }: LayoutTask): RepulsionThread | null {
  if (options.dimensions !== 2 || graph.rows < MIN_ROWS_FOR_TWO || navigator.hardwareConcurrency < 2) return null;
  repeller ??= new RepulsionThread(module);
  return repeller;
}

/** A message to itself arrives after those pending, and sooner than a timer, which is delayed by 4 ms. */
const toItself = new MessageChannel();
let waiting: (() => void) | null = null;

toItself.port1.onmessage = () => {
  const work = waiting;
  waiting = null;
  if (work !== null) guard(work);
};

function later(work: () => void): void {
  waiting = work;
  toItself.port2.postMessage(null);
}

/** Any error ends this layout; the page reports it, and can start another. */
function guard(work: () => void): void {
  try {
    work();
  } catch (error) {
    fail(error);
  }
}

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(event.reason);
});

function fail(error: unknown): void {
  runner = null;
  waiting = null;
  const { message, fix } = error as Partial<Error & { fix: string }>;
  post({ kind: "failed", message: message ?? String(error), fix: fix ?? null });
}

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  postMessage(message, { transfer });
}
