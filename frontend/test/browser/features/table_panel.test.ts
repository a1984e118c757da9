/** The table by mouse and by keys, on a real store with its real worker. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import { installTokens } from "../../../src/controls/tokens";
import type { Context } from "../../../src/features/feature";
import { makeSelecting } from "../../../src/features/selection/selecting";
import { feature as table } from "../../../src/features/table";
import { PointTable } from "../../../src/features/table/panel";
import type { Actions } from "../../../src/state/actions";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { everyAction } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all, button, field, wordsOf } from "../dom";
import { dataState } from "../page/mounted_page";
import { settled } from "../settled";

const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
const ROWS = WORDS.length;

let store: Store;
let shown: PointTable;

beforeEach(async () => {
  installTokens();
  store = new Store();
  const actions = everyAction() as unknown as Actions;
  const focus = async () => shown.focus();
  const context = { store, tasks: new Tasks(store, async () => {}), focus };
  Object.assign(actions, makeSelecting(store), table.start!(context as Partial<Context> as Context));
  shown = Object.assign(new PointTable(), { store, actions });
  shown.style.cssText = "width: 900px; height: 400px;";
  document.body.replaceChildren(shown);
  await show({
    ...dataState(ROWS),
    tableOpen: true,
    metadata: { columns: columns(), rows: ROWS, lines: ROWS, problems: [] },
  });
});
afterEach(() => shown.remove());

function columns() {
  const kinds = WORDS.map((word) => (word.length > 3 ? "long" : "short"));
  const lengths = WORDS.map((word) => word.length);
  return [textColumn("word", WORDS), textColumn("kind", kinds), numberColumn("length", lengths)];
}

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const heads = () => all("[role=columnheader]").map((head) => head.querySelector(".clip")!.textContent);
const head = (name: string) => all("[role=columnheader]").find((one) => one.title === name)!;
/** The texts of a column, from the top. */
function cells(name: string): (string | undefined)[] {
  const at = head(name).getAttribute("aria-colindex");
  const rows = all("[role=gridcell]").filter((cell) => cell.getAttribute("aria-colindex") === at);
  return rows.map((cell) => cell.textContent?.trim());
}
const cell = (word: string) => all("[role=gridcell]").find((one) => one.textContent?.trim() === word)!;
const count = () => all(".count")[0]!.textContent;
const selected = () => store.state.selection && [...store.state.selection];

describe("its rows", () => {
  it("are added by control and shift, and all by their key", async () => {
    await userEvent.click(cell("two"));
    expect(store.state.row).toBe(2);
    await userEvent.click(cell("four"), { modifiers: ["Control"] });
    expect(selected()).toEqual([2, 4]);
    await userEvent.click(cell("two"), { modifiers: ["Control"] });
    expect(selected()).toEqual([4]);
    await userEvent.click(cell("five"), { modifiers: ["Control"] });
    expect(selected()).toEqual([4, 5]);
    await userEvent.click(cell("three"), { modifiers: ["Shift"] });
    expect(selected()).toEqual([3, 4, 5]);
    all("[role=grid]")[0]!.focus();
    await userEvent.keyboard("{Control>}a{/Control}");
    expect(selected()).toEqual(WORDS.map((_, row) => row));
  });

  it("are a range from the row last clicked, wherever it is by then, and from none that is no longer listed", async () => {
    await userEvent.click(cell("three"));
    head("length").click();
    head("length").click(); // The longest first.
    await expect.poll(() => cells("word").slice(1, 4)).toEqual(["three", "seven", "eight"]);
    await userEvent.click(cell("eight"), { modifiers: ["Shift"] });
    expect(selected()).toEqual([3, 7, 8]);
    await userEvent.click(cell("two"));
    await show({ filters: [{ kind: "range", column: "length", min: 5, max: null }] });
    await expect.poll(() => cells("word").length).toBe(4);
    await userEvent.click(cell("eight"), { modifiers: ["Shift"] });
    expect(selected()).toEqual([8]);
  });

  it("that are gone are not selected by a key", async () => {
    all("[role=grid]")[0]!.focus();
    await userEvent.keyboard("{Control>}{End}{/Control}");
    await show({ filters: [{ kind: "range", column: "length", min: 5, max: null }] });
    await expect.poll(() => cells("word").length).toBe(4);
    await userEvent.keyboard("{Enter}");
    expect(store.state.row).toBe(11);
    await show({ row: null, filters: [{ kind: "range", column: "length", min: 50, max: null }] });
    await expect.poll(() => cells("word")).toEqual([]);
    await userEvent.keyboard("{Enter}");
    expect(store.state.row).toBeNull();
  });

  it("are the selected ones only, and stay so when one of them is clicked", async () => {
    await userEvent.click(field("Only selected"));
    await expect.poll(count).toBe("0 of 12 rows · only selected");
    expect(wordsOf(shown)).toContain("Nothing is selected.");
    const neighborhood = { row: 1, rows: Int32Array.of(3, 7), distances: Float32Array.of(0.1, 0.2) };
    const found = { ...neighborhood, metric: "cosine", space: "as stored", exact: true } as const;
    await show({ row: 1, neighborhood: found });
    await expect.poll(() => cells("word")).toEqual(["one", "three", "seven"]);
    await userEvent.click(cell("three"));
    await settled();
    expect([store.state.row, selected(), cells("word")]).toEqual([3, [1, 3, 7], ["one", "three", "seven"]]);
  });
});

