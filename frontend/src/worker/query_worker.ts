/** Runs in a worker of its own: a regular expression may take forever, and only a worker can be terminated. */
import { type Column, codedTexts } from "../data/column";
import { findMatches, prepareMatches, type Query, QueryError } from "../data/search";
import { fromPlain } from "./plain_column";
import type { Answer, ToWorker } from "./query_messages";

const columns = new Map<number, Column>();

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "column") columns.set(data.id, fromPlain(data.column));
  else if (data.kind === "forget") columns.delete(data.id);
  else if (data.kind === "prepare") prepareMatches(columnsOf(data.columns), data.search);
  else answer(columnsOf(data.columns), data.query);
});

function columnsOf(ids: readonly number[]): Column[] {
  return ids.map((id) => columns.get(id)).filter((column) => column !== undefined);
}

function answer(searched: readonly Column[], query: Query): void {
  // Decoding a million texts takes time too, which must not count against the expression.
  for (const column of searched) codedTexts(column)?.dictionary.all();
  send({ kind: "started" });
  try {
    const rows = findMatches(searched, query, () => send({ kind: "progressed" }));
    send({ kind: "found", rows }, [rows.buffer]);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    send({ kind: "refused", message: error.message });
  }
}

function send(answer: Answer, transfer: ArrayBufferLike[] = []): void {
  postMessage(answer, { transfer: transfer as Transferable[] });
}
