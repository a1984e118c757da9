/** Saving of the picture and its data. */
import { held, type Part } from "../../data/field";

/** The file being written; null: none. */
interface SavingState {
  exporting: string | null;
  /** Why a file could not be written, or what it leaves out; null: no note. */
  exportNote: string | null;
  saveOpen: boolean;
  /** Size of the images that a page would hold; null: not known yet. */
  sheetBytes: number | null;
}

export const SAVING: Part<SavingState, SavingActions, "saving"> = {
  fields: {
    exporting: held(null),
    exportNote: held(null),
    saveOpen: held(false),
    sheetBytes: held(0),
  },
  tasks: ["saving"],
};

/** Metadata columns included in a page: «shown» are the label and color columns. */
export type PageColumns = "all" | "shown";

export interface SavingActions {
  /** `ratio`: device px per CSS px of the picture on the screen. */
  savePng(ratio: number): Promise<void>;
  saveSvg(): Promise<void>;
  /** The coordinates and the metadata, of all points or of the selected ones. */
  saveTable(format: "csv" | "arrow", which: "all" | "selection"): Promise<void>;
  /** The whole view as one self-contained page. */
  savePage(columns: PageColumns): Promise<void>;
  /** Its approximate size. */
  pageBytes(columns: PageColumns): number;
  /** CSS px of the picture, and the maximum `ratio` of `savePng`. */
  pictureExtent(): { width: number; height: number; maxRatio: number };
}
