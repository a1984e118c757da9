/** Computes each point's color from a column, and the legend that explains it. */
import { categoricalColors, type Rgb } from "./categorical_colors";
import { classesOf } from "./classes";
import { type ColorChoice, plainChoice } from "./color_choice";
import { type Scale, scaleOf } from "./color_scales";
import { type Column, cellText, type NumberColumn, type TextColumn } from "./column";
import { MISSING, OTHERS } from "./css_color";
import { valueText } from "./filters";
import { isMissingText } from "./missing_text";
import { SHORTEST } from "./number_spelling";
import { countBins, hasNumbers, numberValues, rangeOf } from "./number_values";
import { rampColor, VIRIDIS } from "./numeric_colors";
import { isSequenceColumn } from "./sequence_columns";

export interface Category {
  /** In the form used by filters. */
  readonly text: string;
  /** As it is shown: of a number's spellings the first that occurs. */
  readonly name: string;
  readonly count: number;
  readonly color: Rgb;
}

export interface CategoricalLegend {
  readonly kind: "categorical";
  readonly column: string;
  /** Texts: the most frequent first. Numbers: ascending. */
  readonly categories: readonly Category[];
  /** The categories beyond those with a color of their own. */
  readonly others: { readonly categories: number; readonly count: number };
  readonly missing: number;
}

export interface NumericLegend {
  readonly kind: "numeric";
  readonly column: string;
  /** The ends of the scale; values beyond them get the ends' colors. */
  readonly min: number;
  readonly max: number;
  /** The middle of a diverging scale. */
  readonly middle: number | null;
  readonly scale: Scale;
  /** Range of the values themselves, and their counts in equal bins over it. */
  readonly values: { readonly min: number; readonly max: number; readonly bins: Int32Array };
  readonly missing: number;
}

export type Legend = CategoricalLegend | NumericLegend;

export interface Coloring {
  /** RGBA of each row. */
  readonly colors: Uint8Array;
  readonly legend: Legend;
}

/** Maximum number of categories with a color of their own: more hues could not be distinguished. */
export const MAX_CATEGORIES = 50;
/** Maximum number of distinct integers for which a column (a class, an epoch) is treated as categorical. */
const MAX_INTEGER_CATEGORIES = 20;

/** Number of bins of a legend's histogram. */
export const LEGEND_BINS = 44;

/** `choice`: the settings for this column; null: automatic ones. */
export function computeColoring(column: Column, choice: ColorChoice | null = null): Coloring {
  const chosen = choice ?? plainChoice(column.name);
  const kind = colorKind(column, chosen);
  return kind === "categorical" ? colorCategories(column, chosen) : colorNumbers(column, chosen);
}

/** How a column is colored: as chosen, if possible; otherwise automatically. */
export function colorKind(column: Column, choice: ColorChoice | null): "categorical" | "numeric" {
  const chosen = choice?.kind;
  if (chosen === "numeric" && hasNumbers(column)) return "numeric";
  return chosen === "categorical" || isCategorical(column) ? "categorical" : "numeric";
}

function isCategorical(column: Column): boolean {
  if (column.kind === "text") return true;
  if (column.kind === "number") return false;
  return countIntegers(column) <= MAX_INTEGER_CATEGORIES;
}

/** Cache: needed for every column at every draw. */
const COUNTS = new WeakMap<Column, number>();

/** Number of distinct integers, missing ones not counted; stops one above MAX_INTEGER_CATEGORIES. */
function countIntegers(column: NumberColumn): number {
  const known = COUNTS.get(column);
  if (known !== undefined) return known;
  const distinct = new Set<number>();
  for (const value of column.values) {
    if (distinct.size > MAX_INTEGER_CATEGORIES) break;
    if (!Number.isNaN(value)) distinct.add(value);
  }
  COUNTS.set(column, distinct.size);
  return distinct.size;
}

function colorCategories(column: Column, choice: ColorChoice): Coloring {
  const { codes, texts } = classesOf(column);
  const counts = new Int32Array(texts.length);
  let missing = 0;
  for (const code of codes) code < 0 ? missing++ : counts[code]!++;
  // As gray as empty cells, under their own name.
  const isMissing = (code: number) => column.kind === "text" && isMissingText(texts[code]!);
  const all = namedCodes(column, counts);
  const hued = all.filter((code) => !isMissing(code));
  const named = [...hued, ...all.filter(isMissing)];
  const palette = categoricalColors(hued.length);
  const own = new Map(choice.own.map(({ value, color }) => [value, color]));
  const colorOf = texts.map((text, code) => own.get(text) ?? (isMissing(code) ? MISSING : OTHERS));
  hued.forEach((code, index) => {
    colorOf[code] = own.get(texts[code]!) ?? palette[index]!;
  });
  const names = namesOf(column, codes, texts);
  const categories = named.map((code) => {
    return { text: texts[code]!, name: names(code), count: counts[code]!, color: colorOf[code]! };
  });
  const counted = categories.reduce((sum, category) => sum + category.count, missing);
  const others = { categories: texts.length - named.length, count: codes.length - counted };
  const colors = paint(codes.length, (row) => (codes[row]! < 0 ? MISSING : colorOf[codes[row]!]!));
  return { colors, legend: { kind: "categorical", column: column.name, categories, others, missing } };
}

