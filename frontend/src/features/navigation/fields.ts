/** How one moves around in the picture. */
import { type Field, flag, held } from "../../data/field";

export interface NavigationState {
  /** In 2-D, while the window does not show all. */
  showMinimap: boolean;
  /** The scene turns by itself, in 3-D. */
  rotating: boolean;
  /** The point that the keys have walked to; null: nobody walks. */
  walked: number | null;
}

export const NAVIGATION_FIELDS: { readonly [Name in keyof NavigationState]: Field<NavigationState[Name]> } = {
  showMinimap: flag(true),
  rotating: held(false),
  walked: held(null),
};

export interface NavigationActions {
  /** At the middle of the picture; above 1 is nearer. */
  zoomBy(factor: number): void;
  /** In 3-D, which it changes to. */
  toggleRotation(): void;
}
