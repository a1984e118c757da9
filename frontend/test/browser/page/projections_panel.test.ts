/** The panel of projections around the controls of one: the method, the space, the guide, and the room that it takes. */
import { beforeEach, expect, it } from "vitest";
import { ProjectionsPanel } from "../../../src/page/projections_panel";
import type { Store } from "../../../src/state/store";
import { all, button, wordsOf } from "../dom";
import { type Mounted, mountPanel } from "../features/mounted_panel";
import { dataState, layoutStatus } from "../features/projection_state";

let store: Store;
let panel: HTMLElement;
let show: Mounted["show"];
let words: Mounted["words"];

beforeEach(async () => {
  ({ store, panel, show, words } = await mountPanel(new ProjectionsPanel(), dataState()));
});

it("chooses the method, each with its key, and says which space distances are of", async () => {
  const choices = all('segmented-choice[label="Projection"]')[0]!.shadowRoot!.querySelectorAll("button");
  expect([...choices].map((one) => one.title.slice(-3))).toEqual(["(1)", "(2)", "(3)", "(4)", "(5)"]);
  for (const [at, method] of (["pca", "tsne", "umap", "axes", "as_is"] as const).entries()) {
    choices[at]!.click();
    await show({});
    expect(store.state.method).toBe(method);
    expect(words()).toContain("distances are as stored");
  }
  all<HTMLInputElement>('input[type="checkbox"]')[0]!.click();
  await show({});
  expect(store.state.spherize).toBe(true);
  expect(words()).toContain("centered, of length one");
});

it("has its guide at hand", async () => {
  await show({ method: "tsne" });
  button("Reading this picture").click();
  await show({});
  const guide = all("[popover]")[0]!;
  expect(guide.matches(":popover-open")).toBe(true);
  for (const said of ["Wattenberg", "Kobak", "size of a cluster says nothing", "more than once"]) {
    expect(wordsOf(guide)).toContain(said);
  }
  const { left, top, right, bottom } = guide.getBoundingClientRect();
  expect([left >= 0, top >= 0, right <= innerWidth, bottom <= innerHeight]).toEqual([true, true, true, true]);
});

it.each(["pca", "tsne", "umap", "axes", "as_is"] as const)(
  "fits beside the picture at 1280 × 800: %s",
  async (method) => {
    await show({ method, layout: method === "tsne" ? layoutStatus(store.state) : null });
    expect(panel.scrollWidth).toBeLessThanOrEqual(280);
    expect(panel.getBoundingClientRect().height).toBeLessThan(500);
    const nameless = all<HTMLInputElement>("button, input, select").filter((control) => {
      const labels = [...(control.labels ?? [])].map((label) => label.textContent).join("");
      return !(control.getAttribute("aria-label") || control.textContent?.trim() || labels.trim());
    });
    expect(nameless.map((control) => control.outerHTML)).toEqual([]);
  },
);
