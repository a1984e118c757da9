/** The features of the page, in the order in which they start and in which their panels and commands appear. */
import type { Actions } from "../state/actions";
import type { Command, CommandGroup } from "../state/command";
import type { Store } from "../state/store";
import { address } from "./address";
import { asIs } from "./as_is";
import { axes } from "./axes";
import { bookmarks } from "./bookmarks";
import { coloring } from "./coloring";
import { data } from "./data";
import { drawing } from "./drawing";
import type { Context, Feature, Panel, ProjectionChoice } from "./feature";
import { history } from "./history";
import { layout } from "./layout";
import { navigation } from "./navigation";
import { neighbors } from "./neighbors";
import { pca } from "./pca";
import { point } from "./point";
import { projection } from "./projection";
import { quality } from "./quality";
import { saving } from "./saving";
import { search } from "./search";
import { selection } from "./selection";
import { table } from "./table";

/** History starts after the URL is applied, so that its first step is that view. */
const FEATURES: readonly Feature[] = [
  ...[data, pca, layout, axes, asIs, projection, quality],
  ...[address, search, selection, history, point, neighbors],
  ...[coloring, drawing, saving, navigation, table, bookmarks],
];

export const PANELS: readonly Panel[] = FEATURES.flatMap(({ panels }) => panels ?? []);
export const PROJECTIONS: readonly ProjectionChoice[] = FEATURES.flatMap(({ projections }) => projections ?? []);

/** Headings, in the order of the help page; others come last. */
const HEADINGS = [
  ...["Find", "Projection", "Picture", "Drawing", "Selection", "Vector arithmetic", "Table"],
  ...["Data", "Save", "Bookmarks", "Page", "Color", "Size", "Label", "Go to"],
];

/** Starts all features and returns their actions. */
export function startFeatures(context: Context): Partial<Actions> {
  return Object.assign({}, ...FEATURES.map((feature) => feature.start?.(context)));
}

/** `others` are commands of the page itself. */
export function makeCommands(store: Store, actions: Actions, others: readonly CommandGroup[]): readonly CommandGroup[] {
  const projections = { name: "Projection", commands: PROJECTIONS.map((choice) => projectionCommand(store, choice)) };
  const own = FEATURES.flatMap((feature) => feature.commands?.(store, actions) ?? []);
  return joinGroups([projections, ...own, ...others]);
}

/** Commands that depend on the current data. */
export function makeDataCommands(store: Store): readonly CommandGroup[] {
  return joinGroups(FEATURES.flatMap((feature) => feature.dataCommands?.(store) ?? []));
}

function projectionCommand(store: Store, { command: id, words, method }: ProjectionChoice): Command {
  const keys = [String(PROJECTIONS.findIndex((choice) => choice.method === method) + 1)];
  return { id, words, keys, run: () => store.set({ method }), when: () => store.state.shown !== null };
}

/** Merges groups with the same heading. */
function joinGroups(groups: readonly CommandGroup[]): CommandGroup[] {
  const names = [...new Set([...HEADINGS, ...groups.map(({ name }) => name)])];
  const commandsOf = (wanted: string) =>
    groups.filter(({ name }) => name === wanted).flatMap(({ commands }) => commands);
  return names.map((name) => ({ name, commands: commandsOf(name) })).filter(({ commands }) => commands.length > 0);
}
