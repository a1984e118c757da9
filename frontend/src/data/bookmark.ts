/**
 * A saved view: the fields held in a URL, the full selected and isolated rows, the tags, and every computed projection,
 * so that the view is restored point by point. A bookmark file is a list of states, like the built-in projector's; ours are
 * marked by `format`.
 */
import { readAxes, writeAxes } from "./axes";
import type { Coordinates, Method } from "./coordinates";
import { METHODS, SPACE_NOT_RECORDED } from "./coordinates";
import { readFloats, writeFloats } from "./float_text";
import { writeAllRows } from "./row_text";
import type { Tag } from "./tags";

export const BOOKMARK_FORMAT = "tb-projector-plugin";
const BOOKMARK_VERSION = 1;

/** The data that the bookmark belongs to. */
export interface BookmarkedData {
  readonly run: string | null;
  readonly embedding: string | null;
  readonly step: number | null;
  readonly rows: number;
  readonly dims: number;
  /** `rows` is only a lower bound: the file names isolated points, and does not say of how many they were taken. */
  readonly isAtLeast?: boolean;
}

export interface BookmarkedSubset {
  readonly rows: Int32Array;
  readonly words: string;
}

/** A projection; its `subset` is not set. */
export interface BookmarkedPicture extends Coordinates {
  /** The points that it is of: 0 for all, otherwise the number of their subset in `trail`. */
  readonly depth: number;
}

export interface Bookmark {
  readonly label: string;
  /** Fields of the view in text form, except those that name the data. */
  readonly view: Readonly<Record<string, string>>;
  readonly data: BookmarkedData;
  readonly selection: Int32Array | null;
  /** Subsets from all points down to the isolated ones. */
  readonly trail: readonly BookmarkedSubset[];
  /** At most one projection per method and depth. */
  readonly pictures: readonly BookmarkedPicture[];
  /** Oldest first. */
  readonly tags: readonly Tag[];
  /** Notes on parts that it does not hold: left out for its size, or not readable in the file. */
  readonly notes: readonly string[];
  /** The state as its file has it, with what cannot be read here; null: made in this window. */
  readonly raw: Readonly<Record<string, unknown>> | null;
}

/** A state that came from a file is written as it was: only its label may have changed. */
export function writeBookmark(bookmark: Bookmark): Readonly<Record<string, unknown>> {
  const { raw, label } = bookmark;
  if (raw === null) return writeNew(bookmark);
  return labelOf(raw) === label ? raw : { ...raw, label };
}

function writeNew(bookmark: Bookmark): Record<string, unknown> {
  const { label, view, data, selection, trail, pictures, tags } = bookmark;
  return {
    format: BOOKMARK_FORMAT,
    version: BOOKMARK_VERSION,
    ...{ label, data, view },
    selection: selection === null ? null : writeAllRows(selection),
    isolated: trail.map(({ rows, words }) => ({ words, rows: writeAllRows(rows) })),
    pictures: pictures.map(writePicture),
    tags: tags.map(({ column, value, rows }) => ({ column, value, rows: writeAllRows(rows) })),
  };
}

function writePicture(picture: BookmarkedPicture): Record<string, unknown> {
  const { method, depth, x, y, z, axisNames, space, axes, iteration } = picture;
  const columns = { x: writeFloats(x), y: writeFloats(y), ...(z === null ? {} : { z: writeFloats(z) }) };
  const definition = axes === undefined ? {} : { axes: writeAxes(axes) };
  return { method, depth, axisNames, space, ...definition, iteration, ...columns };
}

/** Reads one state in our format. Throws an Error with the reason; optional parts are left out, with a note. */
export function readBookmark(state: Record<string, unknown>): Bookmark {
  const notes: string[] = [];
  if (typeof state.version !== "number") throw new Error("its version is missing");
  if (state.version > BOOKMARK_VERSION)
    notes.push(`It was written by a newer version (format ${state.version}); what is new in it was dropped.`);
  const data = readData(state.data);
  const trail = readTrail(state.isolated, data.rows, notes);
  const pictures = readPictures(state.pictures, data.rows, trail.length, notes);
  return {
    label: labelOf(state),
    view: readTexts(state.view),
    ...{ data, trail, pictures, notes },
    selection: readRowList(state.selection, data.rows),
    tags: readTags(state.tags, data.rows, notes),
    raw: state,
  };
}

