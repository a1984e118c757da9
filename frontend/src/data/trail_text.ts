/**
 * The isolated points as text: a line for each subset, from the outermost, «1-5,9 40 by lasso». Where they have no room,
 * only their number: «~48213».
 */
import { countLeftOut, countRows, MAX_CHARS, MAX_ROWS, readRows, tooMany, writeRows } from "./row_text";
import type { Subset } from "./space";

/** Maximum length of a description: a search may be as long as a page. */
const MAX_WORDS = 80;
const LINE = /^([\d,-]+) (.*)$/;

export function writeTrail(trail: readonly Subset[]): string {
  const rows = trail.map((subset) => writeRows(subset.rows));
  const text = rows.map((one, depth) => `${one} ${shortWords(trail[depth]!)}`).join("\n");
  const isLong = text.length > MAX_CHARS || rows.some((one) => countLeftOut(one) !== null);
  return isLong ? tooMany(trail.at(-1)!.rows.length) : text;
}

/** By characters: half of one cannot be written to a URL. */
function shortWords({ words }: Subset): string {
  return Array.from(words.replace(/\s+/g, " ")).slice(0, MAX_WORDS).join("");
}

/** Without the server's names, which it has not given yet. `undefined` for any other text. */
export function readTrail(text: string): readonly Subset[] | undefined {
  if (text === "") return [];
  const lines = text.split("\n").map((line) => LINE.exec(line));
  if (lines.reduce((sum, line) => sum + countRows(line?.[1] ?? ""), 0) > MAX_ROWS) return undefined;
  const trail = lines.map((line) => ({ name: "", rows: readRows(line?.[1] ?? ""), words: line?.[2] ?? "" }));
  return trail.every(isSubset) ? trail : undefined;
}

function isSubset(subset: { rows: Int32Array | undefined }): subset is Subset {
  return subset.rows !== undefined && subset.rows.length > 1;
}

/** The text for a URL without room for all of it. */
export function shortTrail(text: string): string {
  const innermost = text.split("\n").at(-1)!;
  return tooMany(countRows(innermost.split(" ")[0]!));
}
