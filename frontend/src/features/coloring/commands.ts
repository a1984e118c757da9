/** Commands that color and size points by each column, and show the legend. */
import { KEPT_NEIGHBORS } from "../../data/coloring";
import { whyNotSize } from "../../data/column_use";
import { byWords, type Command, type CommandGroup, type ElementKeys } from "../../state/command";
import { columnsOf } from "../../state/derived";
import type { Store } from "../../state/store";

/** Keys of the legend, handled in `legend_categories.ts`. */
export const LEGEND_KEYS: readonly ElementKeys[] = [
  { keys: ["↑", "↓"], words: "Go through the values" },
  { keys: ["Home", "End"], words: "The first value, the last" },
];

export function coloringCommands(store: Store): Command[] {
  const run = () => store.set({ legendOpen: !store.state.legendOpen });
  return [{ id: "legend", words: "Legend", keys: [], run, when: ({ legend }) => legend !== null }];
}

/** "": by none. Also takes the colors back from the kept neighbors. */
export function colorByColumn(store: Store, colorBy: string): void {
  store.set({ colorBy, colorByQuality: false });
}

export function columnCommands(store: Store): CommandGroup[] {
  return [
    { name: "Color", commands: colorCommands(store) },
    { name: "Size", commands: sizeCommands(store) },
  ];
}

function colorCommands(store: Store): Command[] {
  const columns = columnsOf(store.state);
  if (columns.length === 0) return [];
  const by = (words: string, column: string) =>
    byWords("color", `Color by ${words}`, () => colorByColumn(store, column));
  const byKept = byWords("color", `Color by ${KEPT_NEIGHBORS}`, () => store.set({ colorByQuality: true }));
  return [...columns.map(({ name }) => by(name, name)), by("nothing", ""), ...(store.state.quality ? [byKept] : [])];
}

function sizeCommands(store: Store): Command[] {
  const usable = columnsOf(store.state).filter((column) => whyNotSize(column) === undefined);
  if (usable.length === 0) return [];
  const by = (words: string, sizeBy: string | null) => byWords("size", `Size by ${words}`, () => store.set({ sizeBy }));
  return [...usable.map(({ name }) => by(name, name)), by("nothing", null)];
}
