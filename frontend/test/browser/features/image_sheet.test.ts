/** The sheet of the images that a column names: drawn of real images, and in whose place, on a real store. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerRequest } from "../../../src/api/client";
import type { Column } from "../../../src/data/column";
import type { Sprite } from "../../../src/data/sprite";
import { followImages } from "../../../src/features/coloring/image_sheet";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { textColumn } from "../../node/data/columns";
import { shownOf } from "../../node/features/shown_data";

const SHEET = { urls: ["http://any/sheet.png"], columns: 2, rows: 2, width: 64, height: 64, pages: null };
const FILE: Sprite = { ...SHEET, thumbWidth: 32, thumbHeight: 32 };
const [RED, BLUE, NOTHING] = [
  [255, 0, 0, 255],
  [0, 0, 255, 255],
  [0, 0, 0, 0],
];
/** The files of the run. */
const FILES: Record<string, string> = {
  "red.png": imageOf(20, 10, "#f00"),
  "blue.png": imageOf(10, 20, "#00f"),
};

/** An image of one color, as an address. */
function imageOf(width: number, height: number, color: string): string {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d")!;
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return canvas.toDataURL();
}

class Files extends FakeClient {
  readonly asked: unknown[] = [];

  override address({ route, parameters }: Pick<ServerRequest, "route" | "parameters">): string {
    const path = parameters!.path as string;
    this.asked.push(`${route} ${parameters!.run} ${path}`);
    return FILES[path] ?? "data:image/png;base64,";
  }
}

let store: Store;
let tasks: Tasks;
let client: Files;
/** The sheets that were shown, in order. */
let sheets: (Sprite | null)[];

beforeEach(() => {
  store = new Store();
  tasks = new Tasks(store, async () => {});
  client = new Files({});
  sheets = [];
  followImages(store, client, tasks);
  store.subscribe(({ sprite }, changed) => changed.has("sprite") && sheets.push(sprite));
  store.set({ shown: shownOf(4) });
});
afterEach(() => {
  store.set({ imageBy: null });
  vi.restoreAllMocks();
});

function read(...columns: Column[]): void {
  const { rows } = columns[0]!;
  store.set({ metadata: { columns, rows, lines: rows, problems: [] } });
}

async function made(): Promise<Sprite> {
  await expect.poll(() => store.state.sprite?.urls[0]).toMatch(/^blob:/);
  return store.state.sprite!;
}

/** Colors of the sheet, at px of the sheet. */
async function pixelsOf({ urls }: Sprite, ...places: [x: number, y: number][]): Promise<number[][]> {
  const image = new Image();
  image.src = urls[0]!;
  await image.decode();
  const context = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext("2d")!;
  context.drawImage(image, 0, 0);
  return places.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data]);
}

const PICTURES = textColumn("picture", ["red.png", "blue.png", null, "red.png"]);

describe("the sheet of a column", () => {
  it("has a cell for each row, with the whole image in its middle", async () => {
    read(PICTURES);
    store.set({ imageBy: "picture" });
    const sprite = await made();
    expect(sprite).toMatchObject({ columns: 2, rows: 2, thumbWidth: 48, thumbHeight: 48, width: 96, height: 96 });
    const [left, top] = await pixelsOf(sprite, [1, 24], [24, 10]);
    expect([left, top]).toEqual([RED, NOTHING]);
    const [across, beside] = await pixelsOf(sprite, [48 + 24, 1], [48 + 10, 24]);
    expect([across, beside]).toEqual([BLUE, NOTHING]);
    expect(await pixelsOf(sprite, [24, 48 + 24], [48 + 24, 48 + 24])).toEqual([NOTHING, RED]);
  });

  it("asks for each image once, in the run that is shown, and for none where a cell names none", async () => {
    read(textColumn("picture", [" red.png ", "NaN", " ", "blue.png", " red.png "]));
    store.set({ imageBy: "picture" });
    await made();
    expect(client.asked).toEqual(["assets r red.png", "assets r blue.png"]);
  });

  it("says how far it is, and ends", async () => {
    const said: unknown[] = [];
    store.subscribe(({ tasks }, changed) => {
      if (changed.has("tasks")) said.push([tasks.images?.words, tasks.images?.progress?.share]);
    });
    read(PICTURES);
    store.set({ imageBy: "picture" });
    await made();
    await expect.poll(() => store.state.tasks).toEqual({});
    const words = "Loading 2 images";
    expect(said).toEqual([
      [words, undefined],
      [words, 0.5],
      [words, 1],
      [undefined, undefined],
    ]);
  });

  it.each([
    [["gone.png"], "No image could be loaded for «gone.png»."],
    [["gone.png", "lost.png", "far.png"], "No image could be loaded for «gone.png» and 2 others."],
  ])("has those that can be loaded, and says that %j cannot", async (gone, message) => {
    read(textColumn("picture", ["red.png", ...gone]));
    store.set({ imageBy: "picture" });
    expect(await pixelsOf(await made(), [24, 24])).toEqual([RED]);
    expect(store.state.failures.images).toMatchObject({ message });
    expect(store.state.failures.images!.fix).toContain("the run r or the logdir");
    store.set({ imageBy: null });
    expect(store.state.failures).toEqual({});
  });
});

