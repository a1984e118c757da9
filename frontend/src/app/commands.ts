/**
 * Every command of the page. `keys.ts` hears their keys, `ui/key_help.ts` lists them, and the command palette finds them
 * by name: what is added here is in all three. Columns, runs and steps to go to are in `place_commands.ts`.
 */

import type { Actions } from "../state/actions";
import type { Command, CommandGroup } from "../state/command";
import { problemsInOrder } from "../state/derived";
import type { State } from "../state/state";
import type { Store } from "../state/store";
import { bookmarkCommands } from "./bookmark_commands";
import { dataCommands } from "./data_commands";
import { drawingCommands } from "./drawing_commands";
import { exportCommands } from "./export_commands";
import { navigationCommands } from "./navigation_commands";
import { selectionCommands } from "./selection_commands";
import { sumCommands } from "./sum_commands";
import { tableCommands } from "./table_commands";

/** Fields that are on or off. */
type Flag = { [Name in keyof State]: State[Name] extends boolean ? Name : never }[keyof State];

/** Made once: each asks the state at the moment it is used. */
export function makeCommands(store: Store, actions: Actions): readonly CommandGroup[] {
  return [
    { name: "Find", commands: findCommands(store, actions) },
    { name: "Projection", commands: projectionCommands(store, actions) },
    { name: "Picture", commands: pictureCommands(store, actions) },
    { name: "Drawing", commands: drawingCommands(store) },
    { name: "Selection", commands: selectionCommands(store, actions) },
    { name: "Vector arithmetic", commands: sumCommands(store, actions) },
    { name: "Table", commands: tableCommands(store, actions) },
    { name: "Data", commands: dataCommands(store, actions) },
    { name: "Save", commands: exportCommands(store, actions) },
    { name: "Bookmarks", commands: bookmarkCommands(store, actions) },
    { name: "Page", commands: pageCommands(store, actions) },
  ];
}

function findCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => isShown(store);
  const isFound = () => (store.state.matches?.length ?? 0) > 0;
  return [
    { name: "Search by text", keys: ["/"], run: () => actions.focusSearch(), isOffered },
    { name: "Next match", keys: ["W"], run: () => actions.walkMatches(1), isOffered: isFound },
    { name: "Previous match", keys: ["Shift W"], run: () => actions.walkMatches(-1), isOffered: isFound },
    { name: "Select the matches", keys: [], run: () => actions.selectMatches(), isOffered: isFound },
    { name: "Add the matches to the selection", keys: [], run: () => actions.selectMatches("add"), isOffered: isFound },
    {
      ...{ name: "Take the matches out of the selection", keys: [], isOffered: isFound },
      run: () => actions.selectMatches("subtract"),
    },
    { name: "Every command by name", keys: ["Ctrl K"], run: () => store.set({ paletteOpen: true }) },
  ];
}

function projectionCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => isShown(store);
  const project = (method: State["method"]) => () => store.set({ method });
  return [
    { name: "PCA", keys: ["1"], run: project("pca"), isOffered },
    { name: "t-SNE", keys: ["2"], run: project("tsne"), isOffered },
    { name: "UMAP", keys: ["3"], run: project("umap"), isOffered },
    { name: "Custom axes", keys: ["4"], run: project("axes"), isOffered },
    { name: "Dimensions as they are", keys: ["5"], run: project("as_is"), isOffered },
    { name: "Run, pause or resume the layout", keys: ["Space"], run: () => actions.toggleLayout(), isOffered },
  ];
}

function pictureCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => isShown(store);
  const switchDimensions = () => store.set({ dimensions: store.state.dimensions === 2 ? 3 : 2 });
  return [
    { name: "2-D or 3-D", keys: ["D"], run: switchDimensions, isOffered },
    { name: "Labels on or off", keys: ["N"], run: toggle(store, "showLabels"), isOffered },
    {
      ...{ name: "Images on or off", keys: ["M"], run: toggle(store, "showImages") },
      isOffered: () => store.state.sprite !== null,
    },
    ...navigationCommands(store, actions),
  ];
}

function pageCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => isShown(store);
  return [
    { name: "Data and projection panel", keys: [], run: toggle(store, "leftOpen"), isOffered },
    { name: "Inspector panel", keys: [], run: toggle(store, "rightOpen"), isOffered },
    {
      ...{ name: "Legend", keys: [], run: toggle(store, "legendOpen") },
      isOffered: () => store.state.legend !== null,
    },
    {
      ...{ name: "Problems", keys: [], run: toggle(store, "problemsOpen") },
      isOffered: () => problemsInOrder(store.state).length > 0,
    },
    { name: "Look at the logdir again", keys: [], run: () => actions.reload() },
    { name: "Keys", keys: ["?"], run: toggle(store, "helpOpen") },
  ];
}

function isShown(store: Store): boolean {
  return store.state.shown !== null;
}

function toggle(store: Store, flag: Flag): () => void {
  return () => store.set({ [flag]: !store.state[flag] });
}
