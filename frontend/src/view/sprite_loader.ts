/** Brings a sprite sheet from its address to an image that fits a texture, decoded off the main thread. */

import type { SpriteSheet } from "../gl/scene";
import type { SpriteProps, Trouble } from "./picture_props";

interface LoadedSprite {
  readonly sheet: SpriteSheet;
  /** Set where the sheet is shown, but not as it is. */
  readonly trouble: Trouble | null;
}

export interface SpriteEvents {
  onSheet(sheet: SpriteSheet | null): void;
  onTrouble(trouble: Trouble | null): void;
}

/** The newest sprite wins; one that came too late is dropped. */
export class SpriteLoader {
  private loading = new AbortController();

  constructor(private readonly events: SpriteEvents) {}

  load(sprite: SpriteProps | null, maxSidePx: number): void {
    this.stop();
    this.events.onTrouble(null);
    this.events.onSheet(null);
    if (sprite) void this.show(sprite, maxSidePx, this.loading.signal);
  }

  stop(): void {
    this.loading.abort();
    this.loading = new AbortController();
  }

  private async show(sprite: SpriteProps, maxSidePx: number, signal: AbortSignal): Promise<void> {
    try {
      const { sheet, trouble } = await loadSprite(sprite, maxSidePx, signal);
      if (signal.aborted) return;
      this.events.onSheet(sheet);
      this.events.onTrouble(trouble);
    } catch (cause) {
      if (signal.aborted) return;
      const message = cause instanceof Error ? cause.message : String(cause);
      this.events.onTrouble({ message, fix: "Check image_path in the run's projector_config.pbtxt." });
    }
  }
}

/** Throws an Error that says what is wrong; one that came too late to matter ends in the signal's own reason. */
async function loadSprite(sprite: SpriteProps, maxSidePx: number, signal: AbortSignal): Promise<LoadedSprite> {
  const whole = await createImageBitmap(await decode(sprite.url), { premultiplyAlpha: "premultiply" });
  signal.throwIfAborted();
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

/** As an image element, which shares the page's cache with the thumbnails in the panels. */
async function decode(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (cause) {
    throw new Error("The sprite sheet did not come, or is no image that this browser reads.", { cause });
  }
  return image;
}
