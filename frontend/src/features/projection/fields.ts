/** The projection shown, its number of dimensions, and its space. */
import { type Coordinates, METHODS, type Method } from "../../data/coordinates";
import { choice, flag, held, type Part } from "../../data/field";

interface ProjectionState {
  method: Method;
  dimensions: 2 | 3;
  /** Subtract the mean from each vector, then scale it to length one, before any measurement. */
  spherize: boolean;
  /** Result of the current method; null: not yet, PCA is shown instead. PCA's own result is `projection`. */
  coordinates: Coordinates | null;
}

export const PROJECTION: Part<ProjectionState> = {
  fields: {
    method: choice<Method>("pca", METHODS, "projection"),
    dimensions: choice<2 | 3>(3, [2, 3], "number of dimensions"),
    spherize: flag(false, "spherizing"),
    coordinates: held(null),
  },
};
