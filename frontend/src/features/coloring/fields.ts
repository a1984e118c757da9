/** Columns for colors, sizes and images of points, and their legends. */
import { type ColorChoice, readColorChoices, writeColorChoices } from "../../data/color_choice";
import type { Legend } from "../../data/coloring";
import { held, optionalName, type Part } from "../../data/field";
import type { SizeLegend } from "../../data/point_sizes";
import type { Sprite } from "../../data/sprite";
import type { Cover } from "../../math/room";

interface ColoringState {
  /** A column's name; "": none; null: the default. */
  colorBy: string | null;
  /** Kind, scale and custom colors of one column; null: automatic. */
  colorChoices: readonly ColorChoice[];
  /** The column used for point sizes; null: all the same size. */
  sizeBy: string | null;
  /** The column whose values name images; null: the sprite sheet. */
  imageBy: string | null;
  /** Legend of the sizes; null: none. */
  sizeLegend: SizeLegend | null;
  /** Legend of the colors; null: none. */
  legend: Legend | null;
  legendOpen: boolean;
  /** The picture's lower left corner that the legends lie over; null: none. */
  legendCorner: Cover | null;
  /** The sheet shown in the picture. */
  sprite: Sprite | null;
}

export const COLORING: Part<ColoringState, object, "images"> = {
  fields: {
    colorBy: optionalName("column of the colors"),
    colorChoices: { initial: [], name: "colors", text: { read: readColorChoices, write: writeColorChoices } },
    sizeBy: optionalName("column of the sizes"),
    imageBy: optionalName("column of the images"),
    sizeLegend: held(null),
    legend: held(null),
    legendOpen: held(true),
    legendCorner: held(null),
    sprite: held(null),
  },
  /** Loading the images named by a column. */
  tasks: ["images"],
};
