/** Finds the rows whose text matches a query. */
import { type Column, cellText, codedTexts } from "./column";
import { JoinedTexts } from "./joined_texts";
import { lowerBound, rowsWith } from "./row_sets";
import type { TextDictionary } from "./text_dictionary";

/** Conditions on a cell: it contains the text, matches the regular expression, or equals the text. */
export const QUERY_MODES = ["text", "regex", "exact"] as const;
export type QueryMode = (typeof QUERY_MODES)[number];

export interface Query {
  readonly text: string;
  readonly mode: QueryMode;
  /** Distinguish «Paris» from «paris». */
  readonly matchCase: boolean;
}

/** What is known of a query before its text. */
export type SearchKind = Omit<Query, "text">;

/** Thrown for an invalid regular expression; the message gives the reason. */
export class QueryError extends Error {
  override name = "QueryError";
}

type Match = (text: string) => boolean;

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

/** «Invalid regular expression: /(/iu: Unterminated group» repeats the input: only its end is informative. */
function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = /\/[a-z]*: ([^/]+)$/.exec(message)?.[1] ?? message;
  return `Invalid regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`;
}

/** For each text of a dictionary, by code, whether it matches. */
type TextMatcher = (dictionary: TextDictionary) => Uint8Array | readonly boolean[];

/** The rows, ascending, that match in any of `columns`. */
export function findRows(columns: readonly Column[], match: Match): Int32Array {
  return markRows(columns, match, (dictionary) => dictionary.all().map(match));
}

/**
 * Number of texts between two reports of an expression: as many random numbers take a busy machine a twentieth of a
 * second, of which most is spelling them out.
 */
export const TEXTS_PER_REPORT = 2 ** 15;

/** Like `findRows`, but searches all texts at once if the query allows it. Reports that an expression gets on. */
export function findMatches(columns: readonly Column[], query: Query, onProgress: () => void = () => {}): Int32Array {
  const { mode, matchCase } = query;
  const match = mode === "regex" ? reporting(makeMatch(query), onProgress) : makeMatch(query);
  const piece = matchCase ? query.text : query.text.toLowerCase();
  if (mode === "regex" || !JoinedTexts.canFind(piece)) return findRows(columns, match);
  return markRows(columns, match, (dictionary) => {
    const joined = joinedTexts(dictionary, matchCase);
    return joined === null ? dictionary.all().map(match) : joined.find(piece, mode === "exact");
  });
}

function reporting(match: Match, onProgress: () => void): Match {
  let tested = 0;
  return (text) => {
    const isMatch = match(text);
    if (++tested % TEXTS_PER_REPORT === 0) onProgress();
    return isMatch;
  };
}

/** Decodes the texts of these columns, and joins them unless each is tested alone, as their first query does. */
export function prepareMatches(columns: readonly Column[], { mode, matchCase }: SearchKind): void {
  for (const column of columns) {
    const texts = codedTexts(column);
    if (texts === null) continue;
    if (mode === "regex") texts.dictionary.all();
    else joinedTexts(texts.dictionary, matchCase);
    isOwnRow(texts.codes);
  }
}

function markRows(columns: readonly Column[], match: Match, matchTexts: TextMatcher): Int32Array {
  let found: Uint8Array = new Uint8Array(0);
  for (const [at, column] of columns.entries()) {
    const marks = markColumn(column, match, matchTexts);
    if (at === 0) found = marks;
    else for (let row = 0; row < marks.length; row++) found[row]! |= marks[row]!;
  }
  return rowsWith(found, 1);
}

/** 1 for each row that matches. Texts shared by many rows are tested once. */
function markColumn(column: Column, match: Match, matchTexts: TextMatcher): Uint8Array {
  const texts = codedTexts(column);
  if (texts === null) return markCells(column, match);
  const matching = matchTexts(texts.dictionary);
  if (matching instanceof Uint8Array && isOwnRow(texts.codes)) return matching.subarray(0, column.rows);
  return markCoded(texts.codes, matching);
}

const OWN_ROWS = new WeakMap<Int32Array, boolean>();

/** Whether each row has the text of its own number, as where all texts are distinct: then texts need not be looked up. */
function isOwnRow(codes: Int32Array): boolean {
  const known = OWN_ROWS.get(codes);
  if (known !== undefined) return known;
  const isOwn = codes.every((code, row) => code === row);
  OWN_ROWS.set(codes, isOwn);
  return isOwn;
}

function markCoded(codes: Int32Array, matching: ArrayLike<boolean | number>): Uint8Array {
  const found = new Uint8Array(codes.length);
  for (let row = 0; row < found.length; row++) if (matching[codes[row]!]) found[row] = 1;
  return found;
}

function markCells(column: Column, match: Match): Uint8Array {
  const found = new Uint8Array(column.rows);
  for (let row = 0; row < column.rows; row++) {
    const text = cellText(column, row);
    if (text !== null && match(text)) found[row] = 1;
  }
  return found;
}

const JOINED = {
  asWritten: new WeakMap<TextDictionary, JoinedTexts | null>(),
  lower: new WeakMap<TextDictionary, JoinedTexts | null>(),
};

/** Created with the first query and cached, because queries come with every keystroke. */
function joinedTexts(dictionary: TextDictionary, matchCase: boolean): JoinedTexts | null {
  const known = matchCase ? JOINED.asWritten : JOINED.lower;
  let joined = known.get(dictionary);
  if (joined === undefined) {
    const texts = dictionary.all();
    joined = JoinedTexts.of(matchCase ? texts : texts.map((text) => text.toLowerCase()));
    known.set(dictionary, joined);
  }
  return joined;
}

/** The match after (1) or before (-1) `row`, wrapping around; the first or the last if `row` is null. */
export function nextMatch(matches: Int32Array, row: number | null, by: 1 | -1): number | null {
  if (matches.length === 0) return null;
  const index = by === 1 ? lowerBound(matches, (row ?? -1) + 1) : lowerBound(matches, row ?? 2 ** 31) - 1;
  return matches[(index + matches.length) % matches.length]!;
}
