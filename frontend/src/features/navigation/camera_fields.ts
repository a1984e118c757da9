/** From where the picture is seen. */
import { type Cameras, HOME, readCameras, writeCameras } from "../../data/cameras";
import type { Field } from "../../data/field";

export interface CameraFields {
  /** As the camera came to rest; the picture itself moves in between. */
  camera: Cameras;
}

export const CAMERA_FIELDS: { readonly [Name in keyof CameraFields]: Field<CameraFields[Name]> } = {
  camera: { initial: HOME, text: { read: readCameras, write: writeCameras } },
};
