/** Rotates and moves the picture with the keyboard while it has focus, and moves from point to point. */
import type { Actions } from "../../state/actions";
import type { ElementKeys } from "../../state/command";
import { drawnDimensions } from "../../state/derived";
import type { Store } from "../../state/store";
import type { Picture } from "../../view/picture";
import { AreaKeys } from "./area_keys";
import { PICTURE_KEYS } from "./commands";
import { walkPoints } from "./walking";

const STEP_PX = 32;
/** Keys of the picture, not commands: elsewhere, these keys belong to what has focus. */
const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function listenInPicture(picture: Picture, store: Store, actions: Actions): void {
  const { host } = picture;
  const areas = new AreaKeys(store, picture);
  let isWalking = false;
  host.tabIndex = 0;
  host.setAttribute("role", "application");
  host.setAttribute("aria-label", "Picture of the points");
  host.setAttribute("aria-description", PICTURE_KEYS.map(spokenKeys).join(". "));
  host.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "p") isWalking = true;
    if (event.ctrlKey || event.metaKey) return;
    const direction = DIRECTIONS[event.key];
    if (!(isWalking && direction) && areas.handle(event, direction)) return event.preventDefault();
    if (event.altKey) return;
    if (direction !== undefined && isWalking) walkPoints(store, picture, ...direction);
    else if (direction !== undefined) move(direction, event.shiftKey);
    else if (event.key !== "Enter" || !clickPointed(store, actions, event.shiftKey)) return;
    event.preventDefault();
  });
  addEventListener("keyup", (event) => {
    if (event.key.toLowerCase() === "p") isWalking = false;
  });
  addEventListener("blur", () => {
    isWalking = false;
  });
  // After hovering elsewhere, walking continues from there.
  store.subscribe(({ hover, walked }, changed) => {
    if (walked !== null && changed.has("hover") && hover !== null && hover.row !== walked) store.set({ walked: null });
  });

  /** In 3-D arrows rotate, and pan with Shift; in 2-D they always pan. */
  function move([dx, dy]: readonly [number, number], isShifted: boolean): void {
    const [x, y] = [STEP_PX * dx, STEP_PX * dy];
    if (drawnDimensions(store.state) === 3 && !isShifted) picture.camera.orbitBy(x, y);
    else picture.camera.panBy(x, y);
  }
}

/** Acts like a click; false if no point is hovered. */
function clickPointed(store: Store, actions: Actions, isMore: boolean): boolean {
  const { walked, hover } = store.state;
  const row = walked ?? hover?.row ?? null;
  if (row !== null) actions.clickPoint(row, isMore);
  return row !== null;
}

/** «P arrow keys: Walk from point to point»: for screen readers, which would name each arrow. */
function spokenKeys({ keys, words }: ElementKeys): string {
  const names = new Set(keys.map((key) => key.replace(/[←→↑↓]/, "arrow keys")));
  return `${[...names].join(", ")}: ${words}`;
}
