/** What the picture shows: see `Picture.set`. */

import type { Sprite } from "../data/sprite";
import type { Columns } from "../math/bounds";
import type { LabelPoints } from "./label_sheet_maker";
import type { ToolName } from "./tools";

export { EMPHASIS } from "../gl/scene";

export interface PictureProps {
  count: number;
  /** NaN: not drawn. A change is told by a new object, never by writing into the columns. */
  positions: Columns;
  /** Positions are a layout's: those that follow one another fast are the frames of one movement. */
  isLayout: boolean;
  dimensions: 2 | 3;
  /** RGBA a point; null: the theme's one hue. */
  colors: Uint8Array | null;
  /** How many times the usual size each point has; null: all have it. */
  sizes: Float32Array | null;
  /** A point each, see `EMPHASIS`: 0 plain, 1 faded, 2 neighbor, 3 selected. */
  emphasis: Uint8Array | null;
  labels: ((row: number) => string) | null;
  /** Rows whose label is always shown, most important first. */
  labelRows: Int32Array | null;
  sprite: Sprite | null;
  showImages: boolean;
  /** Images that would hide one another are points, until one has come near. */
  imagesNear: boolean;
  axisNames: readonly string[];
  /** Axes with their names, in 2-D with ticks and a grid. */
  showAxes: boolean;
  theme: "light" | "dark";
  /** px; null: by count. */
  pointSize: number | null;
  /** Of a plain point; null: automatic. */
  opacity: number | null;
  fog: boolean;
  sizeByDepth: boolean;
  /** How many points lie in a place instead of the points. */
  density: boolean;
  /** From and to, a pair of rows a line. */
  lines: Uint32Array | null;
  /** Points that are drawn as their labels. */
  labelPoints: LabelPoints | null;
  /** What a left drag draws; «pan»: nothing, it moves the camera. */
  tool: ToolName;
  /** The scene turns slowly, in 3-D. */
  rotating: boolean;
  showMinimap: boolean;
}

export interface Trouble {
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
  labels: null,
  labelRows: null,
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
  rotating: false,
  showMinimap: true,
};
