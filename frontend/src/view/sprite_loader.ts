/** Loads sprite sheets from their URLs into images that fit a texture, decoded off the main thread. */

import type { Sprite } from "../data/sprite";
import type { SpriteSheet } from "../gl/scene";
import type { PictureProblem } from "./picture_props";

interface SpriteEvents {
  onSheet(sheet: SpriteSheet | null): void;
  /** One of the sheet's pages; the image is only valid during the call. */
  onPage(page: number, image: ImageBitmap): void;
  /** Set if the sheet is not shown, or only in modified form. */
  onProblem(problem: PictureProblem | null): void;
  /** Loading of the newest sprite has ended: all its pages have arrived, or one failed. */
  onEnd(): void;
}

/** The newest sprite wins; late results of older ones are dropped. */
export class SpriteLoader {
  #loading = new AbortController();
  /** Pages are being loaded. */
  isLoading = false;

  constructor(private readonly events: SpriteEvents) {}

  load(sprite: Sprite | null, maxSidePx: number): void {
    this.stop();
    this.events.onProblem(null);
    this.events.onSheet(null);
    this.isLoading = sprite !== null;
    if (sprite) void this.#show(chooseSheets(sprite, maxSidePx), maxSidePx, this.#loading.signal);
  }

  stop(): void {
    this.#loading.abort();
    this.#loading = new AbortController();
    this.isLoading = false;
  }

  async #show(sprite: Sprite, maxSidePx: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#showPages(sprite, maxSidePx, signal);
    } catch (cause) {
      if (signal.aborted) return;
      const message = cause instanceof Error ? cause.message : String(cause);
      this.events.onProblem({ message, fix: "Check image_path in the run's projector_config.pbtxt." });
    }
    this.isLoading = false;
    this.events.onEnd();
  }

  /** One page at a time, so that only one decoded page is in memory. */
  async #showPages(sprite: Sprite, maxSidePx: number, signal: AbortSignal): Promise<void> {
    const { events } = this;
    for (const [page, url] of sprite.urls.entries()) {
      const whole = await createImageBitmap(await decode(url), { premultiplyAlpha: "premultiply" });
      const { width, height } = whole;
      const image = await shrink(whole, maxSidePx);
      if (signal.aborted) image.close(); // Its memory is not the collector's.
      signal.throwIfAborted();
      if (page === 0) {
        const { width: imageWidth, height: imageHeight } = image;
        events.onSheet({ pages: sprite.urls.length, width, height, imageWidth, imageHeight, grid: sprite });
        events.onProblem(image === whole ? null : toProblem(width, height, maxSidePx));
      }
      events.onPage(page, image);
      image.close();
    }
  }
}

/** Smaller sheets if these do not fit a texture. */
function chooseSheets(sprite: Sprite, maxSidePx: number): Sprite {
  const fits = Math.max(sprite.width, sprite.height) <= maxSidePx;
  return fits ? sprite : (sprite.pages ?? sprite);
}

async function shrink(whole: ImageBitmap, maxSidePx: number): Promise<ImageBitmap> {
  const { width, height } = whole;
  const share = maxSidePx / Math.max(width, height);
  if (share >= 1) return whole;
  const image = await createImageBitmap(whole, {
    resizeWidth: Math.max(1, Math.floor(width * share)),
    resizeHeight: Math.max(1, Math.floor(height * share)),
    resizeQuality: "medium",
    premultiplyAlpha: "premultiply",
  });
  whole.close();
  return image;
}

function toProblem(width: number, height: number, maxSidePx: number): PictureProblem {
  const percent = Math.round((100 * maxSidePx) / Math.max(width, height));
  const share = percent === 0 ? "less than 1" : percent;
  return {
    message: `The sprite sheet is ${width} × ${height} px; this graphics driver holds ${maxSidePx} px. Thumbnails are shown at ${share} % of their size.`,
    fix: "Write the sheet with smaller thumbnails to see them sharp.",
  };
}

/** An image element shares the page's cache with the thumbnails in the panels. */
async function decode(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (cause) {
    throw new Error("The sprite sheet could not be loaded, or is not an image that this browser can read.", { cause });
  }
  return image;
}
