/** Props of the picture: see `Picture.set`. */

import type { ClassNames } from "../data/class_names";
import type { Sprite } from "../data/sprite";
import type { Columns } from "../math/bounds";
import type { Cover } from "../math/room";
import type { LabelPoints } from "./label_sheet_maker";
import type { ToolName } from "./tools";

export { EMPHASIS } from "../gl/scene";

export interface PictureProps {
  count: number;
  /** NaN: not drawn. To change positions, pass a new object; never write into the columns. */
  positions: Columns;
  /** Positions are a layout's: those in quick succession are frames of one movement. */
  isLayout: boolean;
  dimensions: 2 | 3;
  /** RGBA per point; null: the theme's single hue. */
  colors: Uint8Array | null;
  /** Size of each point as a multiple of the usual one; null: all 1. */
  sizes: Float32Array | null;
  /** One value per point, see `EMPHASIS`: 0 plain, 1 faded, 2 neighbor, 3 selected. */
  emphasis: Uint8Array | null;
  /** Neighbors are on their way, which will be emphasized, too. */
  awaitsNeighbors: boolean;
  labels: ((row: number) => string) | null;
  /** Rows whose label is always shown, most important first. */
  labelRows: Int32Array | null;
  /** Classes whose names stand among their points; null: none. */
  classes: ClassNames | null;
  sprite: Sprite | null;
  showImages: boolean;
  /** Images that would hide one another are shown as points until the user zooms in. */
  imagesNear: boolean;
  axisNames: readonly string[];
  /** Axes with their names and ticks, in 2-D with a grid. */
  showAxes: boolean;
  theme: "light" | "dark";
  /** px; null: derived from the number of points. */
  pointSize: number | null;
  /** Opacity of a plain point; null: automatic. */
  opacity: number | null;
  fog: boolean;
  sizeByDepth: boolean;
  /** Draw the density of the points instead of the points. */
  density: boolean;
  /** One pair of rows (from, to) per line. */
  lines: Uint32Array | null;
  /** Points drawn as their labels. */
  labelPoints: LabelPoints | null;
  /** The shape that a left drag draws; «pan»: none, it moves the camera. */
  tool: ToolName;
  /** The rows that an area can select, in ascending order; null: all. */
  selectable: Int32Array | null;
  /** The scene rotates slowly, in 3-D. */
  rotating: boolean;
  showMinimap: boolean;
  /** The lower left corner that something lies over, when the points are first seen, and whenever the view is reset. */
  covered: Cover | null;
}

export interface PictureProblem {
  message: string;
  fix: string;
}

export const NO_PROPS: PictureProps = {
  count: 0,
  positions: { x: new Float32Array(0), y: new Float32Array(0), z: null },
  isLayout: false,
  dimensions: 3,
  colors: null,
  sizes: null,
  emphasis: null,
  awaitsNeighbors: false,
  labels: null,
  labelRows: null,
  classes: null,
  sprite: null,
  showImages: false,
  imagesNear: false,
  axisNames: [],
  showAxes: true,
  theme: "light",
  pointSize: null,
  opacity: null,
  fog: true,
  sizeByDepth: true,
  density: false,
  lines: null,
  labelPoints: null,
  tool: "pan",
  selectable: null,
  rotating: false,
  showMinimap: true,
  covered: null,
};
