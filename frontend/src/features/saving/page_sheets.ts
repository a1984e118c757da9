/** The images of a saved page: the sheets' own files, or, of isolated points, sheets of their images alone. */
import type { Client } from "../../api/client";
import { everyRow } from "../../data/row_sets";
import type { SavedSheets } from "../../data/saved_page";
import { SHEET_SIDE_PX, type SheetGrid, type Sprite, spriteCellOf } from "../../data/sprite";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

type Read = Readonly<State>;

export class PageSheets {
  #last: { sprite: Sprite; rows: Int32Array | null; sheets: Promise<SavedSheets> } | null = null;

  constructor(private readonly client: Client) {}

  /** Null if no images are shown. The same images are fetched once, unless that fails. */
  of({ sprite, showImages, subset, shown }: Read): Promise<SavedSheets> | null {
    if (!showImages || sprite === null) return null;
    const rows = subset?.rows ?? null;
    if (this.#last?.sprite === sprite && this.#last.rows === rows) return this.#last.sheets;
    const sheets = this.#make(sprite, rows, shown?.step.shape[0] ?? 0);
    this.#last = { sprite, rows, sheets };
    sheets.catch(() => this.#last?.sheets === sheets && this.forget());
    return sheets;
  }

  forget(): void {
    this.#last = null;
  }

  /** TensorBoard's policy lets no page fetch a sheet that was made in it: such a one is drawn again. */
  #make(sprite: Sprite, rows: Int32Array | null, count: number): Promise<SavedSheets> {
    const isOwn = sprite.urls.some((url) => url.startsWith("blob:"));
    return rows === null && !isOwn ? this.#download(sprite) : drawSheets(sprite, rows ?? everyRow(count));
  }

  async #download({ urls, pages: _pages, ...grid }: Sprite): Promise<SavedSheets> {
    const blobs = await Promise.all(urls.map((url) => this.client.fetchFile(url)));
    return { grid, files: await Promise.all(blobs.map(fileOf)) };
  }
}

/** Measures the images while the menu is open, so that the page's size can be said before it is saved. */
export function followSheetBytes(store: Store, sheets: PageSheets): void {
  let newest: Promise<SavedSheets> | null = null;
  const measure = async () => {
    newest = null;
    if (!store.state.saveOpen) return sheets.forget();
    const made = sheets.of(store.state);
    newest = made;
    store.set({ sheetBytes: made === null ? 0 : null });
    if (made === null) return;
    // A failure is reported when the page is saved.
    const bytes = await made.then(bytesOf, () => 0);
    if (made === newest) store.set({ sheetBytes: bytes });
  };
  store.subscribe((_state, changed) => {
    const isConcerned = (["saveOpen", "sprite", "showImages", "subset"] as const).some((name) => changed.has(name));
    if (isConcerned) void measure();
  });
}

function bytesOf({ files }: SavedSheets): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

async function fileOf(blob: Blob): Promise<SavedSheets["files"][number]> {
  return { type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

async function drawSheets(sprite: Sprite, rows: Int32Array): Promise<SavedSheets> {
  const grid = gridFor(sprite, rows.length);
  const cells = grid.columns * grid.rows;
  const source = new SheetSource(sprite);
  const files = [];
  for (let first = 0; first < rows.length; first += cells) {
    files.push(await drawSheet(source, grid, rows.subarray(first, first + cells)));
  }
  return { grid, files };
}

/** As square as possible, and no larger than browsers decode. */
function gridFor({ thumbWidth, thumbHeight }: Sprite, count: number): SheetGrid {
  const fitting = (side: number) => Math.max(1, Math.floor(SHEET_SIDE_PX / side));
  const columns = Math.max(1, Math.min(fitting(thumbWidth), Math.ceil(Math.sqrt(count))));
  const rows = Math.max(1, Math.min(fitting(thumbHeight), Math.ceil(count / columns)));
  return { columns, rows, thumbWidth, thumbHeight, width: columns * thumbWidth, height: rows * thumbHeight };
}

async function drawSheet(source: SheetSource, grid: SheetGrid, rows: Int32Array) {
  const canvas = new OffscreenCanvas(grid.width, grid.height);
  const context = canvas.getContext("2d")!;
  const { thumbWidth: width, thumbHeight: height } = grid;
  for (const [at, row] of rows.entries()) {
    const found = await source.find(row);
    if (found === null) continue;
    const [x, y] = [(at % grid.columns) * width, Math.floor(at / grid.columns) * height];
    context.drawImage(found.image, found.x, found.y, width, height, x, y, width, height);
  }
  return fileOf(await canvas.convertToBlob());
}

/** Decodes one sheet at a time: rows ascend, and a large sheet takes hundreds of megabytes. */
class SheetSource {
  #url = "";
  #image = new Image();

  constructor(private readonly sprite: Sprite) {}

  async find(row: number): Promise<{ image: HTMLImageElement; x: number; y: number } | null> {
    const cell = spriteCellOf(this.sprite, row);
    if (cell === null) return null;
    if (cell.url !== this.#url) await this.#load(cell.url);
    return { image: this.#image, x: cell.column * this.sprite.thumbWidth, y: cell.line * this.sprite.thumbHeight };
  }

  async #load(url: string): Promise<void> {
    this.#image = new Image();
    this.#image.src = url;
    await this.#image.decode();
    this.#url = url;
  }
}
