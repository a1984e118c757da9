/** A picture saved as PNG, decoded by the browser. */
import { savePng } from "../../../src/view/picture_saving";
import type { Shown } from "./shown_picture";

export async function saveAs(
  { picture }: Shown,
  ratio: number,
  more: Partial<Parameters<typeof savePng>[1]> = {},
): Promise<Blob | null> {
  const { signal } = new AbortController();
  return savePng(picture, { ratio, signal, drawMore: () => {}, onProgress: () => {}, ...more });
}

/** RGBA of a part of it. */
export async function pixelsOf(
  png: Blob,
  left: number,
  top: number,
  width: number,
  height: number,
): Promise<ImageData> {
  const image = await createImageBitmap(png, left, top, width, height);
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.drawImage(image, 0, 0);
  image.close();
  return context.getImageData(0, 0, width, height);
}

export async function sizeOf(png: Blob): Promise<[width: number, height: number]> {
  const header = new DataView(await png.slice(16, 24).arrayBuffer());
  return [header.getUint32(0), header.getUint32(4)];
}
