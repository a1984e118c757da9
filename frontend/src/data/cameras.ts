/** The cameras of the 2-D and 3-D views, in URL form: «2:x,y,zoom;3:azimuth,elevation,x,y,z,zoom». */
import type { CameraState } from "../math/camera";

/** One camera per view; null: the home view, which shows everything. */
export interface Cameras {
  readonly flat: CameraState | null;
  readonly solid: CameraState | null;
}

export const HOME: Cameras = { flat: null, solid: null };
/** Significant digits, to keep URLs readable: a ten-thousandth of the visible range is less than a pixel. */
const DIGITS = 5;
const MAX_ZOOM = 1e6;

export function writeCameras({ flat, solid }: Cameras): string {
  const parts = [];
  if (flat !== null) parts.push(`2:${write([flat.target[0], flat.target[1], flat.zoom])}`);
  if (solid !== null) parts.push(`3:${write([solid.azimuth, solid.elevation, ...solid.target, solid.zoom])}`);
  return parts.join(";");
}

/** Undefined if any part is invalid. */
export function readCameras(text: string): Cameras | undefined {
  if (text === "") return HOME;
  let { flat, solid } = HOME;
  for (const part of text.split(";")) {
    const [way, numbers] = [part.slice(0, 2), part.slice(2).split(",").map(readNumber)];
    const zoom = numbers.at(-1)!;
    if (numbers.some(Number.isNaN) || !(zoom > 0 && zoom <= MAX_ZOOM)) return undefined;
    if (way === "2:" && numbers.length === 3) {
      flat = { azimuth: 0, elevation: 0, target: [numbers[0]!, numbers[1]!, 0], zoom };
    } else if (way === "3:" && numbers.length === 6) {
      const target = [numbers[2]!, numbers[3]!, numbers[4]!] as const;
      solid = { azimuth: numbers[0]!, elevation: numbers[1]!, target, zoom };
    } else return undefined;
  }
  return { flat, solid };
}

export function withCamera(cameras: Cameras, dimensions: 2 | 3, camera: CameraState | null): Cameras {
  return dimensions === 2 ? { ...cameras, flat: camera } : { ...cameras, solid: camera };
}

export function cameraFor(cameras: Cameras, dimensions: 2 | 3): CameraState | null {
  return dimensions === 2 ? cameras.flat : cameras.solid;
}

function write(numbers: readonly number[]): string {
  return numbers.map((number) => Number(number.toPrecision(DIGITS))).join(",");
}

function readNumber(text: string): number {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
