/** Commands of bookmarks. */
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { hasData } from "../../state/derived";
import type { State } from "../../state/state";

export const MOVE_KEYS: ElementKeys = { keys: ["Alt ↑", "Alt ↓"], words: "Move the bookmark" };
export const RENAME_KEYS: ElementKeys = { keys: ["F2"], words: "Rename it" };
export const REMOVE_KEYS: ElementKeys = { keys: ["Del"], words: "Remove it" };
export const LIST_KEYS: readonly ElementKeys[] = [
  { keys: ["↑", "↓"], words: "Go through the bookmarks" },
  MOVE_KEYS,
  RENAME_KEYS,
  REMOVE_KEYS,
];

export function bookmarkCommands(actions: Actions): Command[] {
  const isAny = ({ bookmarks }: Pick<State, "bookmarks">) => bookmarks.length > 0;
  const isAnywhere = (state: State) => isAny(state) || state.runBookmarks.some(isAny);
  const step = (by: 1 | -1) => () => actions.stepBookmark(by);
  const download = () => actions.downloadBookmarks();
  const undo = () => void actions.undoBookmarkChange();
  const redo = () => void actions.redoBookmarkChange();
  const canUndo = ({ bookmarkUndo }: State) => bookmarkUndo !== null;
  const canRedo = ({ bookmarkRedo }: State) => bookmarkRedo !== null;
  return [
    { id: "bookmark", words: "Bookmark this view", keys: ["K"], run: () => actions.addBookmark(), when: hasData },
    { id: "next-bookmark", words: "Next bookmark", keys: ["."], run: step(1), when: isAnywhere },
    { id: "previous-bookmark", words: "Previous bookmark", keys: [","], run: step(-1), when: isAnywhere },
    { id: "undo-bookmark", words: "Undo the last change of a bookmark", keys: [], run: undo, when: canUndo },
    { id: "redo-bookmark", words: "Redo the last change of a bookmark", keys: [], run: redo, when: canRedo },
    { id: "download-bookmarks", words: "Download the bookmarks", keys: [], run: download, when: isAny },
  ];
}