function readData(value: unknown): BookmarkedData {
  const { run, embedding, step, rows, dims } = asRecord(value);
  if (!isCount(rows) || !isCount(dims)) throw new Error("it does not say of how many points and dimensions it is");
  const text = (one: unknown) => (typeof one === "string" ? one : null);
  return { run: text(run), embedding: text(embedding), step: typeof step === "number" ? step : null, rows, dims };
}

function readTexts(value: unknown): Record<string, string> {
  const texts = Object.entries(asRecord(value)).filter(([, text]) => typeof text === "string");
  return Object.fromEntries(texts) as Record<string, string>;
}

function readPictures(value: unknown, rows: number, innermost: number, notes: string[]): BookmarkedPicture[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const picture = readPicture(asRecord(one), rows, innermost);
    if (picture === null) notes.push("A picture in it is damaged and was dropped; it can be computed again.");
    return picture === null ? [] : [picture];
  });
}

/** Without a `depth`, which was not always written, it is of the isolated points: `innermost`. */
function readPicture(value: Record<string, unknown>, rows: number, innermost: number): BookmarkedPicture | null {
  const depth = value.depth === undefined ? innermost : Number(value.depth);
  if (!(Number.isInteger(depth) && depth >= 0 && depth <= innermost)) return null;
  const method = METHODS.find((one) => one === value.method);
  const column = (one: unknown) => (typeof one === "string" ? readFloats(one, rows) : null);
  const [x, y, z] = [column(value.x), column(value.y), column(value.z)];
  if (method === undefined || x === null || y === null || (value.z !== undefined && z === null)) return null;
  const names = Array.isArray(value.axisNames) ? value.axisNames.map(String).slice(0, 3) : [];
  const space = typeof value.space === "string" ? value.space : SPACE_NOT_RECORDED;
  const axes = typeof value.axes === "string" ? readAxes(value.axes) : undefined;
  const picture = makePicture(method, { x, y, z }, names, space, value.iteration);
  return { ...picture, ...(axes === undefined ? {} : { axes }), depth };
}

export function makePicture(
  method: Method,
  { x, y, z }: { x: Float32Array; y: Float32Array; z: Float32Array | null },
  axisNames: readonly string[],
  space: string,
  iteration: unknown,
): Coordinates {
  let finiteRows = 0;
  for (let row = 0; row < x.length; row++) {
    if (Number.isFinite(x[row]) && Number.isFinite(y[row]) && (z === null || Number.isFinite(z[row]))) finiteRows++;
  }
  const counted = typeof iteration === "number" && Number.isFinite(iteration) ? iteration : null;
  return { method, x, y, z, rows: x.length, finiteRows, axisNames, space, iteration: counted };
}

function readTrail(value: unknown, rows: number, notes: string[]): BookmarkedSubset[] {
  if (!Array.isArray(value)) return [];
  const trail: BookmarkedSubset[] = [];
  for (const one of value.map(asRecord)) {
    const read = readRowList(one.rows, rows);
    if (read === null || read.length < 2) {
      notes.push("The isolated points in it cannot be read: all points are shown.");
      return [];
    }
    trail.push({ rows: read, words: typeof one.words === "string" ? one.words : `${read.length} points` });
  }
  return trail;
}

function readTags(value: unknown, rows: number, notes: string[]): Tag[] {
  if (!Array.isArray(value)) return [];
  return value.map(asRecord).flatMap((one) => {
    const [read, { column, value }] = [readRowList(one.rows, rows), one] as const;
    if (read !== null && typeof column === "string" && typeof value === "string")
      return [{ column, value, rows: read }];
    notes.push("A tag in it is damaged and was dropped.");
    return [];
  });
}

/** Ascending rows below `max`; null for anything else. */
function readRowList(value: unknown, max: number): Int32Array | null {
  if (typeof value !== "string" || value === "") return null;
  const flags = new Uint8Array(max);
  for (const part of value.split(",")) {
    const [, first, last] = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (first === undefined || to < from || to >= max) return null;
    flags.fill(1, from, to + 1);
  }
  return rowsOf(flags);
}

/** Indices of the ones. */
export function rowsOf(flags: Uint8Array): Int32Array {
  let count = 0;
  for (const flag of flags) count += flag;
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === 1) rows[next++] = row;
  return rows;
}

export function labelOf({ label }: Readonly<Record<string, unknown>>): string {
  return typeof label === "string" && label !== "" ? label : "unnamed";
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 2 ** 31;
}
