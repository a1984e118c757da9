/** A part of a picture as a picture of its own: the camera's view of it alone. */

import type { Clip } from "./camera";

/** In px from the upper left of the whole. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Maps the part to the whole of clip space. */
export function cropClip({ matrix, origin }: Clip, whole: Size, part: Part): Clip {
  const [scaleX, scaleY] = [whole.width / part.width, whole.height / part.height];
  const middleX = (2 * part.left + part.width) / whole.width - 1;
  const middleY = 1 - (2 * part.top + part.height) / whole.height;
  const cropped = matrix.slice();
  for (let column = 0; column < 16; column += 4) {
    const w = matrix[column + 3]!;
    cropped[column] = scaleX * (matrix[column]! - middleX * w);
    cropped[column + 1] = scaleY * (matrix[column + 1]! - middleY * w);
  }
  return { matrix: cropped, origin };
}

/** Parts of at most this size that cover the whole, row by row. */
export function cutIntoParts({ width, height }: Size, most: Size): Part[] {
  const parts: Part[] = [];
  for (let top = 0; top < height; top += most.height) {
    for (let left = 0; left < width; left += most.width) {
      parts.push({ left, top, width: Math.min(most.width, width - left), height: Math.min(most.height, height - top) });
    }
  }
  return parts;
}

/** The part with a margin, as far as the whole reaches. */
export function widenPart(part: Part, margin: number, whole: Size): Part {
  const [left, top] = [Math.max(0, part.left - margin), Math.max(0, part.top - margin)];
  const right = Math.min(whole.width, part.left + part.width + margin);
  const bottom = Math.min(whole.height, part.top + part.height + margin);
  return { left, top, width: right - left, height: bottom - top };
}
