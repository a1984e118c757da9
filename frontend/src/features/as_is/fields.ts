/** Dimensions and numeric columns, drawn as they are. */
import { type AsIsAxes, INITIAL_AS_IS, readAsIs, writeAsIs } from "../../data/as_is";
import type { Fields } from "../../data/field";

export interface AsIsState {
  /** The content of each axis. */
  asIs: AsIsAxes;
}

export const AS_IS_FIELDS: Fields<AsIsState> = {
  asIs: { initial: INITIAL_AS_IS, text: { read: readAsIs, write: writeAsIs } },
};

export const AS_IS_TASKS = ["dimensions"] as const;
