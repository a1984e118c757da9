/** What the page and the table's worker say to each other. */
import type { Filter } from "../data/filters";
import type { SortKey } from "../data/sort_rows";
import type { PlainColumn } from "./query_messages";

export interface TableTask {
  /** Points that there are. */
  readonly rows: number;
  readonly filters: readonly Filter[];
  readonly keys: readonly SortKey[];
  /** Only these rows, rising; null: all. */
  readonly among: Int32Array | null;
}

export type ToTableWorker =
  /** Comes once; tasks find it by its name. */
  | { kind: "column"; column: PlainColumn }
  /** `passing` columns are of this task alone: coordinates change while a layout runs. */
  | { kind: "task"; task: TableTask; passing: readonly PlainColumn[] };

export interface TableAnswer {
  /** The rows, rising, of which the filters hold; null: there are none. */
  readonly filtered: Int32Array | null;
  /** Those of the table in its order; null: all, in their own. */
  readonly order: Int32Array | null;
}
