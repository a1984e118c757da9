/** What Escape clears, one step at a time: the topmost first, the subset last. */
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

type Read = Readonly<State>;

const STEPS: readonly { readonly isThere: (state: Read) => boolean; readonly patch: Partial<State> }[] = [
  { isThere: ({ drawingOpen }) => drawingOpen, patch: { drawingOpen: false } },
  { isThere: ({ problemsOpen }) => problemsOpen, patch: { problemsOpen: false } },
  { isThere: ({ selectionNote }) => selectionNote !== null, patch: { selectionNote: null } },
  {
    isThere: ({ selection, row }) => selection !== null || row !== null,
    patch: { selection: null, selectionWords: "", row: null },
  },
  { isThere: ({ terms }) => terms.length > 0, patch: { terms: [], termsNote: null } },
  { isThere: ({ query }) => query !== "", patch: { query: "" } },
  { isThere: ({ tool }) => tool !== "pan", patch: { tool: "pan" } },
];

export function clear(store: Store, leaveSubset: (depth: number) => void): void {
  const step = STEPS.find(({ isThere }) => isThere(store.state));
  if (step !== undefined) store.set(step.patch);
  else leaveSubset(store.state.trail.length - 1);
}
