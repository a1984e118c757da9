/** The images of a saved page: which files they are, or are drawn anew as, and how many bytes the menu says. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SavedSheets } from "../../../src/data/saved_page";
import type { Sprite } from "../../../src/data/sprite";
import { followSheetBytes, PageSheets } from "../../../src/features/saving/page_sheets";
import { Store } from "../../../src/state/store";
import { FakeClient } from "../../fake_client";
import { shownOf } from "../../node/features/shown_data";
import { settled } from "../settled";

const COLORS = ["#f00", "#0f0", "#00f", "#ff0"];
const [RED, GREEN, BLUE, YELLOW, NOTHING] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [0, 0, 255, 255],
  [255, 255, 0, 255],
  [0, 0, 0, 0],
];

let store: Store;
let client: FakeClient;
let sheets: PageSheets;

beforeEach(() => {
  [store, client] = [new Store(), new FakeClient({})];
  sheets = new PageSheets(client);
  store.set({ shown: shownOf(4) });
});
afterEach(() => vi.restoreAllMocks());

/** Four images of 8 × 6 px, two by two, at an address. */
function spriteAt(url: string, patch: Partial<Sprite> = {}): Sprite {
  const sizes = { columns: 2, rows: 2, thumbWidth: 8, thumbHeight: 6, width: 16, height: 12 };
  return { urls: [url], ...sizes, pages: null, ...patch };
}

function drawFour(colors = COLORS): string {
  const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 12 });
  const context = canvas.getContext("2d")!;
  for (const [at, color] of colors.entries()) {
    context.fillStyle = color;
    context.fillRect((at % 2) * 8, Math.floor(at / 2) * 6, 8, 6);
  }
  return canvas.toDataURL();
}

/** The color in the middle of each cell of a file, row by row. */
async function colorsIn({ grid, files }: SavedSheets, file = 0): Promise<number[][]> {
  const { bytes, type } = files[file]!;
  const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  expect([image.width, image.height]).toEqual([grid.width, grid.height]);
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
  context.drawImage(image, 0, 0);
  const { columns, rows, thumbWidth, thumbHeight } = grid;
  return Array.from({ length: columns * rows }, (_, at) => {
    const [column, line] = [at % columns, Math.floor(at / columns)];
    return [...context.getImageData((column + 0.5) * thumbWidth, (line + 0.5) * thumbHeight, 1, 1).data];
  });
}

const isolate = (...rows: number[]) => store.set({ subset: { name: "s", rows: Int32Array.from(rows), words: "" } });

