/** Messages between the page and the table worker. */
import type { Filter } from "../data/filters";
import type { SortKey } from "../data/sort_rows";
import type { PlainColumn } from "./query_messages";

export interface TableTask {
  /** Total number of points. */
  readonly rows: number;
  readonly filters: readonly Filter[];
  readonly keys: readonly SortKey[];
  /** Only these rows, ascending; null: all. */
  readonly among: Int32Array | null;
}

export type ToTableWorker =
  /** Sent once; tasks refer to it by name. */
  | { kind: "column"; column: PlainColumn }
  /** `passing` columns belong to this task only: coordinates change while a layout runs. */
  | { kind: "task"; task: TableTask; passing: readonly PlainColumn[] };

export interface TableAnswer {
  /** The rows that pass the filters, ascending; null: no filters. */
  readonly filtered: Int32Array | null;
  /** The table's rows in its order; null: all, in their natural order. */
  readonly order: Int32Array | null;
}
