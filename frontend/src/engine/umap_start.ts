/** Coordinates of UMAP's rows before the first epoch. */
import type { Random } from "../math/random";
import { LayoutError } from "./layout_error";

/** Extent of each dimension at the start, from 0, as in umap-learn: within reach of the moves of the first epochs. */
const EXTENT = 10;
/** Noise that separates rows at identical coordinates, which no force can. */
const NOISE = 1e-4;

/** Rows as the kernel stores them: `stride` numbers per connected row; the first `dimensions` are its coordinates. */
export interface KernelPositions {
  readonly positions: Float32Array;
  readonly stride: number;
  readonly connectedRows: Int32Array;
  readonly dimensions: number;
}

/** Starts at `initial` (planar, one number per row and dimension), scaled and with a little noise, or at random. */
export function writeStart(target: KernelPositions, initial: Float32Array | null, random: Random): void {
  target.positions.fill(0);
  if (initial) copyInitial(target, initial);
  const largest = initial ? largestOf(target.positions) : 0;
  const scale = largest > 0 ? EXTENT / largest : 0; // Without any extent, the start is random.
  for (let dimension = 0; dimension < target.dimensions; ++dimension) {
    eachCoordinate(target, dimension, (value) =>
      scale > 0 ? value * scale + NOISE * random.normal() : random.uniform(),
    );
    stretch(target, dimension);
  }
}

/** Displaces every row at random by `share` of the layout's extent. */
export function shake(target: KernelPositions, share: number, random: Random): void {
  const radius = share * Math.max(...Array.from({ length: target.dimensions }, (_, i) => extentOf(target, i).size));
  for (let dimension = 0; dimension < target.dimensions; ++dimension) {
    eachCoordinate(target, dimension, (value) => value + radius * random.normal());
  }
}

function copyInitial({ positions, stride, connectedRows, dimensions }: KernelPositions, initial: Float32Array): void {
  const rows = initial.length / dimensions;
  for (let index = 0; index < connectedRows.length; ++index) {
    for (let dimension = 0; dimension < dimensions; ++dimension) {
      const value = initial[dimension * rows + connectedRows[index]!]!;
      if (!Number.isFinite(value)) throw notFinite(connectedRows[index]!, value);
      positions[stride * index + dimension] = value;
    }
  }
}

function largestOf(positions: Float32Array): number {
  let largest = 0;
  for (const value of positions) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function eachCoordinate(
  { positions, stride }: KernelPositions,
  dimension: number,
  change: (value: number) => number,
): void {
  for (let at = dimension; at < positions.length; at += stride) positions[at] = change(positions[at]!);
}

function extentOf({ positions, stride }: KernelPositions, dimension: number): { low: number; size: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = dimension; at < positions.length; at += stride) {
    low = Math.min(low, positions[at]!);
    high = Math.max(high, positions[at]!);
  }
  return { low, size: high - low };
}

function stretch(target: KernelPositions, dimension: number): void {
  const { low, size } = extentOf(target, dimension);
  eachCoordinate(target, dimension, (value) => (size > 0 ? (EXTENT * (value - low)) / size : 0));
}

function notFinite(row: number, value: number): LayoutError {
  return new LayoutError(
    `initial: received ${value} for row ${row}, expected a finite number for every row that has neighbors`,
    "Start from coordinates of the same rows as the graph, or from random places (initial: null).",
  );
}
