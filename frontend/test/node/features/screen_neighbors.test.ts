/** The selected point's neighbors in the picture, for the comparison with its true ones. */
import { expect, it } from "vitest";
import { followScreenNeighbors } from "../../../src/features/point/screen_neighbors";
import { Store } from "../../../src/state/store";
import { projectionOf, shownOf } from "./shown_data";

const ROWS = 600;

it("the selected point's neighbors on the screen are known", async () => {
  const store = new Store();
  followScreenNeighbors(store);
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
  store.set({ row: 3 });
  await expect.poll(() => store.state.screenNeighbors?.rows.length).toBe(15);
  store.set({ row: null });
  expect(store.state.screenNeighbors).toBeNull();
});
