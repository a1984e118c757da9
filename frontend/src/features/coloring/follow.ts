/** Updates the legends of colors and sizes when their columns change, or the points that they are of. */
import type { PointColors } from "../../state/point_colors";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

const COLORED_BY: readonly (keyof State)[] = [
  ...(["metadata", "colorBy", "colorChoices", "labelBy"] as const),
  ...(["quality", "colorByQuality", "subset"] as const),
];
const SIZED_BY: readonly (keyof State)[] = ["sizeBy", "metadata", "subset"];

export function followLegends(store: Store, colors: PointColors): void {
  store.subscribe((state, changed) => {
    if (COLORED_BY.some((name) => changed.has(name))) store.set({ legend: colors.legend(state) });
    if (SIZED_BY.some((name) => changed.has(name))) store.set({ sizeLegend: colors.sizeLegend(state) });
  });
}
