/** How the picture is drawn, whatever it shows. */

import { type Fields, flag, held, number } from "../../data/field";
import type { Sequences } from "../../data/sequences";

export interface DrawingState {
  showImages: boolean;
  showLabels: boolean;
  /** CSS px across at home; 0: by how many points there are. */
  pointSize: number;
  /** Of a point, 0 to 1; 0: automatic. */
  opacity: number;
  /** How many points lie in a place, as a color, instead of the points. */
  density: boolean;
  /** In 3-D, what is far takes on the ground's color. */
  fog: boolean;
  /** In 3-D, what is far is drawn smaller. */
  sizeByDepth: boolean;
  /** Points are drawn as their labels. */
  labelPoints: boolean;
  /** Axes with their names, in 2-D with ticks and a grid. */
  showAxes: boolean;
  /** Of images that would hide one another: points, until one has come near. */
  imagesNear: boolean;
  /** Lines through the sequences that the metadata names. */
  showLines: boolean;
  drawingOpen: boolean;
  /** Null: the metadata names none, or is not there yet. */
  sequences: Sequences | null;
}

export const POINT_SIZE = { least: 1, most: 40 } as const;
export const OPACITY = { least: 0.02, most: 1 } as const;

export const DRAWING_FIELDS: Fields<DrawingState> = {
  showImages: flag(true),
  showLabels: flag(true),
  pointSize: number(0, 0, POINT_SIZE.most),
  opacity: number(0, 0, OPACITY.most),
  density: flag(false),
  fog: flag(true),
  sizeByDepth: flag(true),
  labelPoints: flag(false),
  showAxes: flag(true),
  imagesNear: flag(true),
  showLines: flag(true),
  drawingOpen: held(false),
  sequences: held(null),
};

/** As a projection of fresh data is drawn. */
export const DRAWING_AT_FIRST: Partial<DrawingState> = {
  ...{ pointSize: 0, opacity: 0, density: false, fog: true, sizeByDepth: true },
  ...{ labelPoints: false, showAxes: true, imagesNear: true, showLines: true },
};
