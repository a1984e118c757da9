/** The point under the pointer, and the card of the selected one. */
import { type Fields, held } from "../../data/field";

export interface Hover {
  readonly row: number;
  /** In the picture, px from its top left. */
  readonly x: number;
  readonly y: number;
}

/** The rows that lie nearest to a row on the screen, nearest first. */
export interface ScreenNeighbors {
  readonly row: number;
  readonly rows: Int32Array;
}

export interface PointState {
  hover: Hover | null;
  /** Of the selected point, while the picture rests. */
  screenNeighbors: ScreenNeighbors | null;
}

export const POINT_FIELDS: Fields<PointState> = {
  hover: held(null),
  screenNeighbors: held(null),
};

export interface PointActions {
  /** The address of a file that the metadata names by a path; null while nothing is shown. */
  assetUrl(path: string): string | null;
  /** Why such a file is not shown, in a sentence. */
  explainAsset(path: string): Promise<string>;
}
