/** Coordinates of UMAP's rows before the first epoch. */
import type { Random } from "../math/random";
import { LayoutError } from "./layout_error";

/** Extent of each dimension at the start, from 0, as in umap-learn: within reach of the moves of the first epochs. */
const EXTENT = 10;
/** Noise that separates rows at identical coordinates, which no force can. */
const NOISE = 1e-4;

/** Rows as the kernel stores them: `stride` numbers per placed row; the first `dimensions` are its coordinates. */
export interface Places {
  readonly positions: Float32Array;
  readonly stride: number;
  readonly placed: Int32Array;
  readonly dimensions: number;
}

/** Starts at `initial` (planar, one number per row and dimension), scaled and with a little noise, or at random. */
export function writeStart(places: Places, initial: Float32Array | null, random: Random): void {
  places.positions.fill(0);
  if (initial) copyInitial(places, initial);
  const largest = initial ? largestOf(places.positions) : 0;
  const scale = largest > 0 ? EXTENT / largest : 0; // Without any extent, the start is random.
  for (let dimension = 0; dimension < places.dimensions; ++dimension) {
    eachCoordinate(places, dimension, (value) =>
      scale > 0 ? value * scale + NOISE * random.normal() : random.uniform(),
    );
    stretch(places, dimension);
  }
}

/** Displaces every row at random by `share` of the layout's extent. */
export function shake(places: Places, share: number, random: Random): void {
  const radius = share * Math.max(...Array.from({ length: places.dimensions }, (_, i) => extentOf(places, i).size));
  for (let dimension = 0; dimension < places.dimensions; ++dimension) {
    eachCoordinate(places, dimension, (value) => value + radius * random.normal());
  }
}

function copyInitial({ positions, stride, placed, dimensions }: Places, initial: Float32Array): void {
  const rows = initial.length / dimensions;
  for (let place = 0; place < placed.length; ++place) {
    for (let dimension = 0; dimension < dimensions; ++dimension) {
      const value = initial[dimension * rows + placed[place]!]!;
      if (!Number.isFinite(value)) throw notFinite(placed[place]!, value);
      positions[stride * place + dimension] = value;
    }
  }
}

function largestOf(positions: Float32Array): number {
  let largest = 0;
  for (const value of positions) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function eachCoordinate({ positions, stride }: Places, dimension: number, change: (value: number) => number): void {
  for (let at = dimension; at < positions.length; at += stride) positions[at] = change(positions[at]!);
}

function extentOf({ positions, stride }: Places, dimension: number): { low: number; size: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = dimension; at < positions.length; at += stride) {
    low = Math.min(low, positions[at]!);
    high = Math.max(high, positions[at]!);
  }
  return { low, size: high - low };
}

function stretch(places: Places, dimension: number): void {
  const { low, size } = extentOf(places, dimension);
  eachCoordinate(places, dimension, (value) => (size > 0 ? (EXTENT * (value - low)) / size : 0));
}

function notFinite(row: number, value: number): LayoutError {
  return new LayoutError(
    `initial: received ${value} for row ${row}, expected a finite number for every row that has neighbors`,
    "Start from coordinates of the same rows as the graph, or from random places (initial: null).",
  );
}
