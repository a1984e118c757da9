/** Escape clears one thing at a time: the topmost first; what takes longest to make again, the filters, last. */
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

type Read = Readonly<State>;

const STEPS: readonly { readonly isActive: (state: Read) => boolean; readonly patch: Partial<State> }[] = [
  { isActive: ({ drawingOpen }) => drawingOpen, patch: { drawingOpen: false } },
  { isActive: ({ problemsOpen }) => problemsOpen, patch: { problemsOpen: false } },
  { isActive: ({ selectionNote }) => selectionNote !== null, patch: { selectionNote: null } },
  {
    isActive: ({ selection, row }) => selection !== null || row !== null,
    patch: { selection: null, selectionWords: "", row: null },
  },
  { isActive: ({ terms }) => terms.length > 0, patch: { terms: [], termsNote: null } },
  { isActive: ({ query }) => query !== "", patch: { query: "" } },
  { isActive: ({ tool }) => tool !== "pan", patch: { tool: "pan" } },
];

export function clear(store: Store, leaveSubset: (depth: number) => void): void {
  const step = STEPS.find(({ isActive }) => isActive(store.state));
  const { trail, filters } = store.state;
  if (step !== undefined) store.set(step.patch);
  else if (trail.length > 0) leaveSubset(trail.length - 1);
  else if (filters.length > 0) store.set({ filters: [] });
}
