/** Asks before the page is left while bookmarks or tags in it were never saved. */
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

/** Listens only while there are any: a listener keeps pages out of the browser's cache for going back. */
export function guardLeaving(store: Store): void {
  store.subscribe((state, changed) => {
    if (!["bookmarksSaved", "tags", "savedTags"].some((name) => changed.has(name as keyof State))) return;
    if (hasUnsaved(state)) addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
  });
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function hasUnsaved({ bookmarksSaved, tags, savedTags }: Readonly<State>): boolean {
  return !bookmarksSaved || (tags.length > 0 && tags !== savedTags);
}
