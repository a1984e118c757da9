/** The page on a real DOM, fed with a state; its panels and the picture have tests of their own. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { showTheme } from "../../../src/controls/tokens";
import { SPACE_NOT_RECORDED } from "../../../src/data/coordinates";
import { everyRow } from "../../../src/data/row_sets";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, wordsOf } from "../dom";
import { settled } from "../settled";
import { dataState, mountPage, runsOf, WORDS } from "./mounted_page";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
});
afterEach(() => page.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const words = () => wordsOf(page);

describe("with nothing to show", () => {
  it("says what was looked for, what was found, and what would work", async () => {
    const problem = {
      level: "error" as const,
      kind: "bad_data",
      message: "It is cut off.",
      fix: "Copy it again.",
      run: "eval",
      embedding: null,
      file: "eval/m.index",
      line: 3,
    };
    await show({ runs: runsOf({ runs: [], problems: [problem] }) });
    for (const said of [
      "No embeddings found",
      "3 directories in logs",
      "1 config and 2 checkpoints",
      "eval/m.index:3",
      "It is cut off.",
      "Copy it again.",
      "ProjectorCallback",
    ]) {
      expect(words()).toContain(said);
    }
    all("button.main")[0]!.click();
    expect(actions.reload).toHaveBeenCalled();
  });

  it("says so while it still looks, and when the server does not answer", async () => {
    await show({ runs: runsOf({ runs: [], scan: { ...runsOf().scan, done: false } }) });
    expect(words()).toContain("Looking through logs: 3 directories so far");
    await show({ runs: runsOf({ runs: [], scan: { ...runsOf().scan, done: false, reading: "slow" } }) });
    expect(words()).toContain("3 directories so far… The run slow takes long to read;");
    await show({ failures: { runs: { message: "TensorBoard does not answer.", fix: "Check that it runs." } } });
    expect(words()).toContain("TensorBoard does not answer. Check that it runs.");
    all("button")
      .find((button) => button.textContent === "Try again")!
      .click();
    expect(actions.retry).toHaveBeenCalledWith("runs");
  });
});

describe("with data", () => {
  beforeEach(() => show(dataState()));

  it("says what is shown", async () => {
    expect(words()).toContain("Showing all 3 points · 3 dims · PCA 3-D · 85.0 % of variance · as stored");
    await show({ projection: { ...store.state.projection!, finiteRows: 1 } });
    expect(words()).toContain("Showing 1 of 3 points");
    expect(words()).toContain("2 rows hold NaN and are not drawn");
    const x = Float32Array.of(0, Number.NaN, 1);
    const drawn = { x, y: x, z: null, rows: 3, finiteRows: 2, axisNames: [], space: "", iteration: 1 };
    await show({ coordinates: { method: "umap", ...drawn } });
    expect(words()).toContain("1 row has no coordinates and is not drawn");
    await show({ coordinates: { method: "tsne", ...drawn, space: SPACE_NOT_RECORDED } });
    expect(words()).toContain("t-SNE 2-D · 1 iteration · space not recorded");
  });

  it("says which run is still being read, until it is", async () => {
    const { scan } = runsOf();
    await show({ runs: runsOf({ scan: { ...scan, done: false, reading: "slow" } }) });
    expect(words()).toContain("The run slow takes long to read; what is missing comes when it is read.");
    await show({ runs: runsOf({ scan }) });
    expect(words()).not.toContain("takes long to read");
  });

  it("says that a link's layout is computed anew, with a button, until it runs or the note is closed", async () => {
    const note = () => all("section").find((one) => one.getAttribute("aria-label") === "About the address");
    await show({ method: "umap", addressLayout: "umap" });
    expect(note()!.textContent).toMatch(/This link shows UMAP, which has to be computed/);
    note()!.querySelector<HTMLButtonElement>("button.main")!.click();
    expect(actions.runLayout).toHaveBeenCalledTimes(1);
    await show({ method: "pca" });
    expect(note()).toBeUndefined();
    await show({ method: "umap" });
    note()!.querySelector<HTMLButtonElement>('[aria-label="Close"]')!.click();
    await show({});
    expect([note(), store.state.addressLayout]).toEqual([undefined, null]);
  });

  it("shows labels as text, whatever they hold", async () => {
    await show({ row: 0 });
    expect(words()).toContain(WORDS[0]);
    expect(all("img")).toEqual([]);
  });

  it("shows a failed projection where the picture should be", async () => {
    await show({
      projection: null,
      failures: { projection: { message: "The file is short.", fix: "Write it again." } },
    });
    expect(words()).toContain("The file is short. Write it again.");
  });

  it("lets a note on the picture be put away until there is another one", async () => {
    const note = () => all("failure-note").map((element) => wordsOf(element).trim());
    await show({ failures: { picture: { message: "No WebGL 2.", fix: "Turn it on." } } });
    expect(note()).toEqual(["No WebGL 2. Turn it on."]);
    await userEvent.click(
      all("button").find((button) => button.title === "Close" && button.classList.contains("close"))!,
    );
    await settled();
    expect(note()).toEqual([]);
    await show({ failures: { picture: { message: "The context was lost.", fix: "Reload." } } });
    expect(note()).toEqual(["The context was lost. Reload."]);
  });

  it("shows long work and lets it be canceled", async () => {
    await show({
      tasks: { projection: { words: "Computing PCA of 1,000,000 × 128", startedAtMs: performance.now() - 5000 } },
    });
    expect(words()).toContain("Computing PCA of 1,000,000 × 128…");
    all("button")
      .find((button) => button.textContent === "Cancel")!
      .click();
    expect(actions.cancel).toHaveBeenCalledWith("projection");
  });

  it("names every control", () => {
    const nameless = all("button, input, select").filter((control) => {
      const labels = [...((control as HTMLInputElement).labels ?? [])].map((label) => label.textContent).join("");
      return !(control.getAttribute("aria-label") || control.textContent?.trim() || labels.trim());
    });
    expect(nameless.map((control) => control.outerHTML)).toEqual([]);
  });

  it.each(["light", "dark"] as const)("is readable in %s", (theme) => {
    showTheme(theme);
    const style = getComputedStyle(document.documentElement);
    const [ground, ...texts] = [
      "--panel",
      "--text",
      "--text-soft",
      "--text-faint",
      "--accent",
      "--error",
      "--warning",
    ].map((name) => luminance(style.getPropertyValue(name).trim()));
    for (const text of texts) {
      const [light, dark] = [Math.max(text, ground!), Math.min(text, ground!)];
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5); // WCAG AA.
    }
    showTheme("light");
  });
});

it("a list of a million matches has as many elements as fit", async () => {
  await show({
    ...dataState(1_000_000),
    query: "x",
    list: "matches",
    matches: everyRow(1_000_000),
  });
  const rows = all(".row");
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length).toBeLessThan(60);
  all(".viewport")[0]!.focus();
  await userEvent.keyboard("{End}{Enter}");
  expect(actions.select).toHaveBeenCalledWith(999_999);
});

it.each([1_200_000, 4_000_000])("a list of %i matches reaches its last row, and its first again", async (count) => {
  await show({ ...dataState(count), query: "x", list: "matches", matches: everyRow(count) });
  const viewport = all(".viewport")[0]!;
  const isInView = (row: number) => {
    const box = all(`#row-${row}`)[0]?.getBoundingClientRect();
    const { top, bottom } = viewport.getBoundingClientRect();
    return box !== undefined && box.top >= top - 1 && box.bottom <= bottom + 1;
  };
  viewport.focus();
  await userEvent.keyboard("{End}");
  await expect.poll(() => isInView(count - 1)).toBe(true);
  await userEvent.keyboard("{ArrowUp}{Enter}");
  expect(actions.select).toHaveBeenLastCalledWith(count - 2);
  expect(viewport.scrollTop + viewport.clientHeight).toBeGreaterThan(viewport.scrollHeight - 2);
  await userEvent.keyboard("{Home}");
  await expect.poll(() => isInView(0)).toBe(true);
});

it("has no scroll bar at 1280 × 800 but in lists", async () => {
  await show({ ...dataState(), row: 0 });
  const scrolling = all("*").filter(
    (element) =>
      element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY),
  );
  expect(scrolling.map((element) => element.className)).toEqual([]);
});

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
