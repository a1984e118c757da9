/** The page by mouse and by keys: what they change, and where the focus goes. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import { computeColoring } from "../../../src/data/coloring";
import type { LeftOut, Run } from "../../../src/data/runs";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { textColumn } from "../../node/data/columns";
import { all, button, field, wordsOf } from "../dom";
import { settled } from "../settled";
import { dataState, mountPage, runsOf } from "./mounted_page";

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
const named = (label: string) => all(`[aria-label="${label}"]`)[0]!;
const focused = () => deepFocus()?.textContent?.trim();

it("a run of which nothing can be shown says what it has, and leads to another run", async () => {
  const kernel: LeftOut = { name: "kernel", shape: [3, 3, 64], dtype: "float32", reason: "It is not a matrix." };
  const convolution: Run = { name: "convolution", embeddings: [], left_out: { tensors: [kernel], more: 2 } };
  await show({ run: "convolution", runs: runsOf({ runs: [convolution, ...runsOf().runs] }) });
  for (const said of ["No tensor of convolution can be shown", "3 tensors cannot be shown", "3 × 3 × 64 float32"])
    expect(words()).toContain(said);
  await userEvent.selectOptions(field<HTMLSelectElement>("Run"), "train");
  expect([store.state.run, store.state.embedding, store.state.step]).toEqual(["train", null, null]);
});

describe("with data", () => {
  beforeEach(() => show(dataState()));

  it("arrow keys go round the tools, and take the focus along", async () => {
    named("Select").focus();
    await userEvent.keyboard("{ArrowRight}");
    expect([store.state.tool, deepFocus()]).toEqual(["box", named("Box")]);
    await userEvent.keyboard("{ArrowLeft}{ArrowUp}");
    expect([store.state.tool, deepFocus()]).toEqual(["sphere", named("Sphere")]);
    await userEvent.keyboard("{ArrowDown}x");
    expect(store.state.tool).toBe("pan");
  });

  it("the card of the hovered point lies over the legend and over a note, and lets the pointer through", async () => {
    const { legend } = computeColoring(textColumn("word", ["a", "b", "a"]));
    await show({ legend, addressNotes: ["There is no column «gone»."] });
    const stage = all(".stage")[0]!.getBoundingClientRect();
    for (const name of ["picture-legend", "[aria-label='About the address']"]) {
      const { left, top, bottom } = all(name)[0]!.getBoundingClientRect();
      const isLow = bottom > stage.top + stage.height / 2;
      // The card is right of the pointer, and above or below it.
      await show({ hover: { row: 0, x: left - stage.left + 2, y: (isLow ? bottom : top) - stage.top } });
      const card = all(".card[role=tooltip]")[0]!;
      const box = card.getBoundingClientRect();
      const [x, y] = [box.left + 4, isLow ? box.bottom - 4 : box.top + 4];
      expect(elementAt(x, y), name).not.toBe(card);
      expect(isInside(all(name)[0]!, x, y), name).toBe(true);
      card.style.pointerEvents = "auto";
      expect(card.contains(elementAt(x, y)), name).toBe(true);
      card.style.pointerEvents = "";
    }
  });

  it("labels are suggested for the word of a sum that is being typed", async () => {
    await show({ termsOpen: true });
    await userEvent.fill(field("Add points by their labels"), "Zürich − 東");
    await settled();
    expect(all<HTMLOptionElement>("datalist option").map((option) => option.value)).toEqual(["Zürich − 東京"]);
  });

  it("arrow keys go round the lists of the inspector, and take the focus along", async () => {
    const neighborhood = { rows: Int32Array.of(2, 1), distances: Float32Array.of(0.1, 0.2), metric: "cosine" } as const;
    await show({ row: 0, neighborhood: { ...neighborhood, row: 0, space: "as stored", exact: true } });
    await show({ query: "z", matches: Int32Array.of(1), list: "matches" });
    button("Matches 1").focus();
    await userEvent.keyboard("{ArrowLeft}");
    await settled();
    expect([store.state.list, focused()]).toEqual(["neighbors", "Neighbors 2"]);
    await userEvent.keyboard("{ArrowDown}");
    await settled();
    expect([store.state.list, focused()]).toEqual(["matches", "Matches 1"]);
    await userEvent.click(button("Neighbors 2"));
    expect(store.state.list).toBe("neighbors");
  });

  it("the empty inspector leads to sums of points", async () => {
    await userEvent.click(button("add and subtract points"));
    expect(actions.focusTerms).toHaveBeenCalledOnce();
  });

  it.each([
    ["Width of the data panel", "leftWidth", "{ArrowRight}", [50, 200]],
    ["Width of the inspector", "rightWidth", "{ArrowLeft}", [500, 200]],
    ["Height of the table", "tableHeight", "{ArrowUp}", [200, 100]],
  ] as const)("%s grows by 16 px with a key, and follows the pointer", async (label, name, key, [x, y]) => {
    await show({ tableOpen: true });
    const before = store.state[name];
    named(label).focus();
    await userEvent.keyboard(`${key}a`);
    await settled();
    expect(store.state[name]).toBe(before + 16);
    const [edge, stage] = [named(label), all(".stage")[0]!];
    const [from, to] = [edge.getBoundingClientRect(), stage.getBoundingClientRect()];
    await userEvent.dragAndDrop(edge, stage, { sourcePosition: { x: 4, y: 4 }, targetPosition: { x, y } });
    const [right, down] = [to.left + x - (from.left + 4), to.top + y - (from.top + 4)];
    const outward = { leftWidth: right, rightWidth: -right, tableHeight: -down }[name];
    expect(Math.abs(outward)).toBeGreaterThan(40);
    expect(store.state[name]).toBe(Math.round(before + 16 + outward));
    await userEvent.hover(named(label), { position: { x: 1, y: 1 } }); // Let go, it follows no more.
    expect(store.state[name]).toBe(Math.round(before + 16 + outward));
  });
});

/** The element in front, shadow roots included. */
function elementAt(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner: Element | null = found?.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (inner === null || inner === found) return found;
    found = inner;
  }
}

function isInside(element: Element, x: number, y: number): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}
