/** Which vectors are shown, and their metadata: those of the logdir, and files that were opened in the browser. */
import { type Fields, held, optionalName, optionalWhole } from "../../data/field";
import type { Metadata } from "../../data/metadata";
import type { Runs, Shown } from "../../data/runs";
import type { Sprite } from "../../data/sprite";
import type { Tag } from "../../data/tags";

export interface DataState {
  run: string | null;
  embedding: string | null;
  step: number | null;
  /** A column's name; null: the best there is. */
  labelBy: string | null;
  runs: Runs | null;
  shown: Shown | null;
  /** As the server read it. */
  fileMetadata: Metadata | null;
  /** `fileMetadata` with the tags. */
  metadata: Metadata | null;
  /** The server's name for a metadata file that was loaded in the browser; null: the embedding's own. */
  metadataUpload: string | null;
  /** What rows were tagged with, oldest first. */
  tags: readonly Tag[];
  /** The form that tags the selection is open. */
  tagging: boolean;
  /** The sheet that the embedding has. */
  fileSprite: Sprite | null;
  /** The server's names for the vectors files that were opened in the browser. */
  uploads: readonly string[];
  /** What came of the file opened last, where there is something to say. */
  uploadNote: string | null;
}

const NAMES = /^[0-9a-f]{8,64}(,[0-9a-f]{8,64})*$/;

export const DATA_FIELDS: Fields<DataState> = {
  run: optionalName(),
  embedding: optionalName(),
  step: optionalWhole(0),
  labelBy: optionalName(),
  runs: held(null),
  shown: held(null),
  fileMetadata: held(null),
  metadata: held(null),
  metadataUpload: optionalName(),
  tags: held([]),
  tagging: held(false),
  fileSprite: held(null),
  uploads: {
    initial: [],
    text: {
      read: (text) => (text === "" ? [] : NAMES.test(text) ? text.split(",") : undefined),
      write: (names) => names.join(","),
    },
  },
  uploadNote: held(null),
};

export const DATA_TASKS = ["runs", "metadata", "upload"] as const;

export interface DataActions {
  /** `first` is a request that was sent before there was anyone to read it. */
  loadRuns(first?: Promise<Runs>): Promise<void>;
  /** Looks at the logdir again. */
  reload(): Promise<void>;
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
