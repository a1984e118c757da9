/** Availability and descriptions of undo and redo. */
import { type Fields, held } from "../../data/field";

export interface HistoryState {
  canUndo: boolean;
  canRedo: boolean;
  /** Descriptions of the next undo and redo: «selection by lasso». */
  undoWords: string;
  redoWords: string;
}

export const HISTORY_FIELDS: Fields<HistoryState> = {
  canUndo: held(false),
  canRedo: held(false),
  undoWords: held(""),
  redoWords: held(""),
};

export interface HistoryActions {
  undo(): void;
  redo(): void;
}
