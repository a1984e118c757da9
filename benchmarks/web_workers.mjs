/** Gives Node the browser's `Worker`: its threads are this file, which then imports the worker's own. */
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker as Thread, workerData } from "node:worker_threads";

globalThis.navigator ??= { hardwareConcurrency: availableParallelism() };
globalThis.Worker = class {
  #thread;

  /** The bundle has the worker under the same name beside it. */
  constructor(url) {
    this.#thread = new Thread(new URL(import.meta.url), { workerData: url.href.replace(/\.ts$/, ".mjs") });
  }

  addEventListener(kind, listen) {
    if (kind === "message") this.#thread.on("message", (data) => listen({ data }));
    if (kind === "error") this.#thread.on("error", ({ message }) => listen({ message, preventDefault() {} }));
  }

  postMessage(message, transfer) {
    this.#thread.postMessage(message, transfer);
  }

  terminate() {
    void this.#thread.terminate();
  }
};

if (!isMainThread) {
  globalThis.addEventListener = (kind, listen) => parentPort.on(kind, (data) => listen({ data }));
  globalThis.postMessage = (message, { transfer } = {}) => parentPort.postMessage(message, transfer);
  await import(workerData);
}
