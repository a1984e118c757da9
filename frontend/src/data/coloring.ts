/** The color that a column gives each point, and the legend that explains it. */
import { categoricalColors, type Rgb } from "./categorical_colors";
import { classesOf } from "./classes";
import { type Column, cellText, type NumberColumn } from "./column";
import { rampColor, VIRIDIS } from "./numeric_colors";

export interface Category {
  readonly text: string;
  readonly count: number;
  readonly color: Rgb;
}

export interface CategoricalLegend {
  readonly kind: "categorical";
  readonly column: string;
  /** Texts: the most frequent first. Numbers: rising. */
  readonly categories: readonly Category[];
  /** What is beyond the categories that have a color of their own. */
  readonly others: { readonly categories: number; readonly count: number };
  readonly missing: number;
}

export interface NumericLegend {
  readonly kind: "numeric";
  readonly column: string;
  readonly min: number;
  readonly max: number;
  readonly missing: number;
}

export type Legend = CategoricalLegend | NumericLegend;

export interface Coloring {
  /** RGBA of each row. */
  readonly colors: Uint8Array;
  readonly legend: Legend;
}

/** A hue of its own for more categories than this helps nobody. */
export const MOST_CATEGORIES = 50;
/** A column of few whole numbers (a class, an epoch) names rather than measures. */
const MOST_INTEGER_CATEGORIES = 20;
const OTHERS: Rgb = [0x8e, 0x96, 0xa3];
const MISSING: Rgb = [0xb4, 0xb4, 0xb4];

export function computeColoring(column: Column): Coloring {
  return isCategorical(column) ? colorCategories(column) : colorNumbers(column as NumberColumn);
}

function isCategorical(column: Column): boolean {
  if (column.kind === "text") return true;
  if (column.kind === "number") return false;
  return new Set(column.values).size <= MOST_INTEGER_CATEGORIES;
}

function colorCategories(column: Column): Coloring {
  const { codes, texts } = classesOf(column);
  const counts = new Int32Array(texts.length);
  let missing = 0;
  for (const code of codes) code < 0 ? missing++ : counts[code]!++;
  // Texts by how frequent they are; numbers have an order of their own.
  const byCount = (a: number, b: number) => counts[b]! - counts[a]! || a - b;
  const order = column.kind === "text" ? Array.from(counts.keys()).sort(byCount) : Array.from(counts.keys());
  const named = order.slice(0, MOST_CATEGORIES).filter((code) => counts[code]! > 0);
  const palette = categoricalColors(named.length);
  const colorOf = new Array<Rgb>(texts.length).fill(OTHERS);
  named.forEach((code, index) => {
    colorOf[code] = palette[index]!;
  });
  const categories = named.map((code) => ({ text: texts[code]!, count: counts[code]!, color: colorOf[code]! }));
  const counted = categories.reduce((sum, category) => sum + category.count, missing);
  const others = { categories: texts.length - named.length, count: codes.length - counted };
  const colors = paint(codes.length, (row) => (codes[row]! < 0 ? MISSING : colorOf[codes[row]!]!));
  return { colors, legend: { kind: "categorical", column: column.name, categories, others, missing } };
}

function colorNumbers(column: NumberColumn): Coloring {
  const { min, max, missing } = range(column.values);
  const width = max - min || 1;
  const colors = paint(column.rows, (row) => {
    const value = column.values[row]!;
    return Number.isFinite(value) ? rampColor(VIRIDIS, (value - min) / width) : MISSING;
  });
  return { colors, legend: { kind: "numeric", column: column.name, min, max, missing } };
}

/** What a share, 0 to 1, of kept neighbors is called in a legend. */
export const KEPT = "neighbors kept";

/** A share of each point, on the whole ramp from 0 to 1, so that two pictures can be held against each other. */
export function colorShares(shares: Float32Array): Coloring {
  let missing = 0;
  for (const share of shares) if (Number.isNaN(share)) missing++;
  const colors = paint(shares.length, (row) =>
    Number.isNaN(shares[row]) ? MISSING : rampColor(VIRIDIS, shares[row]!),
  );
  return { colors, legend: { kind: "numeric", column: KEPT, min: 0, max: 1, missing } };
}

/** Of the finite values; 0 and 0 where there is none. Infinity counts as missing: it has no place on a ramp. */
function range(values: Float64Array): { min: number; max: number; missing: number } {
  let [min, max, missing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) missing++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return missing === values.length ? { min: 0, max: 0, missing } : { min, max, missing };
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

/** The column that colors the points by default: the labels' own when they are few enough to be classes. */
export function defaultColorColumn(columns: readonly Column[], label: string | null): string | null {
  const isClass = (column: Column) => {
    if (column.kind !== "text")
      return column.kind === "integer" && isCategorical(column) && column.rows > MOST_INTEGER_CATEGORIES;
    return column.dictionary.size <= MOST_CATEGORIES && column.dictionary.size < column.rows / 2;
  };
  const inOrder = [...columns.filter((column) => column.name === label), ...columns];
  return inOrder.find(isClass)?.name ?? null;
}

/** The rows that a category of the legend names. */
export function rowsOfCategory(column: Column, text: string): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < column.rows; row++) if (cellText(column, row) === text) rows.push(row);
  return Int32Array.from(rows);
}
