/** By what points are colored, sized and shown as images, and what that means. */
import { type ColorChoice, readColorChoice, writeColorChoice } from "../../data/color_choice";
import type { Legend } from "../../data/coloring";
import { type Fields, held, optionalName } from "../../data/field";
import type { SizeLegend } from "../../data/point_sizes";
import type { Sprite } from "../../data/sprite";

export interface ColoringState {
  /** A column's name; "": none; null: the best there is. */
  colorBy: string | null;
  /** Kind, scale and own colors of one column; null: as each column looks. */
  colorChoice: ColorChoice | null;
  /** A column of numbers that a point's size follows; null: all are of one size. */
  sizeBy: string | null;
  /** A column whose values name images; null: the sprite sheet. */
  imageBy: string | null;
  /** What the sizes mean; null: nothing. */
  sizeLegend: SizeLegend | null;
  /** What the colors mean; null: nothing. */
  legend: Legend | null;
  legendOpen: boolean;
  /** The sheet that the picture shows. */
  sprite: Sprite | null;
}

export const COLORING_FIELDS: Fields<ColoringState> = {
  colorBy: optionalName(),
  colorChoice: { initial: null, text: { read: readColorChoice, write: writeColorChoice } },
  sizeBy: optionalName(),
  imageBy: optionalName(),
  sizeLegend: held(null),
  legend: held(null),
  legendOpen: held(true),
  sprite: held(null),
};

/** Images that a column names are on their way. */
export const COLORING_TASKS = ["images"] as const;
