/** The rows that the table holds, by their place in it. */
import type { State } from "../../state/state";

type Read = Readonly<State>;

export function listedCount(state: Read): number {
  return state.tableRows?.length ?? state.shown?.step.shape[0] ?? 0;
}

export function listedRow({ tableRows }: Read, index: number): number {
  return tableRows === null ? index : tableRows[index]!;
}

/** -1: the table does not hold it. */
export function placeOfRow({ tableRows }: Read, row: number): number {
  return tableRows === null ? row : tableRows.indexOf(row);
}
