/** Appearance of the picture, independent of its content. */

import { flag, held, number, optionalName, type Part } from "../../data/field";
import type { Sequences } from "../../data/sequences";

export interface DrawingState {
  showImages: boolean;
  showLabels: boolean;
  /** Each class that has a color has its name in the picture. */
  nameColors: boolean;
  /** The column whose largest numbers are labeled first; "": none; null: that of the sizes, if any. */
  importanceBy: string | null;
  /** Diameter in CSS px in the home view; 0: derived from the number of points. */
  pointSize: number;
  /** Opacity of a point, 0 to 1; 0: automatic. */
  opacity: number;
  /** Draw the density of the points, as a color, instead of the points. */
  density: boolean;
  /** In 3-D, distant points fade into the background color. */
  fog: boolean;
  /** In 3-D, distant points are smaller. */
  sizeByDepth: boolean;
  /** Points are drawn as their labels. */
  labelPoints: boolean;
  /** Axes with their names and ticks, in 2-D with a grid. */
  showAxes: boolean;
  /** Images that would hide one another are shown as points until the user zooms in. */
  imagesNear: boolean;
  /** The inspector's lists of points have images. */
  listImages: boolean;
  /** Lines along the sequences given by the metadata. */
  showLines: boolean;
  drawingOpen: boolean;
  /** Null: the metadata has none, or has not been loaded. */
  sequences: Sequences | null;
}

export const POINT_SIZE = { min: 1, max: 40 } as const;
export const OPACITY = { min: 0.02, max: 1 } as const;

export const DRAWING: Part<DrawingState> = {
  fields: {
    showImages: flag(true, "images"),
    showLabels: flag(true, "labels"),
    nameColors: flag(true, "names of the colors"),
    importanceBy: optionalName("column of the first labels"),
    pointSize: number(0, 0, POINT_SIZE.max, "point size"),
    opacity: number(0, 0, OPACITY.max, "opacity"),
    density: flag(false, "density instead of points"),
    fog: flag(true, "fog in the distance"),
    sizeByDepth: flag(true, "smaller points in the distance"),
    labelPoints: flag(false, "points as their labels"),
    showAxes: flag(true, "axes, ticks and grid"),
    imagesNear: flag(true, "images where there is room"),
    listImages: flag(true, "images in lists"),
    showLines: flag(true, "lines through sequences"),
    drawingOpen: held(false),
    sequences: held(null),
  },
};

/** Defaults for the projection of new data. */
export const INITIAL_DRAWING: Partial<DrawingState> = {
  ...{ pointSize: 0, opacity: 0, density: false, fog: true, sizeByDepth: true },
  ...{ nameColors: true, labelPoints: false, showAxes: true, imagesNear: true, listImages: true, showLines: true },
};
