/** Updates the legends of colors and sizes when their columns change. */
import type { PointColors } from "../../state/point_colors";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

const COLORED_BY: readonly (keyof State)[] = [
  ...(["metadata", "colorBy", "colorChoice", "labelBy"] as const),
  ...(["quality", "colorByQuality"] as const),
];

export function followLegends(store: Store, colors: PointColors): void {
  store.subscribe((state, changed) => {
    if (COLORED_BY.some((name) => changed.has(name))) store.set({ legend: colors.coloring(state)?.legend ?? null });
    if (changed.has("sizeBy") || changed.has("metadata")) {
      store.set({ sizeLegend: colors.sizing(state)?.legend ?? null });
    }
  });
}
