/** Commands of bookmarks. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function bookmarkCommands(store: Store, actions: Actions): Command[] {
  const isShown = () => store.state.shown !== null;
  const isAny = () => store.state.bookmarks.length > 0;
  const isAnywhere = () => isAny() || store.state.runBookmarks.some(({ bookmarks }) => bookmarks.length > 0);
  const step = (by: 1 | -1) => () => actions.stepBookmark(by);
  const download = () => actions.downloadBookmarks();
  const undo = () => void actions.undoBookmarkChange();
  const redo = () => void actions.redoBookmarkChange();
  const canUndo = () => store.state.bookmarkUndo !== null;
  const canRedo = () => store.state.bookmarkRedo !== null;
  return [
    { id: "bookmark", words: "Bookmark this view", keys: ["K"], run: () => actions.addBookmark(), when: isShown },
    { id: "next-bookmark", words: "Next bookmark", keys: ["."], run: step(1), when: isAnywhere },
    { id: "previous-bookmark", words: "Previous bookmark", keys: [","], run: step(-1), when: isAnywhere },
    { id: "undo-bookmark", words: "Undo the last change of a bookmark", keys: [], run: undo, when: canUndo },
    { id: "redo-bookmark", words: "Redo the last change of a bookmark", keys: [], run: redo, when: canRedo },
    { id: "download-bookmarks", words: "Download the bookmarks", keys: [], run: download, when: isAny },
  ];
}
