/** Keys of a saved page: those of the tab that apply here. */
import type { Picture } from "../view/picture";

const STEP_PX = 32;
const ZOOM = 1.25;
/** Keys of the picture, which a saved page has without the tab's commands. */
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
};

/** `commands`: actions by the key's name in lower case. */
export function listenToKeys(commands: Record<string, () => void>): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isWriting = event.target instanceof HTMLInputElement;
    if (isWriting && event.key !== "Escape") return;
    const command = commands[event.key.toLowerCase()];
    if (command === undefined) return;
    event.preventDefault();
    command();
  });
}

/** In 3-D arrows rotate, and pan with Shift; in 2-D they always pan. */
export function listenInPicture(host: HTMLElement, picture: Picture, dimensions: () => 2 | 3): void {
  host.tabIndex = 0;
  host.setAttribute("role", "application");
  host.setAttribute("aria-label", "Picture of the points: arrow keys turn or move it, plus and minus zoom");
  host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) picture.camera.drag(...arrow, dimensions() === 2 || event.shiftKey);
    else if (event.key === "+" || event.key === "=") picture.camera.zoomBy(ZOOM);
    else if (event.key === "-") picture.camera.zoomBy(1 / ZOOM);
    else return;
    event.preventDefault();
  });
}
