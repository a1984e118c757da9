/** Queries in a real worker. */
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import type { Column } from "../../../src/data/column";
import { SHORTEST } from "../../../src/data/number_spelling";
import { QueryError, TEXTS_PER_REPORT } from "../../../src/data/search";
import { TextDictionary } from "../../../src/data/text_dictionary";
import { Queries, QueryTimeout, TIMEOUT_MS } from "../../../src/worker/queries";

const queries = new Queries();
afterEach(() => {
  vi.useRealTimers();
  queries.stop();
});

/** As the server's answer holds it: views into one buffer, texts that start somewhere in it. */
function textColumn(texts: string[], codes = texts.map((_, code) => code)): Column {
  const encoder = new TextEncoder();
  const parts = ["before", ...texts].map((text) => encoder.encode(text));
  let end = 0;
  const ends = parts.map((part) => {
    end += part.length;
    return end;
  });
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  const dictionary = new TextDictionary(bytes, Int32Array.from(ends));
  return { kind: "text", name: "label", rows: codes.length, codes: Int32Array.from(codes), dictionary };
}

const numbers: Column = {
  kind: "integer",
  name: "n",
  rows: 4,
  values: Float64Array.of(7, Number.NaN, 70, 8),
  spelling: SHORTEST,
};
const words = textColumn(["Paris", "Zürich", "東京"], [0, 1, 2, -1]);
const hostile = textColumn([`${"a".repeat(40)}!`, "plain"]);
const find = async (columns: Column[], text: string, regex = false) => {
  const rows = await queries.find(columns, { text, mode: regex ? "regex" : "text", matchCase: false });
  return rows && [...rows];
};

it("finds text whatever its case, in texts and numbers, and not where there is nothing", async () => {
  expect(await find([words], "PARIS")).toEqual([0]);
  expect(await find([words], "zür")).toEqual([1]);
  expect(await find([words, numbers], "7")).toEqual([0, 2]);
  expect(await find([words], "^.{2}$", true)).toEqual([2]);
  expect(words.kind === "text" && words.codes.length, "the page keeps its columns").toBe(4);
});

it("prepared, has its columns before it is asked, and finds the same", async () => {
  const post = vi.spyOn(Worker.prototype, "postMessage");
  const kinds = () => post.mock.calls.map(([message]) => (message as { kind: string }).kind);
  const fresh = textColumn(["Oslo", "Rome"]);
  queries.prepare([fresh], { mode: "text", matchCase: false });
  expect(kinds()).toEqual(["column", "prepare"]);
  expect(await find([fresh], "OSLO")).toEqual([0]);
  expect(kinds()).toEqual(["column", "prepare", "query"]);
  expect(await find([fresh], "o")).toEqual([0, 1]);
  post.mockRestore();
});

it("forgets columns that are gone, and is handed over none of the others anew", async () => {
  const post = vi.spyOn(Worker.prototype, "postMessage");
  onTestFinished(() => post.mockRestore());
  const sent = () => post.mock.calls.splice(0).map(([message]) => (message as { kind: string }).kind);
  expect(await find([words, numbers], "7")).toEqual([0, 2]);
  expect(sent()).toEqual(["column", "column", "query"]);
  queries.keepOnly([words]);
  const tags = textColumn(["7", "Oslo"], [1, 0, 1, 1]);
  expect(await find([words, tags], "7")).toEqual([1]);
  expect(await find([words], "paris")).toEqual([0]);
  expect(sent()).toEqual(["forget", "column", "query", "query"]);
  queries.keepOnly([]);
  expect(await find([words], "paris"), "of a new worker").toEqual([0]);
  expect(sent()).toEqual(["column", "query"]);
});

it("says what is not an expression, and answers the next", async () => {
  await expect(find([words], "(", true)).rejects.toThrow(QueryError);
  expect(await find([words], "(", false)).toEqual([]);
});

it("stops an expression that would take forever while the page goes on, and answers the next", async () => {
  await find([hostile], "plain");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let isOver = false;
  const found = find([hostile], "(a+)+$", true).finally(() => {
    isOver = true;
  });
  found.catch(() => {}); // It is looked at below.
  await expect.poll(() => vi.getTimerCount(), { message: "the worker has started" }).toBe(1);
  for (let drawn = 0; drawn < 10; drawn++) await new Promise(requestAnimationFrame);
  vi.advanceTimersByTime(TIMEOUT_MS / 2); // Each look of `poll` has turned the clock a little, too.
  await new Promise(requestAnimationFrame);
  expect(isOver).toBe(false);
  vi.advanceTimersByTime(TIMEOUT_MS / 2);
  await expect(found).rejects.toThrow(QueryTimeout);
  expect(await find([hostile], "plai+n", true)).toEqual([1]);
});

it("gives an expression its time anew with each report of the worker", async () => {
  const values = Float64Array.from({ length: 3 * TEXTS_PER_REPORT }, (_, row) => row);
  const many: Column = { kind: "integer", name: "n", rows: values.length, values, spelling: SHORTEST };
  const timers = vi.spyOn(globalThis, "setTimeout");
  expect(await find([many], "^9+$", true)).toEqual([9, 99, 999, 9999]);
  expect(timers.mock.calls.filter(([, ms]) => ms === TIMEOUT_MS)).toHaveLength(4); // And one as it begins.
  timers.mockRestore();
});

it("answers the newest of those that wait", async () => {
  const [first, second, third] = [find([words], "p"), find([words], "pa"), find([words], "z")];
  expect(await second).toBeNull();
  expect(await first).toEqual([0]);
  expect(await third).toEqual([1]);
});
