/** Messages between the page and the query worker. */
import type { Query, SearchKind } from "../data/search";

/** A column as bytes and numbers, which a message can carry. */
export type PlainColumn =
  | ({ kind: "text"; name: string; rows: number } & PlainTexts)
  | {
      kind: "integer" | "number";
      name: string;
      rows: number;
      values: Float64Array;
      /** As `writeSpelling` has it. */
      spelling: string;
      /** Null unless the spelling is an own one. */
      texts: PlainTexts | null;
    };

export interface PlainTexts {
  codes: Int32Array;
  bytes: Uint8Array;
  offsets: Int32Array;
}

export type ToWorker =
  /** Sent once per column; queries refer to it by its id. */
  | { kind: "column"; id: number; column: PlainColumn }
  | { kind: "forget"; id: number }
  /** Has no answer. */
  | { kind: "prepare"; columns: readonly number[]; search: SearchKind }
  | { kind: "query"; columns: readonly number[]; query: Query };

export type Answer =
  /** The texts are decoded: from now on what takes time is testing them, and spelling out numbers. */
  | { kind: "started" }
  /** It has tested more texts. */
  | { kind: "progressed" }
  | { kind: "found"; rows: Int32Array }
  | { kind: "refused"; message: string };
