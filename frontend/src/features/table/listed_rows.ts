/** The table's rows by their index in it. */
import type { State } from "../../state/state";

type Read = Readonly<State>;

export function listedCount(state: Read): number {
  return state.tableRows?.length ?? state.shown?.step.shape[0] ?? 0;
}

export function listedRow({ tableRows }: Read, index: number): number {
  return tableRows === null ? index : tableRows[index]!;
}

/** -1 if the table does not contain it. */
export function listedIndex({ tableRows }: Read, row: number): number {
  return tableRows === null ? row : tableRows.indexOf(row);
}