describe("the images of a page", () => {
  it("are none where none are shown", () => {
    expect(sheets.of(store.state)).toBeNull();
    store.set({ sprite: spriteAt("http://any/a.png"), showImages: false });
    expect(sheets.of(store.state)).toBeNull();
  });

  it("of all points are the sheets' own files, fetched once", async () => {
    const fetched = vi
      .spyOn(client, "fetchFile")
      .mockImplementation(async (url) => new Blob([url], { type: "image/webp" }));
    const pages = spriteAt("http://any/page.png");
    store.set({ sprite: spriteAt("http://any/a.png", { urls: ["http://any/a", "http://any/b"], pages }) });
    const { grid, files } = (await sheets.of(store.state))!;
    expect(grid).toEqual({ columns: 2, rows: 2, thumbWidth: 8, thumbHeight: 6, width: 16, height: 12 });
    expect(files.map(({ type, bytes }) => [type, new TextDecoder().decode(bytes)])).toEqual([
      ["image/webp", "http://any/a"],
      ["image/webp", "http://any/b"],
    ]);
    await sheets.of(store.state);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("of isolated points are drawn alone, in their order, as square as possible", async () => {
    store.set({ sprite: spriteAt(drawFour()) });
    isolate(1, 2, 3);
    const found = (await sheets.of(store.state))!;
    expect(found.grid).toEqual({ columns: 2, rows: 2, thumbWidth: 8, thumbHeight: 6, width: 16, height: 12 });
    expect([found.files.length, await colorsIn(found)]).toEqual([1, [GREEN, BLUE, YELLOW, NOTHING]]);
    isolate(0);
    const alone = (await sheets.of(store.state))!;
    expect([alone.grid.width, alone.grid.height, await colorsIn(alone)]).toEqual([8, 6, [RED]]);
  });

  it("of isolated points come from whichever sheet has them; a row that none has stays empty", async () => {
    const sprite = spriteAt(drawFour(), { urls: [drawFour(), drawFour([...COLORS].reverse())] });
    store.set({ shown: shownOf(10), sprite });
    isolate(3, 4, 7, 9);
    expect(await colorsIn((await sheets.of(store.state))!)).toEqual([YELLOW, YELLOW, RED, NOTHING]);
  });

  it("on a sheet made in the page, which it may not fetch, are drawn again", async () => {
    const fetched = vi.spyOn(client, "fetchFile");
    const url = URL.createObjectURL(await (await fetch(drawFour())).blob());
    store.set({ sprite: spriteAt(url) });
    expect(await colorsIn((await sheets.of(store.state))!)).toEqual([RED, GREEN, BLUE, YELLOW]);
    expect(fetched).not.toHaveBeenCalled();
    URL.revokeObjectURL(url);
  });

  it("are on several sheets where one would be larger than browsers decode", async () => {
    const large = { columns: 1, rows: 1, thumbWidth: 4097, thumbHeight: 4097, width: 4097, height: 4097 };
    store.set({ sprite: spriteAt("", { ...large, urls: [drawFour(), drawFour()] }) });
    isolate(0, 1);
    const { grid, files } = (await sheets.of(store.state))!;
    expect([grid.columns, grid.rows, grid.width, grid.height, files.length]).toEqual([1, 1, 4097, 4097, 2]);
  });

  it("that could not be fetched are fetched again", async () => {
    vi.spyOn(client, "fetchFile")
      .mockRejectedValueOnce(new Error("gone"))
      .mockResolvedValue(new Blob(["found"]));
    store.set({ sprite: spriteAt("http://any/a.png") });
    await expect(sheets.of(store.state)).rejects.toThrow("gone");
    expect((await sheets.of(store.state))!.files.length).toBe(1);
  });

  it("stay when those before them could not be fetched", async () => {
    const late = lateFiles();
    store.set({ sprite: spriteAt("http://any/a.png") });
    const before = sheets.of(store.state)!;
    store.set({ sprite: spriteAt("http://any/b.png") });
    const newer = sheets.of(store.state);
    late.refuse("http://any/a.png");
    await expect(before).rejects.toThrow("http://any/a.png is gone");
    expect(sheets.of(store.state)).toBe(newer);
  });
});

/** Files that come when the test says so. */
function lateFiles() {
  const waiting = new Map<string, { resolve: (file: Blob) => void; reject: (error: Error) => void }>();
  const asked = vi.spyOn(client, "fetchFile").mockImplementation(
    (url) =>
      new Promise((resolve, reject) => {
        waiting.set(url, { resolve, reject });
      }),
  );
  return {
    asked,
    answer: (url: string, bytes: number) => waiting.get(url)!.resolve(new Blob([new Uint8Array(bytes)])),
    refuse: (url: string) => waiting.get(url)!.reject(new Error(`${url} is gone`)),
  };
}

describe("the bytes of the images", () => {
  let said: (number | null)[];

  beforeEach(() => {
    followSheetBytes(store, sheets);
    said = [];
    store.subscribe(({ sheetBytes }, changed) => changed.has("sheetBytes") && said.push(sheetBytes));
  });

  it("are those of the newest images, when those before them come later", async () => {
    const late = lateFiles();
    store.set({ sprite: spriteAt("http://any/a.png"), saveOpen: true });
    const before = sheets.of(store.state);
    store.set({ sprite: spriteAt("http://any/b.png") });
    late.answer("http://any/a.png", 10);
    await before;
    late.answer("http://any/b.png", 20);
    await expect.poll(() => said.at(-1)).not.toBeNull();
    expect(said).toEqual([null, 20]);
  });

  it("are those of the newest images, when those before them cannot be fetched", async () => {
    const late = lateFiles();
    store.set({ sprite: spriteAt("http://any/a.png"), saveOpen: true });
    const before = sheets.of(store.state);
    store.set({ sprite: spriteAt("http://any/b.png") });
    late.refuse("http://any/a.png");
    await expect(before).rejects.toThrow("is gone");
    late.answer("http://any/b.png", 20);
    await expect.poll(() => said.at(-1)).not.toBeNull();
    expect(said).toEqual([null, 20]);
  });

  it("are of the isolated points once there are some, and none where images are off", async () => {
    const late = lateFiles();
    const url = drawFour();
    store.set({ sprite: spriteAt(url), saveOpen: true });
    late.answer(url, 1_000_000);
    await expect.poll(() => said).toEqual([null, 1_000_000]);
    isolate(1);
    await expect.poll(() => said.length).toBe(4);
    expect(said[2]).toBeNull();
    expect(said[3]).toBeGreaterThan(0);
    expect(said[3]).toBeLessThan(1000);
    store.set({ showImages: false });
    expect(said.at(-1)).toBe(0);
  });

  it("are not said once the menu is closed, and measured anew when it opens", async () => {
    const late = lateFiles();
    store.set({ sprite: spriteAt("http://any/a.png"), saveOpen: true });
    const first = sheets.of(store.state)!;
    store.set({ saveOpen: false });
    late.answer("http://any/a.png", 10);
    await first;
    await settled();
    expect([said, late.asked.mock.calls.length]).toEqual([[null], 1]);
    store.set({ saveOpen: true });
    late.answer("http://any/a.png", 30);
    await expect.poll(() => said).toEqual([null, 30]);
    expect(late.asked).toHaveBeenCalledTimes(2);
  });
});
