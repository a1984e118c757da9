/** Brings a sprite sheet from its address to an image that fits a texture, decoded off the main thread. */

import type { SpriteSheet } from "../gl/scene";
import type { SpriteProps, Trouble } from "./picture_props";

export interface LoadedSprite {
  readonly sheet: SpriteSheet;
  /** Set where the sheet is shown, but not as it is. */
  readonly trouble: Trouble | null;
}

/** Throws an Error that says what came instead; AbortError when `signal` fires. */
export async function loadSprite(sprite: SpriteProps, maxSidePx: number, signal: AbortSignal): Promise<LoadedSprite> {
  const answer = await fetch(sprite.url, { signal });
  if (!answer.ok) throw new Error(`The thumbnails were not sent: the server answered ${answer.status}.`);
  const whole = await decode(await answer.blob());
  const { width, height } = whole;
  const longest = Math.max(width, height);
  if (longest <= maxSidePx) return { sheet: { image: whole, width, height, grid: sprite }, trouble: null };
  const share = maxSidePx / longest;
  const image = await createImageBitmap(whole, {
    resizeWidth: Math.floor(width * share),
    resizeHeight: Math.floor(height * share),
    resizeQuality: "medium",
    premultiplyAlpha: "premultiply",
  });
  whole.close();
  const message = `The sprite sheet is ${width} × ${height} px; this graphics driver holds ${maxSidePx} px. Thumbnails are shown at ${Math.round(share * 100)} % of their size.`;
  const fix = "Write the sheet with smaller thumbnails to see them sharp.";
  return { sheet: { image, width, height, grid: sprite }, trouble: { message, fix } };
}

async function decode(blob: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { premultiplyAlpha: "premultiply" });
  } catch (cause) {
    throw new Error(
      `The sprite sheet (${blob.type || "unknown type"}, ${blob.size} bytes) is no image this browser reads.`,
      { cause },
    );
  }
}
