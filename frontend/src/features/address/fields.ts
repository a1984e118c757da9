/** What an address said that could not be heeded, and what it cannot hold. */
import { type Fields, held } from "../../data/field";

export interface AddressState {
  /** Sentences about the address that the page was opened with; none: nothing to say. */
  addressNotes: readonly string[];
  /** Fields of the view that are too long for the address. */
  addressLeavesOut: readonly string[];
}

export const ADDRESS_FIELDS: Fields<AddressState> = {
  addressNotes: held([]),
  addressLeavesOut: held([]),
};
