/** Computes the lines of sequences once their columns have been loaded. */
import { computeSequences } from "../../data/sequences";
import { columnsOf } from "../../state/derived";
import type { Store } from "../../state/store";

export function followSequences(store: Store): void {
  store.subscribe((state, changed) => {
    if (!changed.has("metadata")) return;
    const rows = state.shown?.step.shape[0] ?? 0;
    store.set({ sequences: computeSequences(columnsOf(state), rows) });
  });
}
