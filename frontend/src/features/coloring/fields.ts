/** By what points are colored and sized, beyond the column itself, which is `colorBy`. */
import { type ColorChoice, readColorChoice, writeColorChoice } from "../../data/color_choice";
import type { SizeLegend } from "../../data/point_sizes";
import { type Field, held, optionalName } from "../../data/field";

export interface ColorState {
  /** Kind, scale and own colors of one column; null: as each column looks. */
  colorChoice: ColorChoice | null;
  /** A column of numbers that a point's size follows; null: all are of one size. */
  sizeBy: string | null;
  /** A column whose values name images; null: the sprite sheet. */
  imageBy: string | null;
  /** What the sizes mean; null: nothing. */
  sizeLegend: SizeLegend | null;
}

export const COLOR_FIELDS: { readonly [Name in keyof ColorState]: Field<ColorState[Name]> } = {
  colorChoice: { initial: null, text: { read: readColorChoice, write: writeColorChoice } },
  sizeBy: optionalName(),
  imageBy: optionalName(),
  sizeLegend: held(null),
};
