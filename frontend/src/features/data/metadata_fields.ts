/** Files that were opened in the browser, and what was changed of the metadata: neither touches the logdir. */
import type { Metadata } from "../../data/metadata";
import type { Tag } from "../../data/tags";
import { type Field, held, optionalName } from "../../data/field";

export interface MetadataState {
  /** As the server read it; `metadata` is this with the tags. */
  fileMetadata: Metadata | null;
  /** The server's name for a metadata file that was loaded in the browser; null: the embedding's own. */
  metadataUpload: string | null;
  /** What rows were tagged with, oldest first. */
  tags: readonly Tag[];
  /** The server's names for the vectors files that were opened in the browser. */
  uploads: readonly string[];
  /** What came of the file opened last, where there is something to say. */
  uploadNote: string | null;
  /** The form that tags the selection is open. */
  tagging: boolean;
}

const NAMES = /^[0-9a-f]{8,64}(,[0-9a-f]{8,64})*$/;

export const METADATA_FIELDS: { readonly [Name in keyof MetadataState]: Field<MetadataState[Name]> } = {
  fileMetadata: held(null),
  metadataUpload: optionalName(),
  tags: held([]),
  uploads: {
    initial: [],
    text: {
      read: (text) => (text === "" ? [] : NAMES.test(text) ? text.split(",") : undefined),
      write: (names) => names.join(","),
    },
  },
  uploadNote: held(null),
  tagging: held(false),
};

export interface MetadataActions {
  /** Vectors from a file: they are shown as a run of their own. Null: the one that the reader picks. */
  openVectors(file: File | null): void;
  /** Metadata from a file for what is shown, instead of its own. */
  loadMetadata(file: File | null): void;
  /** Back to the embedding's own. */
  forgetMetadata(): void;
  /** All columns with the tags, as a TSV file. */
  downloadMetadata(): void;
  /** The selected rows get this value in this column, which is made if it is not there; "" takes their value away. */
  tagSelection(column: string, value: string): void;
}
