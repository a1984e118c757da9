/** Points added and subtracted, «king − man + woman», and how they are written into an address. */

/** A row that counts for (1) or against (-1). */
export interface Term {
  readonly row: number;
  readonly sign: 1 | -1;
}

/** An address has no room for more, and nobody a use for them. */
export const MOST_TERMS = 40;
const TERM = /([+-])(\d{1,10})/y;

/** «+12-5+7» */
export function writeTerms(terms: readonly Term[]): string {
  return terms.map(({ row, sign }) => `${sign === 1 ? "+" : "-"}${row}`).join("");
}

/** `undefined` for text that is no such list. */
export function readTerms(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const [, sign, digits] = TERM.exec(text) ?? [];
    const row = Number(digits);
    if (digits === undefined || row >= 2 ** 31 || terms.length === MOST_TERMS) return undefined;
    terms.push({ row, sign: sign === "+" ? 1 : -1 });
  }
  return terms;
}

/** The rows of one sign, in their order; one may be there more than once. */
export function rowsOf(terms: readonly Term[], sign: 1 | -1): number[] {
  return terms.filter((term) => term.sign === sign).map((term) => term.row);
}

/** A part of an expression as it is typed. */
export interface Word {
  readonly text: string;
  readonly sign: 1 | -1;
}

const OPERATOR = /(?:^|\s)\s*([+\-−–])(?=\s|$)/g;

/**
 * «king - man + woman» as its words. A sign counts where a space is on its either side, so that «New-York» and «C++» are
 * words; a first one may stand close to its word, since nothing is before it.
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

function signOf(operator: string | undefined): 1 | -1 {
  return operator === undefined || operator === "+" ? 1 : -1;
}
