/** Runs in a worker of its own: makes the layout that it is told to, and hands every iteration of it to the page. */
import { createTsne } from "../engine/tsne";
import { createUmap } from "../engine/umap";
import type { LayoutTask, Said, Told } from "./layout_messages";
import { LayoutRunner } from "./layout_runner";

let runner: LayoutRunner | null = null;

addEventListener("message", ({ data }: MessageEvent<Told>) => guard(() => hear(data)));

function hear(told: Told): void {
  if (told.kind === "start") runner = new LayoutRunner(create(told.module, told.task), say, later);
  else if (told.kind === "give_back") runner?.giveBack(told.positions);
  else if (told.kind === "set_rates") runner?.setRates(told.learningRate, told.exaggeration);
  else runner?.[told.kind]();
}

function create(module: WebAssembly.Module, task: LayoutTask) {
  return task.method === "tsne"
    ? createTsne(module, task.graph, task.options)
    : createUmap(module, task.graph, task.options);
}

/** A message to itself comes after those that wait, and sooner than a timer, which is held back for 4 ms. */
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

/** Whatever goes wrong ends this layout; the page says so, and can start another. */
function guard(work: () => void): void {
  try {
    work();
  } catch (error) {
    runner = null;
    waiting = null;
    const { message, fix } = error as Partial<Error & { fix: string }>;
    say({ kind: "failed", message: message ?? String(error), fix: fix ?? null });
  }
}

function say(said: Said, transfer: ArrayBuffer[] = []): void {
  postMessage(said, { transfer });
}
