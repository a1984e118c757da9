/** The vectors shown, and their metadata: from the logdir, or from files opened in the browser. */
import { held, optionalName, optionalWhole, type Part } from "../../data/field";
import type { Metadata } from "../../data/metadata";
import type { Runs, Shown } from "../../data/runs";
import type { Sprite } from "../../data/sprite";
import type { Tag } from "../../data/tags";
import type { TensorEdits } from "../../data/tensor_edits";

interface DataState {
  run: string | null;
  embedding: string | null;
  step: number | null;
  /** A column's name; null: the default. */
  labelBy: string | null;
  runs: Runs | null;
  shown: Shown | null;
  /** As received from the server. */
  fileMetadata: Metadata | null;
  /** `fileMetadata` with the tags. */
  metadata: Metadata | null;
  /** The server's name for a metadata file uploaded by the user; null: the embedding's own. */
  metadataUpload: string | null;
  /** The files of those uploaded from this page, by the server's names. */
  metadataFiles: Readonly<Record<string, string>>;
  /** Tags, oldest first. */
  tags: readonly Tag[];
  /** The tags that were last saved to a file, with the metadata or in a bookmark. */
  savedTags: readonly Tag[];
  /** The tags and the loaded metadata of each tensor that has any, that shown included. */
  tensorEdits: readonly TensorEdits[];
  /** The embedding's own sprite sheet. */
  fileSprite: Sprite | null;
  /** The server's names for vectors files opened in the browser. */
  uploads: readonly string[];
  /** A note about the file opened last, if any. */
  uploadNote: string | null;
}

const NAMES = /^[0-9a-f]{8,64}(,[0-9a-f]{8,64})*$/;

export const DATA: Part<DataState, DataActions, "runs" | "metadata" | "upload"> = {
  fields: {
    run: optionalName("run"),
    embedding: optionalName("tensor"),
    step: optionalWhole(0, "step"),
    labelBy: optionalName("column of the labels"),
    runs: held(null),
    shown: held(null),
    fileMetadata: held(null),
    metadata: held(null),
    metadataUpload: optionalName("loaded metadata"),
    metadataFiles: held({}),
    tags: held([]),
    savedTags: held([]),
    tensorEdits: held([]),
    fileSprite: held(null),
    uploads: {
      initial: [],
      name: "opened vectors",
      text: {
        read: (text) => (text === "" ? [] : NAMES.test(text) ? text.split(",") : undefined),
        write: (names) => names.join(","),
      },
    },
    uploadNote: held(null),
  },
  tasks: ["runs", "metadata", "upload"],
};

/** Kinds of content that a file is opened as; the drop target has a half for each. */
export type OpenedAs = "vectors" | "metadata";

export interface DataActions {
  /** `first` is a request that has already been sent. */
  loadRuns(first?: Promise<Runs>): Promise<void>;
  /** Scans the logdir again. */
  reload(): Promise<void>;
  /** Opens a vectors file as a run of its own. Null: the user picks a file. */
  openVectors(file: File | null): Promise<void>;
  /** Loads metadata from a file, in place of the embedding's own. */
  loadMetadata(file: File | null): Promise<void>;
  /** Opens dropped files: those of bookmarks as such, the others as what `half` is for. */
  openDropped(files: readonly File[], half: OpenedAs): Promise<void>;
  /** Reverts to the embedding's own. */
  forgetMetadata(): void;
  /** All columns including tags, as a TSV file. */
  downloadMetadata(): void;
  /** Sets this column to the value for the selected rows, creating the column if needed; "" clears their value. */
  tagSelection(column: string, value: string): void;
}
