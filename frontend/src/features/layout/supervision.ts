/** The classes that a layout keeps together, or why it has none. */
import { classesOf } from "../../data/classes";
import { type Column, findColumn } from "../../data/column";
import { Memo } from "../../data/memo";
import type { Subset } from "../../data/space";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";

interface Supervision {
  /** The class of each row of the graph, -1 for missing values; null: the vectors alone count. */
  readonly labels: Int32Array | null;
  readonly note: string | null;
}

const NOT_ASKED: Supervision = { labels: null, note: null };
const OF_COLUMN = new Memo(superviseBy);

export function supervisionOf(state: Readonly<State>): Supervision {
  const { superviseBy: name, subset } = state;
  if (name === null) return NOT_ASKED;
  const column = findColumn(columnsOf(state), name);
  if (column === null) return { labels: null, note: `Not supervised: there is no column «${name}».` };
  return OF_COLUMN.of(column, subset);
}

function superviseBy(column: Column, subset: Subset | null): Supervision {
  const { codes, texts } = classesOf(column);
  const labels = subset === null ? codes : Int32Array.from(subset.rows, (row) => codes[row]!);
  if (isAnyShared(labels, texts.length)) return { labels, note: null };
  return { labels: null, note: `Not supervised: no two points share a value of «${column.name}».` };
}

function isAnyShared(labels: Int32Array, classes: number): boolean {
  const isTaken = new Uint8Array(classes);
  for (const label of labels) {
    if (label < 0) continue;
    if (isTaken[label] === 1) return true;
    isTaken[label] = 1;
  }
  return false;
}
