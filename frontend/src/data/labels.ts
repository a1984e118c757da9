/** Finds the row with a given label by comparing the received bytes, without decoding a million texts. */
import { type Column, cellText, type TextColumn } from "./column";

/** The first row whose cell equals `text`, and the number of such rows. */
export interface Labelled {
  readonly row: number;
  readonly count: number;
}

export function findLabelled(column: Column, text: string): Labelled | null {
  return column.kind === "text" ? findInText(column, text) : findFirst(column, (row) => cellText(column, row) === text);
}

function findInText(column: TextColumn, text: string): Labelled | null {
  const code = column.dictionary.codeOf(text);
  return code < 0 ? null : findFirst(column, (row) => column.codes[row] === code);
}

function findFirst({ rows }: Column, isIt: (row: number) => boolean): Labelled | null {
  let [first, count] = [-1, 0];
  for (let row = 0; row < rows; row++) {
    if (!isIt(row)) continue;
    if (first < 0) first = row;
    count++;
  }
  return first < 0 ? null : { row: first, count };
}
