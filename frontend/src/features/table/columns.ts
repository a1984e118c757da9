/** The table's columns: the row's number, its label, the metadata, and values from the screen. */
import { type Column, cellStart, type NumberColumn } from "../../data/column";
import { orderKeys } from "../../data/column_order";
import { formatCount, formatDistance, formatNumber } from "../../data/format";
import { SHORTEST } from "../../data/number_spelling";
import { columnsOf, drawnCoordinates, labelColumn } from "../../state/derived";
import type { State } from "../../state/state";

type Read = Readonly<State>;

export interface TableColumn {
  /** Its name in sort keys and filters: a metadata column's name, or one of those below. */
  readonly key: string;
  readonly name: string;
  /** The underlying column; null: cannot be filtered. */
  readonly column: Column | null;
  readonly isNumber: boolean;
  /** As much of the text as fits into a cell. */
  text(row: number): string | null;
}

/** Maximum number of characters of a cell, whose text may have a megabyte. */
const CELL_CHARS = 300;

export const ROW = "@row";
export const DISTANCE = "@distance";
export const COORDINATES: readonly string[] = ["@x", "@y", "@z"];

/** The row's number and its label, which stay in place during horizontal scrolling. */
export function pinnedColumns(state: Read): TableColumn[] {
  const label = labelColumn(state);
  const row: TableColumn = { key: ROW, name: "Row", column: null, isNumber: true, text: formatCount };
  if (label === null) return [row];
  return [row, { ...ofMetadata(label), isNumber: false }];
}

/** The scrolling columns that are shown, in the user's order. */
export function shownColumns(state: Read): TableColumn[] {
  const columns = scrolledColumns(state);
  if (state.tableOrder.length === 0 && state.tableHidden.length === 0) return columns;
  const [byKey, hidden] = [new Map(columns.map((column) => [column.key, column])), new Set(state.tableHidden)];
  const keys = orderKeys([...byKey.keys()], state.tableOrder);
  return keys.filter((key) => !hidden.has(key)).map((key) => byKey.get(key)!);
}

export function scrolledColumns(state: Read): TableColumn[] {
  const label = labelColumn(state);
  const metadata = columnsOf(state).filter((column) => column !== label);
  return [...(state.tableDistances ? [distances(state)] : []), ...metadata.map(ofMetadata), ...coordinates(state)];
}

function ofMetadata(column: Column): TableColumn {
  return {
    key: column.name,
    name: column.name,
    column,
    isNumber: column.kind !== "text",
    text: (row) => cellStart(column, row, CELL_CHARS),
  };
}

function coordinates(state: Read): TableColumn[] {
  const drawn = state.tableCoordinates ? drawnCoordinates(state) : null;
  if (drawn === null) return [];
  const axes = [drawn.x, drawn.y, ...(drawn.z === null ? [] : [drawn.z])];
  return axes.map((values, axis) => ({
    key: COORDINATES[axis]!,
    name: drawn.axisNames[axis] ?? "XYZ"[axis]!,
    ...{ column: null, isNumber: true },
    text: (row) => (Number.isNaN(values[row]) ? null : formatNumber(values[row]!)),
  }));
}

function distances(state: Read): TableColumn {
  const { neighborhood, row: selected } = state;
  const known = new Map(neighborhood === null ? [] : [...neighborhood.rows].map((row, at) => [row, at]));
  const text = (row: number) => {
    if (row === selected) return "—";
    const at = known.get(row);
    return at === undefined ? null : formatDistance(shownDistance(state, at));
  };
  return { key: DISTANCE, name: "Distance", column: null, isNumber: true, text };
}

/** A dot product is shown as such, not as a distance. */
function shownDistance({ neighborhood }: Read, at: number): number {
  return neighborhood!.metric === "dot" ? -neighborhood!.distances[at]! : neighborhood!.distances[at]!;
}

/** The values to sort by for a key that is not a metadata column; null: not available at present. */
export function sortedColumn(state: Read, key: string): NumberColumn | null {
  const rows = state.shown?.step.shape[0] ?? 0;
  if (key === ROW)
    return numbers(
      key,
      Float64Array.from({ length: rows }, (_, row) => row),
    );
  if (key === DISTANCE) return numbers(key, knownDistances(state, rows));
  const drawn = drawnCoordinates(state);
  const axis = COORDINATES.indexOf(key);
  const values = drawn === null ? null : [drawn.x, drawn.y, drawn.z][axis];
  return values ? numbers(key, Float64Array.from(values)) : null;
}

function knownDistances({ neighborhood, row }: Read, rows: number): Float64Array {
  const values = new Float64Array(rows).fill(Number.NaN);
  neighborhood?.rows.forEach((neighbor, at) => {
    values[neighbor] = neighborhood.distances[at]!;
  });
  if (row !== null) values[row] = Number.NEGATIVE_INFINITY; // The point itself comes first.
  return values;
}

function numbers(name: string, values: Float64Array): NumberColumn {
  return { kind: "number", name, rows: values.length, values, spelling: SHORTEST };
}
