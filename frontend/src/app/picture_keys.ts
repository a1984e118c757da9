/** Turns, moves and zooms the picture from the keyboard while it has the focus. */
import { drawnDimensions } from "../state/derived";
import type { Store } from "../state/store";
import type { Picture } from "../view/picture";

const STEP_PX = 32;
const ZOOM = 1.25;
const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
};

export function listenInPicture(host: HTMLElement, picture: Picture, store: Store): void {
  host.tabIndex = 0;
  host.setAttribute("role", "application");
  host.setAttribute("aria-label", "Picture of the points: arrow keys turn or move it, plus and minus zoom");
  host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction !== undefined) move(direction, event.shiftKey);
    else if (event.key === "+" || event.key === "=") picture.zoomBy(ZOOM);
    else if (event.key === "-") picture.zoomBy(1 / ZOOM);
    else return;
    event.preventDefault();
  });

  /** In 3-D arrows turn, with Shift they move; in 2-D there is nothing to turn. */
  function move([dx, dy]: readonly [number, number], isShifted: boolean): void {
    if (drawnDimensions(store.state) === 3 && !isShifted) picture.orbitBy(dx, dy);
    else picture.panBy(dx, dy);
  }
}