function namesOf(column: Column, codes: Int32Array, texts: readonly string[]): (code: number) => string {
  if (column.kind === "text") return (code) => texts[code]!;
  const firstRows = new Int32Array(texts.length);
  for (let row = codes.length - 1; row >= 0; row--) if (codes[row]! >= 0) firstRows[codes[row]!] = row;
  return (code) => cellText(column, firstRows[code]!) ?? texts[code]!;
}

/** The most frequent values have a color each: texts are sorted by frequency, numbers by value. */
function namedCodes(column: Column, counts: Int32Array): number[] {
  const byCount = (a: number, b: number) => counts[b]! - counts[a]! || a - b;
  const named = Array.from(counts.keys())
    .filter((code) => counts[code]! > 0)
    .sort(byCount)
    .slice(0, MAX_CATEGORIES);
  return column.kind === "text" ? named : named.sort((a, b) => a - b);
}

function colorNumbers(column: Column, choice: ColorChoice): Coloring {
  const values = numberValues(column);
  const found = rangeOf(values);
  const scale = scaleOf(choice.scale);
  const [min, max] = [choice.min ?? found.min, choice.max ?? found.max];
  const middle = scale.isDiverging ? (choice.middle ?? middleOf(min, max)) : null;
  const colors = paint(column.rows, (row) => {
    const value = values[row]!;
    return Number.isFinite(value) ? rampColor(scale.ramp, shareOf(value, min, middle, max)) : MISSING;
  });
  const ends = { min: found.min, max: found.max, bins: countBins(values, found, LEGEND_BINS) };
  const { missing } = found;
  return { colors, legend: { kind: "numeric", column: column.name, min, max, middle, scale, values: ends, missing } };
}

function middleOf(min: number, max: number): number {
  return min < 0 && max > 0 ? 0 : (min + max) / 2;
}

/** Position of a value on the scale; each side of a middle covers half of it. */
export function shareOf(value: number, min: number, middle: number | null, max: number): number {
  if (max - min === Infinity) return shareOf(value / 4, min / 4, middle && middle / 4, max / 4);
  if (middle === null) return (value - min) / (max - min || 1);
  return value < middle
    ? (0.5 * (value - min)) / (middle - min || 1)
    : 0.5 + (0.5 * (value - middle)) / (max - middle || 1);
}

/** Legend title for the fraction of neighbors kept, 0 to 1. */
export const KEPT_NEIGHBORS = "neighbors kept";

/** The fractions as a column, which their colors and their legend are of. */
export function sharesColumn(shares: Float32Array): NumberColumn {
  const { length: rows } = shares;
  return { kind: "number", name: KEPT_NEIGHBORS, rows, values: Float64Array.from(shares), spelling: SHORTEST };
}

/** Colors fractions over the whole ramp from 0 to 1, so that two pictures are comparable. */
export function colorShares({ rows, values }: NumberColumn): Coloring {
  const { missing } = rangeOf(values);
  const colors = paint(rows, (row) => (Number.isNaN(values[row]) ? MISSING : rampColor(VIRIDIS, values[row]!)));
  const whole = { min: 0, max: 1, missing };
  const ends = { ...whole, bins: countBins(values, whole, LEGEND_BINS) };
  const scale = scaleOf("viridis");
  return {
    colors,
    legend: { kind: "numeric", column: KEPT_NEIGHBORS, min: 0, max: 1, middle: null, scale, values: ends, missing },
  };
}

function paint(rows: number, colorOf: (row: number) => Rgb): Uint8Array {
  const colors = new Uint8Array(4 * rows);
  for (let row = 0; row < rows; row++) {
    const color = colorOf(row);
    colors[4 * row] = color[0];
    colors[4 * row + 1] = color[1];
    colors[4 * row + 2] = color[2];
    colors[4 * row + 3] = 255;
  }
  return colors;
}

/**
 * The default column for colors: the label column if it has few enough values to be classes, otherwise the first such
 * column. One that distinguishes nothing, or consists of lists, only if there is no other.
 */
export function defaultColorColumn(columns: readonly Column[], label: string | null): string | null {
  const inOrder = [...columns.filter((column) => column.name === label), ...columns];
  return (inOrder.find((column) => isClass(column) && tellsApart(column)) ?? inOrder.find(isClass))?.name ?? null;
}

function isClass(column: Column): boolean {
  if (isSequenceColumn(column.name)) return false;
  if (column.kind === "text") {
    return column.dictionary.size <= MAX_CATEGORIES && column.dictionary.size < column.rows / 2;
  }
  return column.kind === "integer" && isCategorical(column) && column.rows > MAX_INTEGER_CATEGORIES;
}

function tellsApart(column: Column): boolean {
  return column.kind === "text" ? column.dictionary.size > 1 && !isOfLists(column) : countIntegers(column) > 1;
}

/** Whether every text is a list in brackets, as Python and JSON write it. */
function isOfLists({ dictionary }: TextColumn): boolean {
  const isList = (text: string) => /^\s*(\[.*\]|\(.*,.*\))\s*$/s.test(text);
  return Array.from({ length: dictionary.size }, (_, code) => dictionary.at(code)).every(isList);
}

/** Rows with a value of the legend, given in the form used by filters. */
export function rowsOfCategory(column: Column, text: string): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < column.rows; row++) if (valueText(column, row) === text) rows.push(row);
  return Int32Array.from(rows);
}
