/** The classes that a layout keeps together, or why it has none. */
import { classesOf } from "../../data/classes";
import { type Column, findColumn } from "../../data/column";
import { valueName } from "../../data/filters";
import { Memo } from "../../data/memo";
import type { Subset } from "../../data/space";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";

interface Supervision {
  /** The class of each row of the graph, -1 for missing and ignored values; null: the vectors alone count. */
  readonly labels: Int32Array | null;
  /** Number of rows with the ignored value. */
  readonly ignored: number;
  readonly note: string | null;
}

const NOT_ASKED: Supervision = { labels: null, ignored: 0, note: null };
const OF_COLUMN = new Memo(superviseBy);

export function supervisionOf(state: Readonly<State>): Supervision {
  const { superviseBy: name, superviseWithout, subset } = state;
  if (name === null) return NOT_ASKED;
  const column = findColumn(columnsOf(state), name);
  if (column === null) return { ...NOT_ASKED, note: `Not supervised: there is no column «${name}».` };
  return OF_COLUMN.of(column, superviseWithout, subset);
}

function superviseBy(column: Column, without: string | null, subset: Subset | null): Supervision {
  const { codes, texts } = classesOf(column);
  const all = subset === null ? codes : Int32Array.from(subset.rows, (row) => codes[row]!);
  const { labels, ignored } = ignore(all, without === null ? -1 : texts.indexOf(without));
  const isMissing = without !== null && ignored === 0;
  if (isAnyShared(labels, texts.length)) return { labels, ignored, note: isMissing ? missing(column, without) : null };
  const other = ignored === 0 ? "a value" : `a value other than «${valueName(column, without!)}»`;
  return { labels: null, ignored, note: `Not supervised: no two points share ${other} of «${column.name}».` };
}

/** The labels with -1 for those of one class, and how many these are; the same array where there are none. */
function ignore(labels: Int32Array, code: number): { labels: Int32Array; ignored: number } {
  const ignored = code < 0 ? 0 : labels.reduce((count, label) => (label === code ? count + 1 : count), 0);
  return { labels: ignored === 0 ? labels : labels.map((label) => (label === code ? -1 : label)), ignored };
}

function missing({ name }: Column, value: string): string {
  return `No value is ignored: no point has «${value}» in «${name}».`;
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
