/** Commands that move the camera. */
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { drawnDimensions } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import type { Store } from "../../state/store";

const ZOOM = 1.25;

/** Keys of the picture, handled in `picture_keys.ts` and `area_keys.ts`. */
export const PICTURE_KEYS: readonly ElementKeys[] = [
  { keys: ["←", "→", "↑", "↓"], words: "Orbit, in 2-D pan; with Shift pan" },
  { keys: ["P ←", "P →", "P ↑", "P ↓"], words: "Walk from point to point" },
  { keys: ["Enter"], words: "Select the point that is pointed at; with Shift add it" },
  { keys: ["Enter"], words: "With a tool that selects: begin an area, arrows grow it, Enter takes it, Esc ends it" },
];

export function navigationCommands(store: Store, actions: Actions): Command[] {
  const isShown = () => store.state.shown !== null;
  const isFlat = () => isShown() && drawnDimensions(store.state) === 2;
  const isSelected = () => selectedRows(store.state).length > 0;
  const fly = () => actions.flyTo(selectedRows(store.state));
  const toggleMap = () => store.set({ showMinimap: !store.state.showMinimap });
  const turn = () => actions.toggleRotation();
  return [
    {
      id: "reset-view",
      ...{ words: "Reset the view", button: "Reset view", keys: ["R"] },
      run: () => actions.resetView(),
      when: isShown,
    },
    { id: "fly", words: "Fly to the selection, or to the matches", keys: ["F"], run: fly, when: isSelected },
    { id: "zoom-in", words: "Zoom in", keys: ["+", "="], run: () => actions.zoomBy(ZOOM), when: isShown },
    { id: "zoom-out", words: "Zoom out", keys: ["-"], run: () => actions.zoomBy(1 / ZOOM), when: isShown },
    {
      id: "turn",
      ...{ words: "Turn slowly, or stop turning", button: "Turn slowly", keys: ["Shift R"] },
      run: turn,
      when: isShown,
    },
    { id: "minimap", words: "Minimap on or off", keys: [], run: toggleMap, when: isFlat },
  ];
}
