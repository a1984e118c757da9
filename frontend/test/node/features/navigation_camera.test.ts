/** The picture's camera follows the state's: at once as the page opens, animated when a bookmark or undo changes it. */
import { expect, it, vi } from "vitest";
import { HOME } from "../../../src/data/cameras";
import { followCamera } from "../../../src/features/navigation/camera";
import { HOME_2D, HOME_3D } from "../../../src/math/camera";
import { Store } from "../../../src/state/store";
import type { Picture } from "../../../src/view/picture";

const FLAT = { ...HOME_2D, zoom: 3 };

function pictureAt(flat = HOME_2D) {
  const setCamera = vi.fn();
  const camera = { setCamera, stateIn: (dimensions: 2 | 3) => (dimensions === 2 ? flat : HOME_3D) };
  return { picture: { camera } as unknown as Picture, setCamera };
}

it("is animated when the state changes, and only where the camera differs", async () => {
  const [store, { picture, setCamera }] = [new Store(), pictureAt()];
  followCamera(store, picture);
  expect(setCamera).not.toHaveBeenCalled();
  store.set({ camera: { ...HOME, flat: FLAT } });
  await vi.waitFor(() => expect(setCamera).toHaveBeenCalled());
  expect(setCamera.mock.calls).toEqual([[2, FLAT, true]]);
});

it("is where the address says as the page opens", () => {
  const [store, { picture, setCamera }] = [new Store(), pictureAt()];
  store.set({ camera: { ...HOME, flat: FLAT } });
  followCamera(store, picture);
  expect(setCamera.mock.calls).toEqual([[2, FLAT, false]]);
});
