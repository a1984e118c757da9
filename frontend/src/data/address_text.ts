/** Selects what fits into a URL, and words the notes shown when a part of one is invalid. */
import { formatCount } from "./format";
import { countLeftOut } from "./row_text";

/** User-facing names of the URL's parameters. */
const WORDS: Record<string, string> = {
  selection: "the selected points",
  row: "the selected point",
  terms: "the sum of points",
  metadataUpload: "your metadata",
  filters: "the filters",
  axes: "the custom axes",
  query: "the search",
  colorChoice: "the colors",
  tableSort: "the table's order",
};

export function wordsOfField(name: string): string {
  return WORDS[name] ?? name;
}

/**
 * The tokens that fit into `max` characters (the longest are dropped first), and the names of those left out. A token
 * that is kept but contains only the number of points counts as left out, too.
 */
export function fitTokens(
  tokens: Record<string, string>,
  max: number,
  lengthOf: (name: string, value: string) => number,
): { kept: Record<string, string>; leftOut: string[] } {
  const sized = Object.entries(tokens).map(([name, value]) => ({ name, value, length: lengthOf(name, value) }));
  let total = sized.reduce((sum, { length }) => sum + length, 0);
  const leftOut = new Set<string>();
  for (const { name, length } of [...sized].sort((a, b) => b.length - a.length)) {
    if (total <= max) break;
    leftOut.add(name);
    total -= length;
  }
  const kept = sized.filter(({ name }) => !leftOut.has(name)).map(({ name, value }) => [name, value]);
  for (const { name, value } of sized) if (rowsLeftOut(name, value) !== null) leftOut.add(name);
  return { kept: Object.fromEntries(kept), leftOut: [...leftOut] };
}

/** Number of points that a URL token replaces by their count; null if it replaces none. */
function rowsLeftOut(name: string, value: string): number | null {
  return name === "selection" ? countLeftOut(value) : null;
}

/** Why a part of a URL was ignored. */
export function unreadNote(name: string, value: string, isKnown: boolean): string {
  const count = rowsLeftOut(name, value);
  if (count !== null) {
    return `The address had no room for ${wordsOfField(name)}, ${formatCount(count)} of them: a bookmark keeps them.`;
  }
  if (!isKnown) return `The address names “${clip(name)}”, which this version does not know.`;
  return `The address has “${clip(value)}” for ${wordsOfField(name)}, which cannot be read; it is as it starts.`;
}

export function missingNote(kind: string, wanted: string, shown: string): string {
  return `The address names the ${kind} “${clip(wanted)}”, which is not there; ${shown} is shown.`;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
