/** Commands that save what is seen. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { selectedRows } from "../../state/selected_rows";
import type { Store } from "../../state/store";

export function exportCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => store.state.painted !== null;
  const isSelected = () => selectedRows(store.state).length > 0;
  const png = (ratio: number) => () => actions.savePng(Math.min(ratio, actions.pictureExtent().mostRatio));
  return [
    { name: "Save the picture as PNG", keys: [], run: png(1), isOffered },
    { name: "Save the picture as PNG, twice as large", keys: [], run: png(2), isOffered },
    { name: "Save the picture as SVG", keys: [], run: () => actions.saveSvg(), isOffered },
    { name: "Save all points as CSV", keys: [], run: () => actions.saveTable("csv", "all"), isOffered },
    { name: "Save all points as Arrow", keys: [], run: () => actions.saveTable("arrow", "all"), isOffered },
    {
      ...{ name: "Save the selected points as CSV", keys: [], isOffered: isSelected },
      run: () => actions.saveTable("csv", "selection"),
    },
    {
      ...{ name: "Save the selected points as Arrow", keys: [], isOffered: isSelected },
      run: () => actions.saveTable("arrow", "selection"),
    },
    { name: "Save the view as a page that needs no server", keys: [], run: () => actions.savePage("all"), isOffered },
    { name: "Everything that can be saved", keys: ["S"], run: () => store.set({ saveOpen: true }), isOffered },
  ];
}
