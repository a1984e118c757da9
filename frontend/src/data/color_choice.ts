/**
 * The user's settings for coloring by columns. The URL form has a column's settings between semicolons, and in each the
 * parts between colons, each percent-encoded: column, kind, scale, minimum, middle, maximum, then «value=rrggbb» for each
 * value with a custom color.
 */
import type { Rgb } from "./categorical_colors";
import { SCALES, type ScaleName } from "./color_scales";

type ColorKind = "categorical" | "numeric";

export interface ColorChoice {
  /** The column that the settings are for. */
  readonly column: string;
  /** null: automatic. */
  readonly kind: ColorKind | null;
  readonly scale: ScaleName;
  /** The ends of the scale; null: those of the values. */
  readonly min: number | null;
  readonly max: number | null;
  /** The middle of a diverging scale; null: 0 if both signs occur, otherwise halfway. */
  readonly middle: number | null;
  /** Values with a custom color. */
  readonly own: readonly OwnColor[];
}

interface OwnColor {
  readonly value: string;
  readonly color: Rgb;
}

export function plainChoice(column: string): ColorChoice {
  return { column, kind: null, scale: "viridis", min: null, max: null, middle: null, own: [] };
}

/** The settings for `column`; null: automatic ones. */
export function choiceFor(choices: readonly ColorChoice[], column: string): ColorChoice | null {
  return choices.find((choice) => choice.column === column) ?? null;
}

/** The settings for all columns, of which one's are replaced. */
export function withChoice(choices: readonly ColorChoice[], changed: ColorChoice): readonly ColorChoice[] {
  return [...withoutChoice(choices, changed.column), changed];
}

export function withoutChoice(choices: readonly ColorChoice[], column: string): readonly ColorChoice[] {
  return choices.filter((choice) => choice.column !== column);
}

export function withOwnColor(choice: ColorChoice, value: string, color: Rgb | null): ColorChoice {
  const others = choice.own.filter((one) => one.value !== value);
  return { ...choice, own: color === null ? others : [...others, { value, color }] };
}

export function writeColorChoices(choices: readonly ColorChoice[]): string {
  return choices.map(writeColorChoice).join(";");
}

function writeColorChoice({ column, kind, scale, min, middle, max, own }: ColorChoice): string {
  const numbers = [min, middle, max].map((number) => (number === null ? "" : String(number)));
  const colors = own.map(({ value, color }) => `${encodeURIComponent(value)}=${hexOf(color)}`);
  return [encodeURIComponent(column), kind ?? "", scale, ...numbers, ...colors].join(":");
}

/** Undefined if any part is invalid. */
export function readColorChoices(text: string): readonly ColorChoice[] | undefined {
  const choices = text === "" ? [] : text.split(";").map(readColorChoice);
  return choices.includes(undefined) ? undefined : (choices as ColorChoice[]);
}

function readColorChoice(text: string): ColorChoice | undefined {
  try {
    const [column, kind, scale, min, middle, max, ...own] = text.split(":");
    if (max === undefined || (kind !== "" && kind !== "categorical" && kind !== "numeric")) return undefined;
    const name = SCALES.find((one) => one === scale);
    const numbers = [min!, middle!, max].map((part) => (part === "" ? null : Number(part)));
    const colors = own.map(readOwnColor);
    if (name === undefined || numbers.some(Number.isNaN) || colors.includes(null)) return undefined;
    return {
      column: decodeURIComponent(column!),
      kind: kind === "" ? null : (kind as ColorKind),
      scale: name,
      min: numbers[0]!,
      middle: numbers[1]!,
      max: numbers[2]!,
      own: colors as OwnColor[],
    };
  } catch {
    return undefined; // An invalid percent escape.
  }
}

function readOwnColor(text: string): OwnColor | null {
  const [value, hex] = text.split("=");
  const color = hex === undefined ? null : rgbOf(hex);
  return color === null ? null : { value: decodeURIComponent(value!), color };
}

/** Six hexadecimal digits, without «#». */
export function hexOf(color: Rgb): string {
  return color.map((part) => part.toString(16).padStart(2, "0")).join("");
}

/** Parses six hexadecimal digits, with or without «#»; null for anything else. */
export function rgbOf(hex: string): Rgb | null {
  const digits = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (digits === null) return null;
  return [digits[1]!, digits[2]!, digits[3]!].map((part) => Number.parseInt(part, 16)) as unknown as Rgb;
}
