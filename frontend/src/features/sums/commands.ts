/** Commands that add and subtract points. */

import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function sumCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => store.state.shown !== null;
  const isPoint = () => store.state.row !== null;
  const isSum = () => store.state.terms.length > 0;
  const add = (sign: 1 | -1) => () => actions.addTerm(store.state.row!, sign);
  return [
    { name: "Add the selected point to the sum", keys: ["Shift E"], run: add(1), isOffered: isPoint },
    { name: "Subtract the selected point from the sum", keys: ["Shift S"], run: add(-1), isOffered: isPoint },
    { name: "Type a sum of points: king − man + woman", keys: ["E"], run: () => actions.focusTerms(), isOffered },
    {
      ...{ name: "Terms of the sum at length one, or as they are", keys: [], isOffered: isSum },
      run: () => store.set({ normalizeTerms: !store.state.normalizeTerms }),
    },
    { name: "Clear the sum", keys: [], run: () => actions.clearTerms(), isOffered: isSum },
  ];
}
