/** Point sizes from a column: area is proportional to the value, so that twice the value looks like twice as much. */
import { shareOf } from "./coloring";
import type { Column } from "./column";
import { formatCount, formatNumber } from "./format";
import { numberValues, rangeOf } from "./number_values";

export interface Sizing {
  /** Diameter of each row's point as a multiple of the usual one. */
  readonly sizes: Float32Array;
  readonly legend: SizeLegend;
}

export interface SizeLegend {
  readonly column: string;
  readonly min: number;
  readonly max: number;
  readonly missing: number;
}

/** Diameter in a legend of a point of the usual size. */
const LEGEND_PX = 5;
/** Diameters of the smallest and the largest value, as multiples of the usual one. */
const SIZES = { min: 0.6, max: 3 } as const;
const MISSING = 0.5;

export function computeSizes(column: Column): Sizing {
  const values = numberValues(column);
  const { min, max, missing } = rangeOf(values);
  const sizes = Float32Array.from(values, (value) =>
    Number.isFinite(value) ? sizeAt(shareOf(value, min, null, max)) : MISSING,
  );
  return { sizes, legend: { column: column.name, min, max, missing } };
}

/** A point of the smallest value and one of the largest, with their size ratio in the picture. */
export function sizeExamples({ min, max }: SizeLegend): readonly { diameterPx: number; text: string }[] {
  return [
    { diameterPx: SIZES.min * LEGEND_PX, text: formatNumber(min) },
    { diameterPx: SIZES.max * LEGEND_PX, text: formatNumber(max) },
  ];
}

/** How many points have no number; null: all have one. */
export function missingWords({ missing }: SizeLegend): string | null {
  return missing === 0 ? null : `${formatCount(missing)} without`;
}

/** Size at a fraction, 0 to 1, of the range. */
function sizeAt(share: number): number {
  return Math.sqrt(SIZES.min ** 2 + share * (SIZES.max ** 2 - SIZES.min ** 2));
}
