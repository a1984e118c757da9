/** The size that a column gives each point: its area follows the value, so that twice the value looks like twice as much. */
import type { Column } from "./column";
import { numberValues, rangeOf } from "./number_values";

export interface Sizing {
  /** Of each row: how many times the usual size across. */
  readonly sizes: Float32Array;
  readonly legend: SizeLegend;
}

export interface SizeLegend {
  readonly column: string;
  readonly min: number;
  readonly max: number;
  readonly missing: number;
}

/** Across, in the usual size: of the least value, and of the greatest. */
export const SIZES = { least: 0.6, most: 3 } as const;
const MISSING = 0.5;

export function computeSizes(column: Column): Sizing {
  const values = numberValues(column);
  const { min, max, missing } = rangeOf(values);
  const sizes = Float32Array.from(values, (value) =>
    Number.isFinite(value) ? sizeAt(max > min ? (value - min) / (max - min) : 0) : MISSING,
  );
  return { sizes, legend: { column: column.name, min, max, missing } };
}

/** At a share, 0 to 1, of the range. */
function sizeAt(share: number): number {
  return Math.sqrt(SIZES.least ** 2 + share * (SIZES.most ** 2 - SIZES.least ** 2));
}
