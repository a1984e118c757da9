/** Finds the rows whose text matches a query. */
import { type Column, cellText } from "./column";
import { flaggedRows, placeOf } from "./row_sets";

/** The text is somewhere in the cell; the cell matches an expression; the text is the whole cell. */
export const QUERY_MODES = ["text", "regex", "exact"] as const;
export type QueryMode = (typeof QUERY_MODES)[number];

export interface Query {
  readonly text: string;
  readonly mode: QueryMode;
  /** «Paris» is another word than «paris». */
  readonly matchCase: boolean;
}

/** Thrown when the query is no regular expression; the message says what is wrong with it. */
export class QueryError extends Error {
  override name = "QueryError";
}

export type Match = (text: string) => boolean;

export function makeMatch(query: Query): Match {
  const { text, mode, matchCase } = query;
  if (mode === "regex") return makeRegexMatch(text, matchCase);
  const isExact = mode === "exact";
  if (matchCase) return isExact ? (cell) => cell === text : (cell) => cell.includes(text);
  const wanted = text.toLowerCase();
  return isExact ? (cell) => cell.toLowerCase() === wanted : (cell) => cell.toLowerCase().includes(wanted);
}

function makeRegexMatch(text: string, matchCase: boolean): Match {
  try {
    const pattern = new RegExp(text, matchCase ? "u" : "iu");
    return (cell) => pattern.test(cell);
  } catch (error) {
    throw new QueryError(describeError(error));
  }
}

/** «Invalid regular expression: /(/iu: Unterminated group» repeats what stands in the field: only its end is news. */
function describeError(error: unknown): string {
  const told = error instanceof Error ? error.message : String(error);
  const reason = /\/[a-z]*: ([^/]+)$/.exec(told)?.[1] ?? told;
  return `This is no regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`;
}

/** The rows, in their order, of which any of `columns` matches. */
export function findRows(columns: readonly Column[], match: Match): Int32Array {
  const rows = columns[0]?.rows ?? 0;
  const found = new Uint8Array(rows);
  for (const column of columns) markMatches(column, match, found);
  return flaggedRows(found);
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

/** The match after (1) or before (-1) `row`, round at the ends; the first or the last where no row is given. */
export function nextMatch(matches: Int32Array, row: number | null, by: 1 | -1): number | null {
  if (matches.length === 0) return null;
  const place = by === 1 ? placeOf(matches, (row ?? -1) + 1) : placeOf(matches, row ?? 2 ** 31) - 1;
  return matches[(place + matches.length) % matches.length]!;
}
