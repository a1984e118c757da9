/** Points added and subtracted, «king − man + woman», and their URL form. */

/** A row that is added (1) or subtracted (-1). */
export interface Term {
  readonly row: number;
  readonly sign: 1 | -1;
}

/** Maximum number of terms that fit in a URL; more have no practical use. */
export const MAX_TERMS = 40;
const TERM = /([+-])(\d{1,10})/y;

/** «+12-5+7» */
export function writeTerms(terms: readonly Term[]): string {
  return terms.map(({ row, sign }) => `${sign === 1 ? "+" : "-"}${row}`).join("");
}

/** `undefined` for invalid text. */
export function readTerms(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const [, sign, digits] = TERM.exec(text) ?? [];
    const row = Number(digits);
    if (digits === undefined || row >= 2 ** 31 || terms.length === MAX_TERMS) return undefined;
    terms.push({ row, sign: sign === "+" ? 1 : -1 });
  }
  return terms;
}

/** Rows with the given sign, in order; a row may occur more than once. */
export function rowsOf(terms: readonly Term[], sign: 1 | -1): number[] {
  return terms.filter((term) => term.sign === sign).map((term) => term.row);
}

/** A part of an expression as typed. */
export interface Word {
  readonly text: string;
  readonly sign: 1 | -1;
}

const OPERATOR = /(?:^|\s)\s*([+\-−–])(?=\s|$)/g;

/**
 * Splits «king - man + woman» into words. A sign only counts with spaces on both sides, so that «New-York» and «C++»
 * are words; a leading one may be attached to its word, since nothing precedes it.
 */
export function splitExpression(text: string): readonly Word[] {
  const [, first, rest] = /^\s*([+\-−–])?([\s\S]*)$/.exec(text)!;
  const words: Word[] = [];
  let sign = signOf(first);
  let start = 0;
  for (const operator of rest!.matchAll(OPERATOR)) {
    words.push({ text: rest!.slice(start, operator.index).trim(), sign });
    sign = signOf(operator[1]);
    start = operator.index + operator[0].length;
  }
  words.push({ text: rest!.slice(start).trim(), sign });
  return words.filter((word) => word.text !== "");
}

/** The word being typed at the end of an expression, and all that is before it. */
export function typedWord(text: string): { before: string; word: string } {
  const leading = /^\s*[+\-−–]?\s*/.exec(text)![0].length;
  const ends = [...text.slice(leading).matchAll(OPERATOR)].map((found) => leading + found.index + found[0].length);
  const end = ends.at(-1) ?? leading;
  const spaces = /^\s*/.exec(text.slice(end))![0].length;
  return { before: text.slice(0, end + spaces), word: text.slice(end + spaces) };
}

function signOf(operator: string | undefined): 1 | -1 {
  return operator === undefined || operator === "+" ? 1 : -1;
}
