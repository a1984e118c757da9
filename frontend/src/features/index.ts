/** The features of the page as `fields.ts` lists them, each made by the `index.ts` of its folder. */
import type { Actions } from "../state/actions";
import type { Command, CommandGroup } from "../state/command";
import { hasData } from "../state/derived";
import type { Store } from "../state/store";
import type { Context, Feature, Panel, ProjectionChoice, ToolbarButton } from "./feature";
import { FEATURES as LISTED } from "./fields";

const MADE = import.meta.glob<Feature>("./*/index.ts", { eager: true, import: "feature" });
const FEATURES: readonly Feature[] = Object.keys(LISTED).map((name) => MADE[`./${name}/index.ts`]!);

export const PANELS: readonly (Panel | ToolbarButton)[] = FEATURES.flatMap(({ panels }) => panels ?? []);
export const PROJECTIONS: readonly ProjectionChoice[] = FEATURES.flatMap(({ projections }) => projections ?? []);

/** Headings, in the order of the help page; others come last. */
const HEADINGS = [
  ...["Find", "Projection", "Picture", "Drawing", "Selection", "Vector arithmetic", "Table"],
  ...["Data", "Save", "Bookmarks", "Page", "Color", "Size", "Label", "Go to"],
  ...[
    "Held while selecting",
    "With the picture in focus",
    "In the search field",
    "In a list of points",
    "In the field of the sum",
    "In the legend",
    "In the bookmarks",
    "In the table",
    "Everywhere",
  ],
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
  return { id, words, keys, run: () => store.set({ method }), when: hasData };
}

/** Merges groups with the same heading. */
function joinGroups(groups: readonly CommandGroup[]): CommandGroup[] {
  const names = [...new Set([...HEADINGS, ...groups.map(({ name }) => name)])];
  const join = (name: string) => {
    const parts = groups.filter((group) => group.name === name);
    const elementKeys = parts.flatMap((part) => part.elementKeys ?? []);
    return { name, commands: parts.flatMap(({ commands }) => commands), elementKeys };
  };
  return names.map(join).filter(({ commands, elementKeys }) => commands.length + elementKeys.length > 0);
}
