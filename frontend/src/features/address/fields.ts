/** Parts of the URL that were ignored, and parts of the view that it cannot hold. */
import { type Fields, held } from "../../data/field";

export interface AddressState {
  /** Notes on the URL that the page was opened with; may be empty. */
  addressNotes: readonly string[];
  /** Fields of the view that are too long for the URL. */
  addressLeavesOut: readonly string[];
}

export const ADDRESS_FIELDS: Fields<AddressState> = {
  addressNotes: held([]),
  addressLeavesOut: held([]),
};
