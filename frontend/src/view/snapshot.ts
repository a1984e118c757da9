/** What a snapshot of the picture is made of. */

import type { Columns } from "../math/bounds";

/** Combines the points' pixels and the overlay on one canvas. */
export function composePicture(
  pixels: { width: number; height: number; data: Uint8ClampedArray },
  overlay: HTMLCanvasElement,
): HTMLCanvasElement | null {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [pixels.width, pixels.height];
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const image = new ImageData(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
  context.putImageData(image, 0, 0);
  context.drawImage(overlay, 0, 0, pixels.width, pixels.height);
  return canvas;
}

export function nextFrame(): Promise<number> {
  return new Promise(requestAnimationFrame);
}

export function copyColumns({ x, y, z }: Columns): Columns {
  return { x: x.slice(), y: y.slice(), z: z?.slice() ?? null };
}
