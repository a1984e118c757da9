/**
 * A view for self-contained pages: a JSON head, and one base64 block per array. The head contains no «<», and base64
 * never does, so no label can close the element around it.
 */
import { type CodedTexts, type Column, codedTexts } from "./column";
import type { ValuesFilter } from "./filters";
import { readBytes, writeBytes } from "./float_text";
import type { LegendSaved } from "./legend_saved";
import { readSpelling, writeSpelling } from "./number_spelling";
import type { SizeLegend } from "./point_sizes";
import type { SheetGrid } from "./sprite";
import { TextDictionary } from "./text_dictionary";

const PAGE_VERSION = 1;

export interface PageHead {
  readonly title: string;
  /** Description of the view, below the title. */
  readonly words: string;
  readonly rows: number;
  readonly dimensions: 2 | 3;
  readonly theme: "light" | "dark";
  /** In URL form. */
  readonly camera: string;
  readonly axisNames: readonly string[];
  readonly style: {
    readonly pointSize: number | null;
    readonly opacity: number | null;
    readonly fog: boolean;
    readonly sizeByDepth: boolean;
    readonly density: boolean;
    /** Images only where there is room for them. */
    readonly imagesNear?: boolean;
    readonly showAxes: boolean;
  };
  /** Points are drawn as their labels. */
  readonly hasLabelPoints: boolean;
  readonly showLabels: boolean;
  /** Each value of the legend has its name in the picture, unless labels are hidden. */
  readonly nameColors: boolean;
  /** Column names; null: none. */
  readonly labelColumn: string | null;
  readonly colorColumn: string | null;
  readonly legend: LegendSaved | null;
  /** null: the points are of one size. */
  readonly sizeLegend: SizeLegend | null;
  /** The values clicked in the legend; null: none. */
  readonly legendFilter: ValuesFilter | null;
}

