/** Which projection is shown, in how many dimensions, and of which space. */
import { type Coordinates, METHODS, type Method } from "../../data/coordinates";
import { choice, type Fields, flag, held } from "../../data/field";

export interface ProjectionState {
  method: Method;
  dimensions: 2 | 3;
  /** Each vector less the mean, then scaled to length one, before anything is measured. */
  spherize: boolean;
  /** What the method shown gave; null: nothing yet, PCA's picture stands in. PCA's own is `projection`. */
  coordinates: Coordinates | null;
}

export const PROJECTION_FIELDS: Fields<ProjectionState> = {
  method: choice<Method>("pca", METHODS),
  dimensions: choice<2 | 3>(3, [2, 3]),
  spherize: flag(false),
  coordinates: held(null),
};