describe("its columns", () => {
  const found = { row: 5, rows: Int32Array.of(9, 0), metric: "dot", space: "as stored", exact: true } as const;
  const neighborhood = { ...found, distances: Float32Array.of(-3, -2) };

  it("are sorted by number, distance and place on the screen, whose gaps come last", async () => {
    const x = Float32Array.from(WORDS, (_, row) => (row === 4 ? Number.NaN : -row));
    const projection = { ...store.state.projection!, components: [x, x, x] };
    await show({ projection, row: 5, neighborhood, tableDistances: true, tableCoordinates: true });
    expect(heads()).toEqual(["Row", "word", "Distance", "kind", "length", "PC 1", "PC 2", "PC 3"]);
    expect([cells("Distance")[5], cells("Distance")[9], cells("Distance")[1]]).toEqual(["—", "3.000", "–"]);
    expect([cells("PC 1")[4], cells("PC 1")[3]]).toEqual(["–", "-3"]);
    head("Distance").click();
    await expect.poll(() => cells("word").slice(0, 3)).toEqual(["five", "nine", "zero"]);
    head("PC 1").click();
    await expect.poll(() => cells("word").slice(0, 2)).toEqual(["eleven", "ten"]);
    expect(cells("word").at(-1)).toBe("four");
    head("Row").click();
    head("Row").click();
    await expect.poll(() => cells("Row").slice(0, 2)).toEqual(["11", "10"]);
  });

  it("are moved by keys among those that are shown, and dragged", async () => {
    await show({ tableCoordinates: true, tableHidden: ["kind"] });
    expect(heads()).toEqual(["Row", "word", "length", "PC 1", "PC 2", "PC 3"]);
    all("[role=grid]")[0]!.focus();
    await userEvent.keyboard("{Control>}{Home}{/Control}{ArrowUp}{ArrowRight}{ArrowRight}");
    await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await settled();
    expect(heads()).toEqual(["Row", "word", "PC 1", "length", "PC 2", "PC 3"]);
    await userEvent.dragAndDrop(head("PC 3"), head("PC 1"));
    await settled();
    expect(heads()).toEqual(["Row", "word", "PC 3", "PC 1", "length", "PC 2"]);
    await show({ tableHidden: [] });
    expect(heads()).toContain("kind");
  });

  it("are chosen in a dialog that its button opens and closes", async () => {
    await userEvent.click(button("Columns"));
    await settled();
    expect(all("column-choice")).toHaveLength(1);
    await userEvent.click(field("kind"));
    await settled();
    expect(heads()).toEqual(["Row", "word", "length"]);
    await userEvent.keyboard("{Escape}");
    await settled();
    expect([all("column-choice"), deepFocus()]).toEqual([[], button("Columns")]);
    for (const open of [1, 0]) {
      button("Columns").click(); // As a screen reader does: no pointer goes down beside the dialog, which would close it.
      await settled();
      expect(all("column-choice")).toHaveLength(open);
    }
  });
});

