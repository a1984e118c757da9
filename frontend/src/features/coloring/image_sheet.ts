/** Combines the images named by a column into one sheet, which is used wherever thumbnails are shown. */
import type { Client } from "../../api/client";
import { assetRequest } from "../../api/shared_requests";
import type { TextColumn } from "../../data/column";
import { MAX_IMAGE_ROWS, MAX_IMAGES } from "../../data/column_use";
import { formatCount, plural } from "../../data/format";
import { isMissingText } from "../../data/missing_text";
import type { Shown } from "../../data/runs";
import type { Sprite } from "../../data/sprite";
import { imageColumn } from "../../state/derived";
import type { Store } from "../../state/store";
import type { Tasks } from "../../work/tasks";

/** Number of concurrent requests: as many as a browser sends to one server. */
const AT_ONCE = 6;

export function followImages(store: Store, client: Client, tasks: Tasks): void {
  /** The column that was begun with last, even if it was canceled: tags on other columns begin no sheet. */
  let column: TextColumn | null = null;
  let url: string | null = null;
  const follow = async () => {
    const { shown, fileSprite } = store.state;
    const wanted = shown === null ? null : imageColumn(store.state);
    if (url === null || wanted !== column) store.set({ sprite: fileSprite });
    if (wanted === column) return;
    tasks.cancel("images");
    tasks.forgive("images");
    if (url !== null) URL.revokeObjectURL(url);
    [column, url] = [wanted, null];
    if (column === null || shown === null) return;
    const words = `Loading ${plural(column.dictionary.size, "image")}`;
    const sheet = new ImageSheet(column, (path) => client.address(assetRequest(shown, path)));
    const sprite = await tasks.run("images", words, (signal) =>
      sheet.make(signal, (share) => tasks.progress("images", { share, secondsLeft: null })),
    );
    if (sprite === undefined) return;
    url = sprite.urls[0]!;
    store.set({ sprite });
    if (sheet.lost.length > 0) tasks.fail("images", lostFailure(sheet.lost, shown));
  };
  store.subscribe((_state, changed) => {
    if (changed.has("fileSprite") || changed.has("imageBy") || changed.has("metadata")) void follow();
  });
}

function lostFailure(lost: readonly string[], shown: Shown) {
  const others = lost.length === 1 ? "" : ` and ${plural(lost.length - 1, "other")}`;
  return {
    message: `No image could be loaded for «${lost[0]}»${others}.`,
    fix: `Paths are relative to the metadata file, the run ${shown.run.name} or the logdir; PNG, JPEG, GIF, WebP, AVIF and BMP are shown.`,
  };
}

/** One cell per row, like a sprite sheet. */
class ImageSheet {
  /** Paths without a valid image. */
  readonly lost: string[] = [];
  readonly #side: number;
  readonly #columns: number;
  readonly #lines: number;
  readonly #rowsOf: readonly number[][];

  constructor(
    private readonly column: TextColumn,
    private readonly addressOf: (path: string) => string,
  ) {
    const { rows, codes, dictionary } = column;
    if (rows > MAX_IMAGE_ROWS || dictionary.size > MAX_IMAGES)
      throw new Error(`${formatCount(dictionary.size)} images of ${formatCount(rows)} rows are too many for a sheet.`);
    this.#side = rows <= 10_000 ? 48 : 32;
    this.#columns = Math.ceil(Math.sqrt(rows));
    this.#lines = Math.ceil(rows / this.#columns);
    this.#rowsOf = Array.from({ length: dictionary.size }, () => []);
    codes.forEach((code, row) => {
      this.#rowsOf[code]?.push(row);
    });
  }

  async make(signal: AbortSignal, onProgress: (share: number) => void): Promise<Sprite> {
    const side = this.#side;
    const canvas = new OffscreenCanvas(this.#columns * side, this.#lines * side);
    const context = canvas.getContext("2d")!;
    let [next, done] = [0, 0];
    const work = async () => {
      while (next < this.#rowsOf.length && !signal.aborted) {
        await this.#drawImage(context, next++);
        onProgress(++done / this.#rowsOf.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    signal.throwIfAborted();
    const file = await canvas.convertToBlob();
    signal.throwIfAborted(); // No one would revoke its URL.
    return {
      urls: [URL.createObjectURL(file)],
      ...{ columns: this.#columns, rows: this.#lines, thumbWidth: side, thumbHeight: side },
      ...{ width: canvas.width, height: canvas.height, pages: null },
    };
  }

  async #drawImage(context: OffscreenCanvasRenderingContext2D, code: number): Promise<void> {
    const path = this.column.dictionary.at(code).trim();
    if (path === "" || isMissingText(path) || this.#rowsOf[code]!.length === 0) return;
    const image = new Image();
    image.src = this.addressOf(path);
    try {
      await image.decode();
    } catch {
      this.lost.push(path);
      return;
    }
    for (const row of this.#rowsOf[code]!) this.#draw(context, image, row);
  }

  /** Fits the whole image, centered in its cell. */
  #draw(context: OffscreenCanvasRenderingContext2D, image: HTMLImageElement, row: number): void {
    const side = this.#side;
    const scale = side / Math.max(image.naturalWidth, image.naturalHeight, 1);
    const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
    const [left, top] = [(row % this.#columns) * side, Math.floor(row / this.#columns) * side];
    context.drawImage(image, left + (side - width) / 2, top + (side - height) / 2, width, height);
  }
}
