/** The keys of the page as a whole; `ui/key_help.ts` lists them for people. */
import type { Actions } from "../state/actions";
import type { Store } from "../state/store";

export function listenToKeys(store: Store, actions: Actions): void {
  const does: Record<string, () => void> = {
    "/": () => actions.focusSearch(),
    d: () => store.set({ dimensions: store.state.dimensions === 2 ? 3 : 2 }),
    l: () => store.set({ showLabels: !store.state.showLabels }),
    m: () => store.set({ showImages: !store.state.showImages }),
    r: () => actions.resetView(),
    f: () => actions.flyTo(rowsInFront(store)),
    "1": () => store.set({ method: "pca" }),
    "2": () => store.set({ method: "tsne" }),
    "3": () => store.set({ method: "umap" }),
    "4": () => store.set({ method: "axes" }),
    "5": () => store.set({ method: "as_is" }),
    " ": () => actions.toggleLayout(),
    "?": () => store.set({ helpOpen: !store.state.helpOpen }),
    Escape: () => actions.clear(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === " " && isPressable(event)) return;
    const action = does[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined || store.state.helpOpen) return;
    event.preventDefault();
    action();
  });
}

/** The selected point with its neighbors, else what a search found. */
function rowsInFront(store: Store): Int32Array {
  const { row, neighborhood, matches } = store.state;
  if (row !== null) return Int32Array.of(row, ...(neighborhood?.rows ?? []));
  return matches ?? new Int32Array(0);
}

/** On a button, the space bar presses it. */
function isPressable(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    target.matches("button, input, summary, a, [role=radio], [role=tab], [role=option]")
  );
}

/** In a field, a letter is a letter. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLInputElement ? target.type !== "range" : target instanceof HTMLSelectElement;
}
