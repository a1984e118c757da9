/** From where the picture is seen, and how one moves around in it. */
import { type Cameras, HOME, readCameras, writeCameras } from "../../data/cameras";
import { type Fields, flag, held } from "../../data/field";

export interface NavigationState {
  /** As the camera came to rest; the picture itself moves in between. */
  camera: Cameras;
  /** In 2-D, while the window does not show all. */
  showMinimap: boolean;
  /** The scene turns by itself, in 3-D. */
  rotating: boolean;
  /** The point that the keys have walked to; null: nobody walks. */
  walked: number | null;
}

export const NAVIGATION_FIELDS: Fields<NavigationState> = {
  camera: { initial: HOME, text: { read: readCameras, write: writeCameras } },
  showMinimap: flag(true),
  rotating: held(false),
  walked: held(null),
};

export interface NavigationActions {
  resetView(): void;
  /** Moves the camera so that these rows fill the picture. */
  flyTo(rows: Int32Array): void;
  /** As if the pointer were on the row's point in the picture; null: on none. */
  pointAt(row: number | null): void;
  /** At the middle of the picture; above 1 is nearer. */
  zoomBy(factor: number): void;
  /** In 3-D, which it changes to. */
  toggleRotation(): void;
}
