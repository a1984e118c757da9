/** Updates the selected point's neighbors on the screen, for comparison with its true ones: once these are known. */

import { nearestPositions } from "../../math/nearest_positions";
import { drawnCoordinates } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { QUALITY_K } from "../quality/fields";

/** What changes the places of points, or which there are. */
const PLACES: readonly (keyof State)[] = ["coordinates", "projection", "components", "dimensions", "subset"];
/** Delay that lets the frame with the true neighbors be drawn first: a million distances hold the page for 10 ms. */
const AFTER_FRAME_MS = 50;
/** Minimum interval of updates: a running layout changes them with every frame, too fast to read. */
const EVERY_MS = 300;

export function followScreenNeighbors(store: Store): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.subscribe((state, changed) => {
    // Those of another point, or of the picture before.
    if (changed.has("row") || state.neighborhood === null) store.set({ screenNeighbors: null });
    const hasMoved = PLACES.some((name) => changed.has(name));
    if (!hasMoved && !(changed.has("neighborhood") && store.state.screenNeighbors === null)) return;
    if (state.row === null || state.neighborhood?.row !== state.row || timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        const { row, neighborhood } = store.state;
        if (neighborhood?.row === row) store.set({ screenNeighbors: findNeighbors(store.state) });
      },
      hasMoved ? EVERY_MS : AFTER_FRAME_MS,
    );
  });
}

function findNeighbors(state: Readonly<State>): State["screenNeighbors"] {
  const { row } = state;
  const drawn = drawnCoordinates(state);
  if (row === null || drawn === null) return null;
  const axes = drawn.z === null ? [drawn.x, drawn.y] : [drawn.x, drawn.y, drawn.z];
  return { row, rows: nearestPositions(axes, row, QUALITY_K) };
}
