/** The points at which the names of classes stand: chosen again when these or the points change. */

import { placeClasses } from "../math/class_places";
import type { PictureProps } from "./picture_props";

type Placed = Pick<PictureProps, "classes" | "positions" | "dimensions">;

/** Minimum interval between two choices while a layout runs; until the next one, names go along with their points. */
const APART_MS = 300;
const NONE = new Int32Array(0);

export class NamePlaces {
  #last: (Placed & { readonly rows: Int32Array; readonly at: number }) | null = null;

  /** A row for each class; -1: it has no place. */
  of(props: Placed, now: number, isRunning: boolean): Int32Array {
    const { classes, positions, dimensions } = props;
    if (classes === null) return NONE;
    const last = this.#last;
    const isSame = last?.classes === classes && last.dimensions === dimensions;
    if (isSame && (last.positions === positions || (isRunning && now - last.at < APART_MS))) return last.rows;
    const rows = placeClasses(dimensions === 2 ? { ...positions, z: null } : positions, classes.rows);
    this.#last = { classes, positions, dimensions, rows, at: now };
    return rows;
  }
}