describe("its filters", () => {
  it("are of values that a few letters find, of none, and of all", async () => {
    all("button.filter", head("word"))[0]!.click();
    await settled();
    await userEvent.type(field("Find a value"), "E");
    await settled();
    const values = () => all(".value .text").map((one) => one.textContent);
    expect(values()).toEqual(WORDS.filter((word) => word.includes("e")));
    await userEvent.type(field("Find a value"), "leven");
    await settled();
    await userEvent.click(all(".value")[0]!);
    await expect.poll(count).toBe("11 of 12 rows · 1 filter");
    await userEvent.type(field("Find a value"), "!");
    await settled();
    expect(wordsOf(shown)).toContain("No value matches.");
    await userEvent.click(button("None"));
    await expect.poll(count).toBe("0 of 12 rows · 1 filter");
    await userEvent.click(button("All"));
    await expect.poll(count).toBe("All 12 rows");
  });

  it("count the isolated points alone, and keep what they name of others", async () => {
    await show({ subset: { name: "s", rows: Int32Array.of(0, 1, 2, 3, 4), words: "by hand" } });
    all("button.filter", head("kind"))[0]!.click();
    await settled();
    const values = () => all(".value").map((one) => wordsOf(one).trim().replace(/ +/g, " "));
    expect(values()).toEqual(["long 3", "short 2"]);
    await show({ subset: { name: "t", rows: Int32Array.of(1, 2, 6), words: "by hand" } });
    expect(values()).toEqual(["short 3"]);
    await show({ filters: [{ kind: "values", column: "kind", values: ["long"], isExcluding: false }] });
    await userEvent.click(all(".value")[0]!);
    expect(store.state.filters).toEqual([]);
  });

  it("that leave nothing are cleared where the rows would be, and above them", async () => {
    const tooLong = { kind: "range", column: "length", min: 99, max: null } as const;
    for (const clear of ["Clear the filters", "Clear 1 filter"]) {
      store.set({ filters: [tooLong] });
      await expect.poll(() => wordsOf(shown)).toContain("No row passes the filters.");
      await settled();
      await userEvent.click(button(clear));
      await expect.poll(count).toBe("All 12 rows");
      expect(store.state.filters).toEqual([]);
    }
  });
});

it("says that metadata is on its way, and is closed by its button", async () => {
  await show({ metadata: null, tasks: { metadata: { words: "Reading words.tsv", startedAtMs: 0 } } });
  expect(count()).toBe("All 12 rows · Reading words.tsv…");
  await userEvent.click(button("Close the table"));
  expect(store.state.tableOpen).toBe(false);
});

it("takes the focus, so that its keys work at once", async () => {
  shown.focus();
  await expect.poll(deepFocus).toBe(all("[role=grid]")[0]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(store.state.row).toBe(1);
});

it("has the names of number columns above their last digits, sorted or not", async () => {
  const rightOf = (element: Element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return Math.round(range.getBoundingClientRect().right);
  };
  const numbers = () => {
    const at = head("length").getAttribute("aria-colindex");
    return all("[role=gridcell]").filter((one) => one.getAttribute("aria-colindex") === at);
  };
  for (const tableSort of [[], [{ column: "length", isDescending: true }]]) {
    await show({ tableSort });
    const rights = new Set(numbers().map(rightOf));
    expect([...rights]).toEqual([rightOf(head("length").querySelector(".clip")!)]);
  }
});
