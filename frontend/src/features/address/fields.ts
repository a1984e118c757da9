/** Parts of the URL that were ignored, and parts of the view that it cannot hold. */
import type { LayoutMethod } from "../../data/coordinates";
import { held, type Part } from "../../data/field";

interface AddressState {
  /** Notes on the URL that the page was opened with; may be empty. */
  addressNotes: readonly string[];
  /** The layout that the URL names, which is computed on request only; null: none, or the user has closed its note. */
  addressLayout: LayoutMethod | null;
  /** Fields of the view that are too long for the URL. */
  addressLeavesOut: readonly string[];
}

export const ADDRESS: Part<AddressState> = {
  fields: {
    addressNotes: held([]),
    addressLayout: held(null),
    addressLeavesOut: held([]),
  },
};