describe("the images shown", () => {
  it("are the file's before and after those of a column, whose sheet is given up", async () => {
    const revoked = vi.spyOn(URL, "revokeObjectURL");
    store.set({ fileSprite: FILE });
    expect(store.state.sprite).toBe(FILE);
    read(PICTURES);
    store.set({ imageBy: "picture" });
    expect(store.state.sprite).toBe(FILE);
    const { urls } = await made();
    expect(revoked).not.toHaveBeenCalled();
    store.set({ imageBy: null });
    expect([store.state.sprite, revoked.mock.calls]).toEqual([FILE, [[urls[0]]]]);
    expect(sheets.map((sheet) => sheet === FILE)).toEqual([true, false, true]);
  });

  it("stay those of the column when the file's come, and when other columns change", async () => {
    read(PICTURES);
    store.set({ imageBy: "picture" });
    const sprite = await made();
    store.set({ fileSprite: FILE });
    read(PICTURES, textColumn("mine", ["good", null, null, null]));
    expect([store.state.sprite === sprite, client.asked.length]).toEqual([true, 2]);
  });

  it("are the newer file's while those of a column are still loaded", async () => {
    read(PICTURES);
    store.set({ imageBy: "picture" });
    store.set({ fileSprite: FILE });
    expect(store.state.sprite).toBe(FILE);
    await made();
    expect(client.asked.length).toBe(2);
  });

  it("are those of the column that was chosen last", async () => {
    const others = textColumn("other", ["blue.png", "blue.png", "blue.png", "blue.png"]);
    read(PICTURES, others);
    store.set({ imageBy: "picture" });
    store.set({ imageBy: "other" });
    expect(await pixelsOf(await made(), [24, 24], [72, 72])).toEqual([BLUE, BLUE]);
    expect(sheets.length).toBe(1);
  });

  it("are not those of a column that is no longer there, or of a run that is not shown", async () => {
    read(PICTURES);
    store.set({ imageBy: "picture" });
    await made();
    store.set({ metadata: null });
    expect(store.state.sprite).toBeNull();
    store.set({ shown: null });
    read(PICTURES);
    expect([store.state.tasks, store.state.sprite]).toEqual([{}, null]);
  });
});

describe("loading that is canceled", () => {
  it("leaves the file's images, and begins again only when a column is chosen", async () => {
    store.set({ fileSprite: FILE });
    read(PICTURES);
    store.set({ imageBy: "picture" });
    tasks.cancelOnRequest("images");
    read(PICTURES, textColumn("mine", ["good", null, null, null]));
    expect([store.state.tasks, store.state.failures, store.state.sprite]).toEqual([{}, {}, FILE]);
    store.set({ imageBy: null });
    store.set({ imageBy: "picture" });
    await made();
  });

  it("makes no sheet that nothing would give up again", async () => {
    const offered = vi.spyOn(URL, "createObjectURL");
    const { convertToBlob } = OffscreenCanvas.prototype;
    let written = Promise.resolve();
    vi.spyOn(OffscreenCanvas.prototype, "convertToBlob").mockImplementation(function (this: OffscreenCanvas) {
      const file = convertToBlob.call(this);
      written = file.then(() => {});
      tasks.cancelOnRequest("images");
      return file;
    });
    read(PICTURES);
    store.set({ imageBy: "picture" });
    await expect.poll(() => store.state.tasks).toEqual({});
    await written;
    await new Promise(requestAnimationFrame);
    expect([offered.mock.calls, store.state.sprite]).toEqual([[], null]);
  });
});
