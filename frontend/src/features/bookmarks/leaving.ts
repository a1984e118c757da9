/** Asks before the page is left while bookmarks in it, or tags on any tensor, were never saved. */
import { hasUnsavedTags } from "../../data/tensor_edits";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

/** Listens only while there are any: a listener keeps pages out of the browser's cache for going back. */
export function guardLeaving(store: Store): void {
  store.subscribe((state, changed) => {
    if (!["bookmarksSaved", "tags", "savedTags", "tensorEdits"].some((name) => changed.has(name as keyof State)))
      return;
    if (hasUnsaved(state)) addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
  });
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function hasUnsaved(state: Readonly<State>): boolean {
  return !state.bookmarksSaved || hasUnsavedTags(state) || state.tensorEdits.some(hasUnsavedTags);
}
