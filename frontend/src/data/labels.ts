/** Finds the row with a given label by comparing the received bytes, without decoding a million texts. */
import { type CodedTexts, type Column, cellText, codedTexts } from "./column";

/** The first row whose cell equals `text`, and the number of such rows. */
interface Labeled {
  readonly row: number;
  readonly count: number;
}

export function findLabeled(column: Column, text: string): Labeled | null {
  const texts = codedTexts(column);
  if (texts !== null) return findInTexts(texts, column.rows, text);
  return findFirst(column.rows, (row) => cellText(column, row) === text);
}

/** The first labels that begin with `start`, ignoring the case of ASCII letters; none for columns of many numbers. */
export function suggestLabels(column: Column, start: string, max: number): string[] {
  return start === "" ? [] : (codedTexts(column)?.dictionary.startingWith(start, max) ?? []);
}

function findInTexts({ codes, dictionary }: CodedTexts, rows: number, text: string): Labeled | null {
  const code = dictionary.codeOf(text);
  return code < 0 ? null : findFirst(rows, (row) => codes[row] === code);
}

function findFirst(rows: number, isIt: (row: number) => boolean): Labeled | null {
  let [first, count] = [-1, 0];
  for (let row = 0; row < rows; row++) {
    if (!isIt(row)) continue;
    if (first < 0) first = row;
    count++;
  }
  return first < 0 ? null : { row: first, count };
}
