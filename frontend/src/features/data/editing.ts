/** The displayed metadata: the file's with the user's tags applied; and its download. */
import { fileNameOf } from "../../data/file_name";
import type { Metadata } from "../../data/metadata";
import { writeMetadata } from "../../data/metadata_text";
import { nextTurn } from "../../data/next_turn";
import { withTags } from "../../data/tags";
import { markSaved } from "../../data/tensor_edits";
import { columnsOf, isMetadataComing } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { saveFile } from "../../work/save_file";
import type { DataActions } from "./fields";

const NOTHING: Metadata = { columns: [], rows: 0, lines: 0, problems: [] };

export function followMetadata(store: Store): void {
  store.subscribe((state, changed) => {
    const hasFailed = changed.has("failures") && state.metadata === null;
    if (changed.has("fileMetadata") || changed.has("tags") || hasFailed) {
      store.set({ metadata: taggedMetadata(state) });
    }
  });
}

/** Null while the file is being read: tags that come back with their tensor are not all of its columns. */
function taggedMetadata(state: Readonly<State>): Metadata | null {
  const { fileMetadata, tags, shown } = state;
  const isFileComing = isMetadataComing({ ...state, metadata: fileMetadata });
  if (tags.length === 0 || shown === null || isFileComing) return fileMetadata;
  const before = fileMetadata ?? NOTHING;
  const [rows] = shown.step.shape;
  return { ...before, rows, columns: withTags(before.columns, tags, rows) };
}

export function makeMetadataEditing(store: Store): Pick<DataActions, "downloadMetadata" | "tagSelection"> {
  return {
    downloadMetadata: () => download(store),
    tagSelection: (column, value) => {
      const rows = Int32Array.from(selectedRows(store.state));
      const name = column.trim();
      if (rows.length > 0 && name !== "") {
        const tags = [...store.state.tags, { column: name, value: value.trim(), rows }];
        store.set({ tags, colorBy: name, colorByQuality: false });
      }
    },
  };
}

async function download(store: Store): Promise<void> {
  const columns = columnsOf(store.state);
  const { shown, tags } = store.state;
  if (shown === null || columns.length === 0) return;
  const parts: Blob[] = [];
  for (const part of writeMetadata(columns)) {
    parts.push(new Blob([part])); // Moves it out of the heap: the browser may store it on disk.
    await nextTurn(); // Yields to other work.
  }
  const table = new Blob(parts, { type: "text/tab-separated-values" });
  saveFile(table, `${fileNameOf(shown.embedding.name)}_metadata.tsv`);
  store.set(markSaved(store.state, [tags]));
}
