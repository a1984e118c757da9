/** Quality of a projection: the last measurement, and whether points are colored by it. */
import type { Coordinates } from "../../data/coordinates";
import { held, type Part } from "../../data/field";
import type { Quality } from "../../data/quality";

/** The quality of coordinates, these coordinates, and whether the neighbors are those of spherized vectors. */
export interface MeasuredQuality extends Quality {
  readonly of: Coordinates;
  readonly spherize: boolean;
}

interface QualityState {
  quality: MeasuredQuality | null;
  /** Color points by their fraction of kept neighbors while there is a `quality`. */
  colorByQuality: boolean;
}

/** Number of neighbors of each point on which the quality is based. */
export const QUALITY_K = 15;

export const QUALITY: Part<QualityState, QualityActions, "quality"> = {
  fields: {
    quality: held(null),
    colorByQuality: held(false),
  },
  tasks: ["quality"],
};

interface QualityActions {
  /** Measures how faithful the current projection is. */
  measureQuality(): void;
}
