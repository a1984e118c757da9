/** Position of the keyboard focus in the table, and its movements. Row -1 is the header. */
export interface Cursor {
  readonly row: number;
  readonly column: number;
}

/** Null: the key does not move it. */
export function movedCursor(
  { row, column }: Cursor,
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): Cursor | null {
  const isFar = event.ctrlKey || event.metaKey;
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  const to: Record<string, Cursor> = {
    ArrowUp: { row: isFar ? 0 : row - 1, column },
    ArrowDown: { row: isFar ? lastRow : row + 1, column },
    ArrowLeft: { row, column: isFar ? 0 : column - 1 },
    ArrowRight: { row, column: isFar ? lastColumn : column + 1 },
    PageUp: { row: Math.max(0, row - size.page), column },
    PageDown: { row: row + size.page, column },
    Home: isFar ? { row: 0, column: 0 } : { row, column: 0 },
    End: isFar ? { row: lastRow, column: lastColumn } : { row, column: lastColumn },
  };
  const next = to[event.key];
  if (next === undefined) return null;
  return { row: clamp(next.row, -1, lastRow), column: clamp(next.column, 0, lastColumn) };
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
