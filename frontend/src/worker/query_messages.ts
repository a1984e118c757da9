/** What the page and the query worker say to each other. */
import type { Query } from "../data/search";

/** A column as bytes and numbers, which is what a message can carry. */
export type PlainColumn =
  | { kind: "text"; name: string; rows: number; codes: Int32Array; bytes: Uint8Array; offsets: Int32Array }
  | { kind: "integer" | "number"; name: string; rows: number; values: Float64Array };

export type ToWorker =
  /** Comes once for each column; queries name it by its number. */
  { kind: "column"; id: number; column: PlainColumn } | { kind: "query"; columns: readonly number[]; query: Query };

export type Answer =
  /** The texts are at hand, and from now on the expression itself is what takes time. */
  { kind: "started" } | { kind: "found"; rows: Int32Array } | { kind: "refused"; message: string };
