/** The command palette: everything that can be done, by name. */
import type { CommandGroup } from "../state/command";
import { held } from "../data/field";

export interface PaletteState {
  paletteOpen: boolean;
}

export const PALETTE_FIELDS = { paletteOpen: held(false) };

export interface PaletteActions {
  /** All there is to do, whether it can be done now or not. */
  commands(): readonly CommandGroup[];
}
