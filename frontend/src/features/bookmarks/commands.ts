/** Commands of bookmarks. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function bookmarkCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => store.state.shown !== null;
  const isAny = () => store.state.bookmarks.length > 0;
  const isAnywhere = () => isAny() || store.state.runBookmarks.some(({ bookmarks }) => bookmarks.length > 0);
  return [
    { name: "Bookmark this view", keys: ["K"], run: () => actions.addBookmark(), isOffered },
    { name: "Next bookmark", keys: ["."], run: () => actions.stepBookmark(1), isOffered: isAnywhere },
    { name: "Previous bookmark", keys: [","], run: () => actions.stepBookmark(-1), isOffered: isAnywhere },
    { name: "Download the bookmarks", keys: [], run: () => actions.downloadBookmarks(), isOffered: isAny },
  ];
}
