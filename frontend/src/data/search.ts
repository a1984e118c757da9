/** Finds the rows whose text holds a query. */
import { type Column, cellText } from "./column";

export interface Query {
  readonly text: string;
  readonly regex: boolean;
}

/** Thrown when the query is no regular expression; the message is the browser's own. */
export class QueryError extends Error {
  override name = "QueryError";
}

export type Match = (text: string) => boolean;

/** Case is ignored: whoever looks for «paris» means «Paris» too. */
export function makeMatch(query: Query): Match {
  if (query.regex) return makeRegexMatch(query.text);
  const wanted = query.text.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}

function makeRegexMatch(text: string): Match {
  try {
    const pattern = new RegExp(text, "iu");
    return (cell) => pattern.test(cell);
  } catch (error) {
    throw new QueryError(error instanceof Error ? error.message : String(error));
  }
}

/** The rows, in their order, of which any of `columns` matches. */
export function findRows(columns: readonly Column[], match: Match): Int32Array {
  const rows = columns[0]?.rows ?? 0;
  const found = new Uint8Array(rows);
  for (const column of columns) markMatches(column, match, found);
  return rowsOf(found);
}

/** A text that a hundred rows share is tried once. */
function markMatches(column: Column, match: Match, found: Uint8Array): void {
  if (column.kind === "text") {
    const matching = column.dictionary.all().map(match);
    for (let row = 0; row < column.rows; row++) if (matching[column.codes[row]!]) found[row] = 1;
    return;
  }
  for (let row = 0; row < column.rows; row++) {
    const text = cellText(column, row);
    if (text !== null && match(text)) found[row] = 1;
  }
}

function rowsOf(found: Uint8Array): Int32Array {
  let count = 0;
  for (const flag of found) count += flag;
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < found.length; row++) if (found[row]) rows[next++] = row;
  return rows;
}
