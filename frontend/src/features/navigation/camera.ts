/** Synchronizes the state's camera with the picture's: after it came to rest, and on undo, URLs and bookmarks. */
import { cameraFor, withCamera } from "../../data/cameras";
import { type CameraState, HOME_2D, HOME_3D } from "../../math/camera";
import { drawnDimensions } from "../../state/derived";
import type { Store } from "../../state/store";
import type { Picture } from "../../view/picture";

const HOMES = { 2: HOME_2D, 3: HOME_3D } as const;

/** Stores the camera when the picture's has come to rest. */
export function noteCamera(store: Store, camera: CameraState): void {
  const dimensions = drawnDimensions(store.state);
  store.set({ camera: withCamera(store.state.camera, dimensions, isHome(camera, HOMES[dimensions]) ? null : camera) });
}

/** Moves the picture's camera to that of the state. */
export function followCamera(store: Store, picture: Picture): void {
  const follow = (isAnimated: boolean) => {
    for (const dimensions of [2, 3] as const) {
      const camera = cameraFor(store.state.camera, dimensions) ?? HOMES[dimensions];
      if (!isSame(camera, picture.camera.stateIn(dimensions))) picture.camera.setCamera(dimensions, camera, isAnimated);
    }
  };
  follow(false);
  store.subscribe((_state, changed) => {
    if (changed.has("camera")) follow(true);
  });
}

function isHome(camera: CameraState, home: CameraState): boolean {
  return isSame(camera, home);
}

function isSame(a: CameraState, b: CameraState): boolean {
  const isTarget = a.target.every((part, axis) => part === b.target[axis]);
  return isTarget && a.zoom === b.zoom && a.azimuth === b.azimuth && a.elevation === b.elevation;
}
