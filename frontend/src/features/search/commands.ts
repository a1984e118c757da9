/** Commands that search, and go through the matches. */
import type { Combine } from "../../data/row_sets";
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { hasData } from "../../state/derived";
import type { State } from "../../state/state";

export const FIELD_KEYS: readonly ElementKeys[] = [
  { keys: ["Enter", "Shift Enter"], words: "Next match, previous match" },
  { keys: ["Esc"], words: "Empty the field, then leave it" },
];

export function searchCommands(actions: Actions): Command[] {
  const isFound = ({ matches }: State) => (matches?.length ?? 0) > 0;
  const select = (combine: Combine) => () => actions.selectMatches(combine);
  return [
    { id: "search", words: "Search by text", keys: ["/"], run: () => actions.focusSearch(), when: hasData },
    { id: "next-match", words: "Next match", keys: ["W"], run: () => actions.walkMatches(1), when: isFound },
    {
      id: "previous-match",
      words: "Previous match",
      keys: ["Shift W"],
      run: () => actions.walkMatches(-1),
      when: isFound,
    },
    { id: "select-matches", words: "Select the matches", keys: [], run: select("replace"), when: isFound },
    { id: "add-matches", words: "Add the matches to the selection", keys: [], run: select("add"), when: isFound },
    {
      ...{ id: "subtract-matches", words: "Take the matches out of the selection", keys: [] },
      ...{ run: select("subtract"), when: isFound },
    },
  ];
}
