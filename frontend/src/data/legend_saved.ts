/** A legend for saved pages: the meaning of its colors, without what is needed to change them. */
import type { Legend } from "./coloring";
import { cssColor } from "./css_color";
import { cssGradient } from "./numeric_colors";

export type LegendSaved =
  | {
      readonly kind: "categorical";
      readonly column: string;
      readonly categories: readonly CategorySaved[];
      readonly others: { readonly categories: number; readonly count: number };
      readonly missing: number;
    }
  | {
      readonly kind: "numeric";
      readonly column: string;
      readonly min: number;
      readonly max: number;
      readonly middle: number | null;
      /** CSS, from the lowest to the highest value. */
      readonly gradient: string;
      readonly missing: number;
    };

interface CategorySaved {
  /** In the form used by filters. */
  readonly text: string;
  /** As it is shown, unless that is the same. */
  readonly name?: string;
  readonly count: number;
  /** CSS. */
  readonly color: string;
}

export function saveLegend(legend: Legend): LegendSaved {
  const { column, missing } = legend;
  if (legend.kind === "numeric") {
    const { kind, min, max, middle, scale } = legend;
    return { kind, column, min, max, middle, gradient: cssGradient(scale.ramp), missing };
  }
  const { kind, others } = legend;
  const categories = legend.categories.map(({ text, name, count, color }) => {
    return { text, ...(name === text ? {} : { name }), count, color: cssColor(color) };
  });
  return { kind, column, categories, others, missing };
}
