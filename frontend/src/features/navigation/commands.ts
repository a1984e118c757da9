/** Commands that move the camera. */

import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { drawnDimensions } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import type { Store } from "../../state/store";

const ZOOM = 1.25;

export function navigationCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => store.state.shown !== null;
  const toggleMap = () => store.set({ showMinimap: !store.state.showMinimap });
  return [
    { name: "Reset the view", keys: ["R"], run: () => actions.resetView(), isOffered },
    {
      ...{ name: "Fly to the selection, or to the matches", keys: ["F"] },
      run: () => actions.flyTo(selectedRows(store.state)),
      isOffered: () => selectedRows(store.state).length > 0,
    },
    { name: "Zoom in", keys: ["+", "="], run: () => actions.zoomBy(ZOOM), isOffered },
    { name: "Zoom out", keys: ["-"], run: () => actions.zoomBy(1 / ZOOM), isOffered },
    { name: "Turn slowly, or stop turning", keys: ["Shift R"], run: () => actions.toggleRotation(), isOffered },
    {
      ...{ name: "Minimap on or off", keys: [], run: toggleMap },
      isOffered: () => isOffered() && drawnDimensions(store.state) === 2,
    },
  ];
}
