/** How this window is laid out, and what lies over it. */
import { choice, type Fields, held } from "../data/field";

/** Lists of points that the inspector shows; of these the first there is, unless another one was asked for. */
export const LISTS = ["neighbors", "matches", "sum"] as const;
export type ListName = (typeof LISTS)[number];

export interface PageState {
  theme: "light" | "dark";
  leftWidth: number;
  rightWidth: number;
  leftOpen: boolean;
  rightOpen: boolean;
  /** There is no room for panels beside the picture: they come over it, one at a time. */
  isNarrow: boolean;
  helpOpen: boolean;
  problemsOpen: boolean;
  paletteOpen: boolean;
  /** Which of the inspector's lists is in front, when there are several. */
  list: ListName;
  /** Points that the picture holds and has drawn. */
  painted: number | null;
}

export const PANEL_WIDTH = { least: 220, most: 520 } as const;

export const PAGE_FIELDS: Fields<PageState> = {
  theme: held("light"),
  leftWidth: held(280),
  rightWidth: held(320),
  leftOpen: held(true),
  rightOpen: held(true),
  isNarrow: held(false),
  helpOpen: held(false),
  problemsOpen: held(false),
  paletteOpen: held(false),
  list: choice<ListName>("neighbors", LISTS),
  painted: held(null),
};
