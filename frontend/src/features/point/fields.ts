/** The hovered point, and the card of the selected one. */
import { held, type Part } from "../../data/field";

interface Hover {
  readonly row: number;
  /** px from the top left of the picture. */
  readonly x: number;
  readonly y: number;
}

/** The rows nearest to a row on the screen, nearest first. */
interface ScreenNeighbors {
  readonly row: number;
  readonly rows: Int32Array;
}

interface PointState {
  hover: Hover | null;
  /** Neighbors of the selected point on the screen, while the picture is at rest. */
  screenNeighbors: ScreenNeighbors | null;
}

export const POINT: Part<PointState, PointActions> = {
  fields: {
    hover: held(null),
    screenNeighbors: held(null),
  },
};

export interface PointActions {
  /** URL of a file that the metadata names by a path; null while no data is shown. */
  assetUrl(path: string): string | null;
  /** Why such a file is not shown, in one sentence. */
  explainAsset(path: string): Promise<string>;
}
