/** Layout of this window, and its overlays. */
import { choice, held, type Part } from "../data/field";

/** The inspector's lists of points; it shows the first available one, unless another was requested. */
export const LISTS = ["neighbors", "matches", "sum"] as const;
export type ListName = (typeof LISTS)[number];

export interface PageState {
  theme: "light" | "dark";
  leftWidth: number;
  rightWidth: number;
  leftOpen: boolean;
  rightOpen: boolean;
  /** There is no room for panels beside the picture: they are drawers over it, one at a time. */
  isNarrow: boolean;
  helpOpen: boolean;
  problemsOpen: boolean;
  paletteOpen: boolean;
  /** The inspector's list in front, if there are several. */
  list: ListName;
  /** Number of points drawn in the picture. */
  painted: number | null;
}

export const PANEL_WIDTH = { min: 220, max: 520 } as const;

export const PAGE: Part<PageState> = {
  fields: {
    theme: held("light"),
    leftWidth: held(280),
    rightWidth: held(320),
    leftOpen: held(true),
    rightOpen: held(true),
    isNarrow: held(false),
    helpOpen: held(false),
    problemsOpen: held(false),
    paletteOpen: held(false),
    list: choice<ListName>("neighbors", LISTS, "list in front"),
    painted: held(null),
  },
};
