/** Commands on files of the reader's own and on metadata. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { columnsOf } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import type { Store } from "../../state/store";

export function dataCommands(store: Store, actions: Actions): Command[] {
  const isShown = () => store.state.shown !== null;
  return [
    { name: "Open a file with vectors", keys: [], run: () => actions.openVectors(null) },
    { name: "Load metadata from a file", keys: [], run: () => actions.loadMetadata(null), isOffered: isShown },
    {
      ...{ name: "Metadata of the run itself", keys: [], run: () => actions.forgetMetadata() },
      isOffered: () => store.state.metadataUpload !== null,
    },
    {
      ...{ name: "Save the metadata as TSV", keys: [], run: () => actions.downloadMetadata() },
      isOffered: () => columnsOf(store.state).length > 0,
    },
    {
      ...{ name: "Tag the selected points", keys: [], run: () => store.set({ tagging: true, rightOpen: true }) },
      isOffered: () => selectedRows(store.state).length > 0,
    },
  ];
}
