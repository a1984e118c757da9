/** Saves the picture as PNG in any size: drawn in parts, each no larger than the GPU draws, and written row by row. */

import { nextTurn } from "../data/next_turn";
import { PngWriter } from "../data/png_writer";
import { cutIntoParts, type Part } from "../math/crop";
import type { Picture } from "./picture";
import { type Still, StillPicture } from "./still_picture";
import type { Size } from "./viewpoint";

/** Size of a part: less than any GPU or browser refuses. */
const PART_PX = { width: 4096, height: 1024 };
/** Maximum size of the rows in memory: the parts are lower where the picture is wide. */
const STRIP_BYTES = 64 << 20;

interface PngWish {
  /** Px per CSS px. */
  readonly ratio: number;
  /** Draws over the picture, in its CSS px. */
  drawMore(context: CanvasRenderingContext2D): void;
  /** Fraction done, 0 to 1. */
  onProgress(share: number): void;
  readonly signal: AbortSignal;
  /** Size of the parts that it is drawn in. */
  readonly partPx?: Size;
}

/** The picture as it is at the call. Null if there is nothing to draw on, or nothing to draw. */
export function savePng(picture: Picture, wish: PngWish): Promise<Blob | null> {
  return picture.whileStill((still) => writePng(still, wish));
}

async function writePng(still: Still, wish: PngWish): Promise<Blob> {
  const drawn = new StillPicture(still, wish.ratio);
  const png = new PngWriter(drawn.width, drawn.height);
  try {
    const most = choosePartSize(drawn, wish.partPx ?? PART_PX);
    const strips = cutIntoParts(drawn, { width: drawn.width, height: most.height });
    for (const strip of strips) await png.add(await drawStrip(drawn, strip, most.width, wish));
    return await png.finish();
  } catch (error) {
    png.stop();
    throw error;
  } finally {
    drawn.end();
  }
}

function choosePartSize({ width, partMaxPx }: StillPicture, wanted: Size): Size {
  const rows = Math.max(1, Math.floor(STRIP_BYTES / (4 * width)));
  return { width: Math.min(wanted.width, partMaxPx), height: Math.min(wanted.height, partMaxPx, rows) };
}

/** RGBA rows, from parts of at most this width. */
async function drawStrip(drawn: StillPicture, strip: Part, most: number, wish: PngWish): Promise<Uint8ClampedArray> {
  const rows = new Uint8ClampedArray(4 * strip.width * strip.height);
  for (const part of cutIntoParts(strip, { width: most, height: strip.height })) {
    await nextTurn(); // Lets the page show its progress, and the user cancel.
    wish.signal.throwIfAborted();
    const { data } = drawPart(drawn, { ...part, top: strip.top }, wish);
    for (let row = 0; row < part.height; row++) {
      const line = data.subarray(4 * row * part.width, 4 * (row + 1) * part.width);
      rows.set(line, 4 * (row * strip.width + part.left));
    }
    wish.onProgress((strip.top + (strip.height * (part.left + part.width)) / strip.width) / drawn.height);
  }
  return rows;
}

function drawPart(drawn: StillPicture, part: Part, wish: PngWish): ImageData {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [part.width, part.height];
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null)
    throw new Error(`the browser gave no canvas of ${part.width} × ${part.height} px; close other pages`);
  drawn.drawPart(context, part, wish.drawMore);
  return context.getImageData(0, 0, part.width, part.height);
}
