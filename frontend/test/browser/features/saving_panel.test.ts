/** The menu «Save» says what a page would weigh before it is saved. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { installTokens } from "../../../src/controls/tokens";
import { SaveMenu } from "../../../src/features/saving/panel";
import { Store } from "../../../src/state/store";
import { everyAction, type NotedActions } from "../../every_action";
import { button, wordsOf } from "../dom";
import { settled } from "../settled";

let store: Store;
let menu: SaveMenu;
let pageBytes: number;
let actions: NotedActions;

beforeEach(async () => {
  installTokens();
  store = new Store();
  actions = everyAction();
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

it("while the images are measured, no size is shown", async () => {
  expect(await wordsWith(null, 1e6)).toContain("HTML, with images…");
});

it("what images take is shown for a large page only", async () => {
  expect(await wordsWith(3e6, 5e6)).toContain("HTML, about 5.0 MB");
  expect(wordsOf(menu)).not.toContain("are images");
  const large = await wordsWith(30e6, 41e6);
  expect(large).toContain("HTML, about 41 MB");
  expect(large).toContain("40 MB of it are images; with images off, it is about 1.0 MB.");
});

it("a large page without images has nothing to leave out", async () => {
  expect(await wordsWith(0, 41e6)).not.toContain("are images");
});

it("an SVG says before it is saved what it draws as discs", async () => {
  await wordsWith(null, 1e6);
  expect(button("SVG").title).not.toContain("discs");
  store.set({ density: true });
  await settled();
  expect(button("SVG").title).toContain("The density is drawn as discs in an SVG");
});

it("sizes are said with their megapixels, the typed one too", async () => {
  store.set({ saveOpen: true });
  await settled();
  const root = menu.shadowRoot!;
  expect(root.querySelector<HTMLElement>("[aria-label='PNG, 4 times the screen\\'s size']")!.title).toBe(
    "PNG, 3,200 × 2,400 px, 7.7 megapixels",
  );
  const wide = root.querySelector<HTMLButtonElement>("[aria-label='PNG, 8 times the screen\\'s size']")!;
  expect([wide.disabled, wide.title]).toEqual([
    true,
    "6,400 × 4,800 px, 31 megapixels: larger than 3,200 × 2,400 px, 7.7 megapixels, the maximum",
  ]);
  const own = root.querySelector<HTMLInputElement>("[name=width]")!;
  own.value = "1000";
  own.dispatchEvent(new InputEvent("input"));
  await settled();
  expect(wordsOf(menu)).toContain("1,000 × 750 px, 0.75 megapixels");
});

it("what is written piece by piece has its progress there, and can be canceled", async () => {
  const task = { words: "Writing PNG", startedAtMs: 0, progress: { share: 0.4, secondsLeft: null } };
  store.set({ saveOpen: true, exporting: "Writing PNG", tasks: { saving: task } });
  await settled();
  const progress = menu.shadowRoot!.querySelector("task-progress")!.shadowRoot!;
  expect(progress.querySelector("[role=progressbar]")!.getAttribute("aria-valuenow")).toBe("40");
  progress.querySelector("button")!.click();
  expect(actions.cancel.mock.calls).toEqual([["saving"]]);
  expect(menu.shadowRoot!.activeElement!.getAttribute("aria-label")).toBe("PNG, 1 times the screen's size");
});
