/** What can be saved of the picture. */
import { type Fields, held } from "../../data/field";

/** A file that is being written; null: none. */
export interface SavingState {
  exporting: string | null;
  /** Why a file could not be written, or what it leaves out; null: nothing to say. */
  exportNote: string | null;
  saveOpen: boolean;
}

export const SAVING_FIELDS: Fields<SavingState> = {
  exporting: held(null),
  exportNote: held(null),
  saveOpen: held(false),
};

/** Columns of the metadata that a page takes along: «shown» are those that label and color. */
export type PageColumns = "all" | "shown";

export interface SavingActions {
  /** Device px to a CSS px of the picture on the screen. */
  savePng(ratio: number): Promise<void>;
  saveSvg(): Promise<void>;
  /** The coordinates and the metadata, of all points or of the selected ones. */
  saveTable(format: "csv" | "arrow", which: "all" | "selection"): Promise<void>;
  /** The whole view as one page that needs no server. */
  savePage(columns: PageColumns): Promise<void>;
  /** About how large it will be. */
  pageBytes(columns: PageColumns): number;
  /** CSS px of the picture, and the largest ratio that `savePng` takes. */
  pictureExtent(): { width: number; height: number; mostRatio: number };
}
