/** Commands that save the view. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { isAnySelected } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

export function savingCommands(store: Store, actions: Actions): Command[] {
  const isDrawn = ({ painted }: State) => painted !== null;
  const save = (id: string, words: string, run: () => void, when = isDrawn): Command => ({
    ...{ id: `save-${id}`, words: `Save ${words}`, keys: [], run, when },
  });
  const png = (ratio: number) => () => void actions.savePng(Math.min(ratio, actions.pictureExtent().maxRatio));
  const table =
    (...what: Parameters<Actions["saveTable"]>) =>
    () =>
      void actions.saveTable(...what);
  const open = () => store.set({ saveOpen: true });
  return [
    save("png", "the picture as PNG", png(1)),
    save("large-png", "the picture as PNG, twice as large", png(2)),
    save("svg", "the picture as SVG", () => void actions.saveSvg()),
    save("csv", "all points as CSV", table("csv", "all")),
    save("arrow", "all points as Arrow", table("arrow", "all")),
    save("selection-csv", "the selected points as CSV", table("csv", "selection"), isAnySelected),
    save("selection-arrow", "the selected points as Arrow", table("arrow", "selection"), isAnySelected),
    save("page", "the view as a page that needs no server", () => void actions.savePage("all")),
    { id: "save", words: "Everything that can be saved", keys: ["S"], run: open, when: isDrawn },
  ];
}
