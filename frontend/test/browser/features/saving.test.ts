/** The menu «Save» says what a page would weigh before it is saved. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { installTokens } from "../../../src/controls/tokens";
import { SaveMenu } from "../../../src/features/saving/panel";
import { Store } from "../../../src/state/store";
import { everyAction } from "../../every_action";
import { wordsOf } from "../dom";
import { settled } from "../settled";

let store: Store;
let menu: SaveMenu;
let pageBytes: number;

beforeEach(async () => {
  installTokens();
  store = new Store();
  const actions = everyAction();
  actions.pictureExtent.mockReturnValue({ width: 800, height: 600, maxRatio: 4 });
  actions.pageBytes.mockImplementation(() => pageBytes);
  menu = Object.assign(new SaveMenu(), { store, actions });
  document.body.replaceChildren(menu);
});
afterEach(() => menu.remove());

async function wordsWith(sheetBytes: number | null, bytes: number): Promise<string> {
  pageBytes = bytes;
  store.set({ saveOpen: true, sheetBytes });
  await settled();
  return wordsOf(menu);
}

it("while the images are measured, no size is said", async () => {
  expect(await wordsWith(null, 1e6)).toContain("HTML, with images…");
});

it("what images take is said of a large page only", async () => {
  expect(await wordsWith(3e6, 5e6)).toContain("HTML, about 5.0 MB");
  expect(wordsOf(menu)).not.toContain("are images");
  const large = await wordsWith(30e6, 41e6);
  expect(large).toContain("HTML, about 41 MB");
  expect(large).toContain("40 MB of it are images; with images off, it is about 1.0 MB.");
});

it("a large page without images has nothing to leave out", async () => {
  expect(await wordsWith(0, 41e6)).not.toContain("are images");
});
