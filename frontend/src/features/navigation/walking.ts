/** Moves the camera, or the hovered point, without the pointer. */
import { drawnDimensions } from "../../state/derived";
import type { Store } from "../../state/store";
import type { Picture } from "../../view/picture";
import type { NavigationActions } from "./fields";

export function makeNavigating(store: Store, picture: Picture): NavigationActions {
  return {
    resetView: () => picture.camera.reset(),
    flyTo: (rows) => rows.length > 0 && picture.camera.flyTo(rows),
    pointAt: (row) => picture.pointer.pointAt(row),
    zoomBy: (factor) => picture.camera.zoomBy(factor),
    toggleRotation: () => {
      const rotating = !(store.state.rotating && drawnDimensions(store.state) === 3);
      store.set(rotating ? { rotating, dimensions: 3 } : { rotating });
    },
  };
}

/** From the hovered or selected point, otherwise from the middle of the window, to the next in a direction. */
export function walkPoints(store: Store, picture: Picture, dx: number, dy: number): void {
  const { hover, walked, row } = store.state;
  const next = picture.pointer.findNext(walked ?? hover?.row ?? row, { x: dx, y: dy });
  if (next === null) return;
  picture.pointer.bringIntoView(next);
  picture.pointer.pointAt(next);
  store.set({ walked: next });
}
