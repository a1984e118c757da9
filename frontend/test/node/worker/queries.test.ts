/** How long the page waits for an expression, with a worker that says what the test lets it say. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Column } from "../../../src/data/column";
import { Queries, QueryTimeout, TIMEOUT_MS } from "../../../src/worker/queries";
import type { Answer, ToWorker } from "../../../src/worker/query_messages";
import { numberColumn } from "../data/columns";

class FakeWorker extends EventTarget {
  static made: FakeWorker[] = [];
  readonly received: string[] = [];
  isTerminated = false;

  constructor() {
    super();
    FakeWorker.made.push(this);
  }

  postMessage(message: ToWorker): void {
    this.received.push(message.kind === "query" ? message.query.text : message.kind);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: Answer): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

const numbers = numberColumn("n", [1, 2, 99]);
let queries: Queries;

beforeEach(() => {
  FakeWorker.made = [];
  vi.stubGlobal("Worker", FakeWorker);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  queries = new Queries();
});
afterEach(() => {
  queries.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const find = (text: string, signal?: AbortSignal, columns: Column[] = [numbers]) =>
  queries.find(columns, { text, mode: "regex", matchCase: false }, signal);
const worker = () => FakeWorker.made.at(-1)!;
/** Lets the worker report `times` times, each just before it would be stopped. */
function progress(times: number): void {
  for (let report = 0; report < times; report++) {
    vi.advanceTimersByTime(TIMEOUT_MS - 1);
    worker().say({ kind: "progressed" });
  }
}

it("an expression that gets on may take as long as it needs", async () => {
  const found = find("99$");
  worker().say({ kind: "started" });
  progress(20);
  vi.advanceTimersByTime(TIMEOUT_MS - 1);
  worker().say({ kind: "found", rows: Int32Array.of(2) });
  expect(await found).toEqual(Int32Array.of(2));
  expect([vi.getTimerCount(), worker().isTerminated]).toEqual([0, false]);
});

it("an expression that gets no further is stopped, whether it has got on before or not", async () => {
  for (const reports of [0, 3]) {
    const found = find("(a+)+$");
    const outcome = expect(found).rejects.toThrow(QueryTimeout);
    worker().say({ kind: "started" });
    progress(reports);
    vi.advanceTimersByTime(TIMEOUT_MS - 1);
    expect(worker().isTerminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(worker().isTerminated).toBe(true);
    await outcome;
  }
});

it("one that gets on gives way to a newer query once it has taken as long as one may stand still", async () => {
  const slow = find("slow");
  const first = worker();
  first.say({ kind: "started" });
  const newer = find("newer");
  first.say({ kind: "progressed" });
  expect(first.isTerminated, "it may end soon").toBe(false);
  progress(2);
  expect(await slow).toBeNull();
  expect([first.isTerminated, worker().received]).toEqual([true, ["column", "newer"]]);
  worker().say({ kind: "started" });
  worker().say({ kind: "found", rows: Int32Array.of(1) });
  expect(await newer).toEqual(Int32Array.of(1));
});

it("one that is aborted has no answer any more, and is ended once it has taken as long as one may stand still", async () => {
  const abort = new AbortController();
  const slow = find("slow", abort.signal);
  worker().say({ kind: "started" });
  abort.abort();
  expect(await slow).toBeNull();
  expect(worker().isTerminated, "it may end soon").toBe(false);
  progress(2);
  expect(worker().isTerminated).toBe(true);
});

it("one that is aborted after that time is ended at once, and one that has not begun does not begin", async () => {
  const [abort, abortWaiting] = [new AbortController(), new AbortController()];
  const slow = find("slow", abort.signal);
  const first = worker();
  first.say({ kind: "started" });
  progress(2);
  const waiting = find("waiting", abortWaiting.signal);
  abortWaiting.abort();
  abort.abort();
  expect([await slow, await waiting]).toEqual([null, null]);
  expect([first.isTerminated, first.received, FakeWorker.made.length]).toEqual([true, ["column", "slow"], 1]);
});

it("one that is aborted while its texts are decoded leaves these to the next", async () => {
  const abort = new AbortController();
  vi.advanceTimersByTime(2 * TIMEOUT_MS);
  const slow = find("slow", abort.signal);
  abort.abort();
  expect([await slow, worker().isTerminated]).toEqual([null, false]);
  const next = find("next");
  worker().say({ kind: "started" });
  worker().say({ kind: "found", rows: Int32Array.of(0) });
  worker().say({ kind: "started" });
  worker().say({ kind: "found", rows: Int32Array.of(1) });
  expect([await next, worker().received]).toEqual([Int32Array.of(1), ["column", "slow", "next"]]);
});
