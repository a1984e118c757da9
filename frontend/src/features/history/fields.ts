/** Availability and descriptions of undo and redo. */
import { held, type Part } from "../../data/field";

interface HistoryState {
  canUndo: boolean;
  canRedo: boolean;
  /** Descriptions of the next undo and redo: «selection by lasso». */
  undoWords: string;
  redoWords: string;
}

export const HISTORY: Part<HistoryState, HistoryActions> = {
  fields: {
    canUndo: held(false),
    canRedo: held(false),
    undoWords: held(""),
    redoWords: held(""),
  },
};

export interface HistoryActions {
  undo(): void;
  redo(): void;
}
