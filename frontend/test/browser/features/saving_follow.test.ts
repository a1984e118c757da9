/** Saved files: their names and contents, what is said when one cannot be written, and how large a page would be. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SavingActions } from "../../../src/features/saving/fields";
import { makeSaving } from "../../../src/features/saving/follow";
import { PointColors } from "../../../src/state/point_colors";
import { Store } from "../../../src/state/store";
import type { Picture } from "../../../src/view/picture";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { textColumn } from "../../node/data/columns";
import { projectionOf, shownOf } from "../../node/features/shown_data";
import { noteSavedFiles, type SavedFile } from "../saved_files";

const ROWS = 4;
const SHEET = { urls: ["http://any/sheet.png"], columns: 2, rows: 2, width: 64, height: 64, pages: null };
const SPRITE = { ...SHEET, thumbWidth: 32, thumbHeight: 32 };

let store: Store;
let tasks: Tasks;
let actions: SavingActions;
/** The files that were offered. */
let saved: SavedFile[];
/** Ends the picture that is being written. */
let endPicture: (blob: Blob | null) => void;
let client: FakeClient;

beforeEach(() => {
  store = new Store();
  tasks = new Tasks(store, async () => {});
  client = new FakeClient({});
  saved = noteSavedFiles();
  const picture = {
    extent: { width: 800, height: 600, maxRatio: 4 },
    writeSvg: (extra: string) => ["<svg>", extra, "</svg>"],
    whileStill: () =>
      new Promise((resolve) => {
        endPicture = resolve;
      }),
  };
  actions = makeSaving(store, client, tasks, picture as unknown as Picture, new PointColors());
  const columns = [textColumn("word", ["ant", "bee", "cat", "dog"])];
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
  store.set({ metadata: { columns, rows: ROWS, lines: ROWS, problems: [] } });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The first column and the last of each line but the head. */
async function pointsIn({ content }: { content: Blob }): Promise<string[]> {
  const lines = (await content.text()).trim().split("\r\n").slice(1);
  return lines.map((line) => [line.split(",")[0], line.split(",").at(-1)].join(" "));
}

describe("a table", () => {
  it("is named after what it is of, and has all points", async () => {
    await actions.saveTable("csv", "all");
    expect(saved.map(({ name }) => name)).toEqual(["r_e_pca_step-1.csv"]);
    expect(await pointsIn(saved[0]!)).toEqual(["0 ant", "1 bee", "2 cat", "3 dog"]);
    expect([store.state.exporting, store.state.exportNote]).toEqual([null, null]);
  });

  it("has the selected points alone, or the isolated ones", async () => {
    store.set({ selection: Int32Array.of(1, 3) });
    await actions.saveTable("csv", "selection");
    store.set({ subset: { name: "s", rows: Int32Array.of(0, 2), words: "by lasso" } });
    await actions.saveTable("csv", "all");
    expect(saved.map(({ name }) => name)).toEqual(["r_e_pca_step-1_selection.csv", "r_e_pca_step-1.csv"]);
    expect([await pointsIn(saved[0]!), await pointsIn(saved[1]!)]).toEqual([
      ["1 bee", "3 dog"],
      ["0 ant", "2 cat"],
    ]);
  });

  it("is an Arrow file, too", async () => {
    await actions.saveTable("arrow", "all");
    expect(saved[0]!.name).toBe("r_e_pca_step-1.arrow");
    expect((await saved[0]!.content.text()).slice(0, 6)).toBe("ARROW1");
  });

  it("of nothing that is drawn is none, and the menu says why", async () => {
    store.set({ projection: null });
    await actions.saveTable("csv", "all");
    expect([saved, store.state.exportNote]).toEqual([[], "The CSV file could not be written: nothing is drawn yet."]);
  });
});

describe("a picture", () => {
  it("is written while the menu says so, and nothing else meanwhile", async () => {
    const written = actions.savePng(2);
    expect(store.state.exporting).toBe("Writing PNG");
    await actions.saveTable("csv", "all");
    await expect.poll(() => store.state.tasks.saving?.words).toBe("Writing PNG");
    endPicture(new Blob(["png"]));
    await written;
    expect(saved.map(({ name }) => name)).toEqual(["r_e_pca_step-1.png"]);
    expect([store.state.exporting, store.state.tasks]).toEqual([null, {}]);
  });

  it("that is canceled is not saved, even if it comes, and the menu says so until the next file", async () => {
    const written = actions.savePng(2);
    await expect.poll(() => store.state.tasks.saving).toBeDefined();
    tasks.cancelOnRequest("saving");
    endPicture(new Blob(["png"]));
    await written;
    expect([saved, store.state.exportNote]).toEqual([[], "No PNG saved: canceled."]);
    await actions.saveTable("csv", "all");
    expect([saved.length, store.state.exportNote]).toEqual([1, null]);
  });

  it("of nothing is none, and the menu says why", async () => {
    const written = actions.savePng(2);
    await expect.poll(() => store.state.tasks.saving).toBeDefined();
    endPicture(null);
    await written;
    expect(store.state.exportNote).toBe(
      "The PNG file could not be written: nothing is drawn; wait until the picture is there.",
    );
  });

  it("of lines says what it leaves out", async () => {
    await actions.saveSvg();
    expect(store.state.exportNote).toBeNull();
    store.set({ sprite: SPRITE });
    await actions.saveSvg();
    expect(store.state.exportNote).toBe("Images are drawn as discs in an SVG.");
    store.set({ density: true });
    await actions.saveSvg();
    expect(store.state.exportNote).toBe("The density is drawn as discs in an SVG: a PNG shows it.");
    expect(saved.map(({ name }) => name)).toEqual(Array(3).fill("r_e_pca_step-1.svg"));
  });
});

describe("the images of a page", () => {
  it("are measured while the menu is open, and not before", async () => {
    const fetched = vi.spyOn(client, "fetchFile").mockImplementation(async () => new Blob([new Uint8Array(1234)]));
    store.set({ sprite: SPRITE });
    store.set({ saveOpen: true });
    expect(store.state.sheetBytes).toBeNull();
    await expect.poll(() => store.state.sheetBytes).toBe(1234);
    store.set({ showImages: false });
    expect(store.state.sheetBytes).toBe(0);
    expect(fetched.mock.calls).toEqual([["http://any/sheet.png"]]);
  });

  it("that cannot be fetched are reported once the page is saved", async () => {
    vi.spyOn(client, "fetchFile").mockRejectedValue(new Error("The sheet is gone"));
    store.set({ sprite: SPRITE, saveOpen: true });
    await expect.poll(() => store.state.sheetBytes).toBe(0);
    expect(store.state.exportNote).toBeNull();
    await actions.savePage("all");
    expect(store.state.exportNote).toBe("The HTML file could not be written: The sheet is gone.");
  });
});