/** Thumbnails of the page's rows. */
export interface SavedSheets {
  readonly grid: SheetGrid;
  /** The sheets' files. */
  readonly files: readonly { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export interface SavedView {
  readonly head: PageHead;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** null: two dimensions only. */
  readonly z: Float32Array | null;
  /** RGBA per row; null: the theme's single hue. */
  readonly colors: Uint8Array | null;
  readonly sizes: Float32Array | null;
  /** Row numbers in the embedding; null: identical. */
  readonly rowNumbers: Int32Array | null;
  /** Rows selected when the page was saved, or clicked; null: none. */
  readonly selected: Int32Array | null;
  /** Rows that stood out as the neighbors or matches of a search do; null: none. */
  readonly near: Int32Array | null;
  /** RGBA of each of `near`; null: they have no colors of their own. */
  readonly nearColors: Uint8Array | null;
  /** Rows that pass the filters, the legend's apart; null: all. */
  readonly filtered: Int32Array | null;
  /** The rows to be labeled first, the most important first; null: rows spread over all. */
  readonly labelRows: Int32Array | null;
  /** One pair of rows (from, to) per line. */
  readonly lines: Uint32Array | null;
  /** Null: points are drawn as discs. */
  readonly sheets: SavedSheets | null;
  readonly columns: readonly Column[];
}

/** The name of a block, and its bytes. */
export type Block = readonly [name: string, bytes: ArrayBufferView];

interface WrittenHead extends PageHead {
  readonly version: number;
  readonly columns: readonly WrittenColumn[];
  readonly sheets: WrittenSheets | null;
}

interface WrittenSheets {
  readonly grid: SheetGrid;
  /** Media types, one per sheet. */
  readonly types: readonly string[];
}

interface WrittenColumn {
  readonly kind: Column["kind"];
  readonly name: string;
  /** The spelling of numbers, as `writeSpelling` has it. */
  readonly spelling?: string;
}

export function headText({ head, columns, sheets }: SavedView): string {
  const written: WrittenHead = {
    version: PAGE_VERSION,
    ...head,
    columns: columns.map(describeColumn),
    sheets: sheets && { grid: sheets.grid, types: sheets.files.map(({ type }) => type) },
  };
  return JSON.stringify(written).replaceAll("<", "\\u003c");
}

function describeColumn(column: Column): WrittenColumn {
  const { kind, name } = column;
  return column.kind === "text" ? { kind, name } : { kind, name, spelling: writeSpelling(column.spelling) };
}

export function* blocksOf(view: SavedView): Generator<Block> {
  const { columns } = view;
  for (const name of ARRAYS) {
    const values = view[name];
    if (values !== null) yield [name, values];
  }
  for (const [index, column] of columns.entries()) {
    if (column.kind !== "text") yield [`values${index}`, column.values];
    const texts = codedTexts(column);
    if (texts === null) continue;
    yield [`codes${index}`, texts.codes];
    yield [`texts${index}`, texts.dictionary.bytes];
    yield [`offsets${index}`, texts.dictionary.offsets];
  }
  for (const [index, { bytes }] of (view.sheets?.files ?? []).entries()) yield [`sheet${index}`, bytes];
}

const ARRAYS = [
  ...(["x", "y", "z", "colors", "sizes", "rowNumbers", "labelRows", "lines"] as const),
  ...(["selected", "near", "nearColors", "filtered"] as const),
];

export function blockText([, { buffer, byteOffset, byteLength }]: Block): string {
  return writeBytes(new Uint8Array(buffer, byteOffset, byteLength));
}

/** Throws an Error with the reason. `textOf` returns a block's base64, or null if the page does not have it. */
export function readSavedView(headJson: string, textOf: (name: string) => string | null): SavedView {
  const { version, columns, sheets, ...head } = JSON.parse(headJson) as WrittenHead;
  if (version !== PAGE_VERSION) throw new Error(`its format is ${version}; ${PAGE_VERSION} was expected`);
  const { rows } = head;
  const bytes = (name: string) => bytesOf(textOf(name), name);
  const floats = (name: string) => view(bytes(name), Float32Array);
  const rowsIn = (name: string) => view(bytes(name), Int32Array);
  const x = floats("x");
  if (x === null || x.length !== rows) throw new Error("its coordinates are not whole");
  return {
    ...{ head, x, y: floats("y") ?? new Float32Array(rows), z: floats("z") },
    ...{ colors: bytes("colors"), sizes: floats("sizes"), lines: view(bytes("lines"), Uint32Array) },
    ...{ rowNumbers: rowsIn("rowNumbers"), labelRows: rowsIn("labelRows") },
    ...{ selected: rowsIn("selected"), near: rowsIn("near"), nearColors: bytes("nearColors") },
    ...{ filtered: rowsIn("filtered"), sheets: sheets ? readSheets(sheets, bytes) : null },
    columns: columns.map((column, index) => readColumn(column, rows, (name) => bytes(`${name}${index}`))),
  };
}

function readSheets(
  { grid, types }: WrittenSheets,
  bytes: (name: string) => Uint8Array<ArrayBuffer> | null,
): SavedSheets {
  return {
    grid,
    files: types.map((type, index) => ({ type, bytes: bytes(`sheet${index}`) ?? new Uint8Array(0) })),
  };
}

function readColumn(
  { kind, name, spelling }: WrittenColumn,
  rows: number,
  bytes: (name: string) => Uint8Array<ArrayBuffer> | null,
): Column {
  if (kind === "text") return { kind, name, rows, ...readTexts(rows, bytes) };
  const values = view(bytes("values"), Float64Array) ?? new Float64Array(rows);
  return {
    kind,
    name,
    rows,
    values,
    spelling: readSpelling(spelling, spelling === "own" ? readTexts(rows, bytes) : null),
  };
}

function readTexts(rows: number, bytes: (name: string) => Uint8Array<ArrayBuffer> | null): CodedTexts {
  const offsets = view(bytes("offsets"), Int32Array) ?? new Int32Array(1);
  const dictionary = new TextDictionary(bytes("texts") ?? new Uint8Array(0), offsets);
  return { codes: view(bytes("codes"), Int32Array) ?? new Int32Array(rows).fill(-1), dictionary };
}

function bytesOf(text: string | null, name: string): Uint8Array<ArrayBuffer> | null {
  if (text === null) return null;
  const bytes = readBytes(text);
  if (bytes === null) throw new Error(`its block «${name}» is damaged`);
  return bytes;
}

/** Interprets the bytes as numbers; a saved file may have been truncated anywhere. */
function view<T extends Float32Array | Float64Array | Int32Array | Uint32Array>(
  bytes: Uint8Array<ArrayBuffer> | null,
  kind: { new (buffer: ArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
): T | null {
  if (bytes === null) return null;
  if (bytes.length % kind.BYTES_PER_ELEMENT !== 0) throw new Error("it was cut off");
  return new kind(bytes.buffer);
}
