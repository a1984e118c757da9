/** The card of the selected point: its name, its row of metadata, and what is done with it. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all, button, wordsOf } from "../dom";
import { dataState, mountPage, WORDS, withManyColumns } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
  await show(dataState());
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  page.remove();
});

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const words = () => wordsOf(page);
/** The card alone, without the page around it. */
const card = () => wordsOf(all("point-card")[0]!.shadowRoot!);

describe("a row is copied where the page may not use the clipboard", () => {
  let copied: string[];
  const note = (event: Event) => copied.push((event.composedPath()[0] as HTMLTextAreaElement).value);

  beforeEach(async () => {
    copied = [];
    vi.useFakeTimers({ toFake: ["setTimeout"] }); // A message stays for as long as a slow machine takes to look.
    document.addEventListener("copy", note);
    vi.spyOn(navigator, "clipboard", "get").mockReturnValue(undefined as never); // As without HTTPS.
    await show({ ...dataState(), row: 1 });
  });
  afterEach(() => document.removeEventListener("copy", note));

  it("whole, and the focus stays on the button", async () => {
    await userEvent.click(button("Copy the row"));
    await expect.poll(words).toContain("Copied");
    expect(copied).toEqual([`row\t1\nlabel\t${WORDS[1]}`]);
    expect([deepFocus(), all("textarea")]).toEqual([button("Copy the row"), []]);
    vi.runAllTimers();
    await expect.poll(words).not.toContain("Copied");
  });

  it("and the word is about that row alone", async () => {
    await userEvent.click(button("Copy the row"));
    await expect.poll(card).toContain("Copied");
    await show({ row: 2 });
    expect(card()).not.toContain("Copied");
  });

  it("or the page says that it cannot", async () => {
    vi.spyOn(document, "execCommand").mockReturnValue(false);
    await userEvent.click(button("Copy the row"));
    await expect.poll(words).toContain("This browser does not let the page copy.");
    expect(copied).toEqual([]);
  });
});

it("names the point and its row", async () => {
  await show({ row: 2 });
  expect(card()).toContain(`${WORDS[2]} row 2`);
  await show({ row: null });
  expect(all("point-card")).toEqual([]);
});

it("flies to the point, adds it to the sum, and subtracts it", async () => {
  await show({ row: 1 });
  for (const name of ["Fly to the point", "Add to the sum", "Subtract from the sum"]) button(name).click();
  expect(actions.flyTo).toHaveBeenCalledWith(Int32Array.of(1));
  expect(actions.addTerm.mock.calls).toEqual([
    [1, 1],
    [1, -1],
  ]);
});

it("shows each value of its row, and which are missing; the name alone is said once", async () => {
  await show({ row: 1 });
  expect(all("dd", all("point-card")[0]!.shadowRoot!)).toEqual([]);
  const columns = [textColumn("word", ["a", "b", "c"]), numberColumn("age", [1, null, 3])];
  await show({ metadata: { columns, rows: 3, lines: 3, problems: [] } });
  expect(card()).toContain("word b age no value");
  await show({ row: 2 });
  expect(card()).toContain("word c age 3");
});

it("shows the first forty columns, and all on demand", async () => {
  const { columns, ...others } = withManyColumns(store.state.metadata!);
  const last = { ...columns[0]!, name: "the last" };
  await show({ metadata: { ...others, columns: [...columns, last] }, row: 0 });
  expect(card()).not.toContain("the last");
  button("Show all 41 columns").click();
  await show({});
  expect(card()).toContain("the last");
  expect(() => button("Show all 41 columns")).toThrow();
});

describe("shows the image of its point", () => {
  const sheet = { urls: ["data:,"], columns: 2, rows: 2, pages: null };
  const image = () => all("[role=img]", all("point-card")[0]!.shadowRoot!)[0]!.getBoundingClientRect();
  const name = () => all(".name", all("point-card")[0]!.shadowRoot!)[0]!.getBoundingClientRect();
  const showCell = (thumbWidth: number, thumbHeight: number, patch: Partial<State> = {}) => {
    const size = { width: 2 * thumbWidth, height: 2 * thumbHeight };
    return show({ row: 1, sprite: { ...sheet, ...size, thumbWidth, thumbHeight }, ...patch });
  };

  it.each([
    [32, 32, [56, 56]],
    [16, 56, [16, 56]],
  ])("of %i × %i pixels beside the name, as large as fits there", async (width, height, size) => {
    await showCell(width, height);
    expect([image().width, image().height]).toEqual(size);
    expect(image().right).toBeLessThanOrEqual(name().left);
  });

  it.each([
    [128, 128],
    [60, 200],
  ])("of %i × %i pixels below it, at its own size", async (width, height) => {
    await showCell(width, height, { rightWidth: 320 });
    expect([image().width, image().height]).toEqual([width, height]);
    expect(image().top).toBeGreaterThanOrEqual(name().bottom);
  });

  it("no wider than the panel has room for, in its own proportions", async () => {
    await showCell(1000, 500, { rightWidth: 320 });
    expect([image().width, image().height]).toEqual([280, 140]);
    expect(image().right).toBeLessThanOrEqual(all("point-card")[0]!.getBoundingClientRect().right);
    await showCell(1000, 500, { rightWidth: 400 });
    expect([image().width, image().height]).toEqual([360, 180]);
  });
});
