/** Selects what fits into a URL, and words the notes shown when a part of one is invalid. */
import { countAxisRowsLeftOut, shortAxes } from "./axes";
import { formatCount } from "./format";
import { countLeftOut, countRows, tooMany } from "./row_text";
import { shortTrail } from "./trail_text";

interface LongForm {
  /** The text in a URL without room for the rows: only their number. */
  shorten(text: string): string;
  /** The number that the text gives instead of the rows; null: it gives the rows. */
  countLeftOut(text: string): number | null;
}

/** The fields that name rows, as many as there are. */
const LONG_FORMS: Record<string, LongForm> = {
  selection: { shorten: (text) => tooMany(countRows(text)), countLeftOut },
  trail: { shorten: shortTrail, countLeftOut },
  axes: { shorten: shortAxes, countLeftOut: countAxisRowsLeftOut },
};

/** Number of points that a URL token replaces by their number; null if it replaces none. */
export function rowsLeftOut(name: string, value: string): number | null {
  return LONG_FORMS[name]?.countLeftOut(value) ?? null;
}

type LengthOf = (name: string, value: string) => number;

/** Maximum length of a shortened token in a URL, enough for three encoded axes; one that stays longer is dropped. */
const MAX_SHORT = 600;

/**
 * The tokens that fit into `max` characters, and the names of those left out. The longest are shortened first, to the
 * number of their points, or dropped: the others share the room.
 */
export function fitTokens(
  tokens: Record<string, string>,
  max: number,
  lengthOf: LengthOf,
): { kept: Record<string, string>; leftOut: string[] } {
  // Megabytes need not be encoded to be too long.
  const sizeOf: LengthOf = (name, value) => (value.length > max ? value.length : lengthOf(name, value));
  const sized = Object.entries(tokens).map(([name, value]) => ({ name, length: sizeOf(name, value) }));
  const kept = { ...tokens };
  let total = sized.reduce((sum, { length }) => sum + length, 0);
  for (const { name, length } of sized.sort((a, b) => b.length - a.length)) {
    if (total <= max) break;
    total += shortenToken(kept, name, sizeOf) - length;
  }
  const leftOut = Object.keys(tokens).filter((name) => !(name in kept) || rowsLeftOut(name, kept[name]!) !== null);
  return { kept, leftOut };
}

/** Shortens the token, or drops it; returns its length then. */
function shortenToken(kept: Record<string, string>, name: string, sizeOf: LengthOf): number {
  const short = LONG_FORMS[name]?.shorten(kept[name]!) ?? null;
  const length = short === null ? 0 : sizeOf(name, short);
  const isShort = short !== null && short.length < kept[name]!.length && length <= MAX_SHORT;
  if (isShort) kept[name] = short;
  else delete kept[name];
  return isShort ? length : 0;
}

/** Why a part of a URL was ignored. `name`: what the screen calls that field; null: there is no such field. */
export function unreadNote(field: string, value: string, name: string | null): string {
  const count = rowsLeftOut(field, value);
  if (count !== null) {
    const what = field === "axes" ? "points of the custom axes" : name;
    return `The address had no room for the ${what}, ${formatCount(count)} of them: a bookmark keeps them.`;
  }
  if (name === null) return `The address names “${clip(field)}”, which this version does not know.`;
  return `The address has “${clip(value)}” for the ${name}, which cannot be read; it is as it starts.`;
}

/** `shown`: what takes its place; null: nothing does. */
export function missingNote(kind: string, wanted: string, shown: string | null): string {
  const instead = shown === null ? "that part was ignored" : `${shown} is shown`;
  return `The address names the ${kind} “${clip(wanted)}”, which is not there; ${instead}.`;
}

export function missingRowNote(row: number, rows: number): string {
  return `The address names row ${formatCount(row)}, and there are ${formatCount(rows)} rows, counted from 0; rows that are not there were ignored.`;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
