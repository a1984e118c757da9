/** The view of the picture, and navigation in it. */
import { type Cameras, HOME, readCameras, writeCameras } from "../../data/cameras";
import { flag, held, type Part } from "../../data/field";

interface NavigationState {
  /** The camera at rest; in between, only the picture knows it. */
  camera: Cameras;
  /** In 2-D, while part of the data is out of view. */
  showMinimap: boolean;
  /** The scene rotates automatically, in 3-D. */
  rotating: boolean;
  /** The point reached with the keys; null: none. */
  walked: number | null;
}

export const NAVIGATION: Part<NavigationState, NavigationActions> = {
  fields: {
    camera: { initial: HOME, name: "camera", text: { read: readCameras, write: writeCameras } },
    showMinimap: flag(true, "minimap"),
    rotating: held(false),
    walked: held(null),
  },
};

export interface NavigationActions {
  resetView(): void;
  /** Moves the camera so that these rows fill the picture. */
  flyTo(rows: Int32Array): void;
  /** Hovers the row's point in the picture; null: none. */
  pointAt(row: number | null): void;
  /** Around the middle of the picture; above 1 zooms in. */
  zoomBy(factor: number): void;
  /** Switches to 3-D if necessary. */
  toggleRotation(): void;
}
