/** Commands that select neighbors, and that add and subtract points. */
import type { Combine } from "../../data/row_sets";
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { hasData } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

/** Keys of the lists of neighbors, of a sum and of matches, handled in `controls/point_list.ts`. */
export const POINT_LIST_KEYS: readonly ElementKeys[] = [
  { keys: ["↑", "↓", "PageUp", "PageDown", "Home", "End"], words: "Go through the points" },
  { keys: ["Enter"], words: "Select the point" },
  { keys: ["+", "−"], words: "Add the point to the sum, subtract it" },
];
/** Keys of the sum, handled in `sum_section.ts`. */
export const SUM_KEYS: readonly ElementKeys[] = [
  { keys: ["Enter"], words: "Add the points typed" },
  { keys: ["Backspace"], words: "In the empty field: take the last point out" },
  { keys: ["Esc"], words: "Empty the field, then leave it" },
];

export function neighborCommands(actions: Actions): Command[] {
  const when = ({ neighborhood, row }: State) => neighborhood !== null && row !== null;
  const select = (id: string, words: string, combine: Combine): Command => ({
    ...{ id: `${id}-neighbors`, words, keys: [], run: () => actions.selectNeighbors(combine), when },
  });
  return [
    select("select", "Select the point and its neighbors", "replace"),
    select("add", "Add the point and its neighbors to the selection", "add"),
    select("subtract", "Take the point and its neighbors out of the selection", "subtract"),
  ];
}

export function sumCommands(store: Store, actions: Actions): Command[] {
  const isPoint = ({ row }: State) => row !== null;
  const isSum = ({ terms }: State) => terms.length > 0;
  const add = (sign: 1 | -1) => () => actions.addTerm(store.state.row!, sign);
  const type = "Type a sum of points: king − man + woman";
  const normalize = () => store.set({ normalizeTerms: !store.state.normalizeTerms });
  return [
    { id: "add", words: "Add the selected point to the sum", keys: ["Shift E"], run: add(1), when: isPoint },
    {
      id: "subtract",
      words: "Subtract the selected point from the sum",
      keys: ["Shift S"],
      run: add(-1),
      when: isPoint,
    },
    { id: "type-sum", words: type, keys: ["E"], run: () => actions.focusTerms(), when: hasData },
    { id: "normalize", words: "Terms of the sum at length one, or as they are", keys: [], run: normalize, when: isSum },
    { id: "clear-sum", words: "Clear the sum", keys: [], run: () => actions.clearTerms(), when: isSum },
  ];
}
