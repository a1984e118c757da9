/** Commands that move the camera. */
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { drawnDimensions, hasData, isFlatLayout } from "../../state/derived";
import { isAnySelected, selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
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
  const isFlat = (state: State) => hasData(state) && drawnDimensions(state) === 2;
  const fly = () => actions.flyTo(selectedRows(store.state));
  const toggleMap = () => store.set({ showMinimap: !store.state.showMinimap });
  const turn = () => actions.toggleRotation();
  return [
    {
      id: "reset-view",
      ...{ words: "Reset the view", button: "Reset view", keys: ["R"] },
      run: () => actions.resetView(),
      when: hasData,
    },
    { id: "fly", words: "Fly to the selection, or to the matches", keys: ["F"], run: fly, when: isAnySelected },
    { id: "zoom-in", words: "Zoom in", keys: ["+", "="], run: () => actions.zoomBy(ZOOM), when: hasData },
    { id: "zoom-out", words: "Zoom out", keys: ["-"], run: () => actions.zoomBy(1 / ZOOM), when: hasData },
    {
      id: "turn",
      ...{ words: "Turn slowly, or stop turning", button: "Turn slowly", keys: ["Shift R"] },
      run: turn,
      when: (state) => hasData(state) && !isFlatLayout(state),
    },
    { id: "minimap", words: "Minimap on or off", keys: [], run: toggleMap, when: isFlat },
  ];
}
