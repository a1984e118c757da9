/** A window of 1,280 px: what a long task and a long legend leave of the page. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { page as browser } from "vitest/browser";
import { computeColoring } from "../../../src/data/coloring";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import { textColumn } from "../../node/data/columns";
import { all } from "../dom";
import { settled } from "../settled";
import { dataState, mountPage } from "./mounted_page";

const TOPICS = Array.from({ length: 20 }, (_, at) => `topic ${at}`);

let store: Store;
let page: ProjectorPage;

beforeEach(async () => {
  await browser.viewport(1280, 720);
  ({ store, page } = await mountPage());
});
afterEach(() => page.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

it("the status bar's sentence is read whole while a long task runs", async () => {
  await show({ ...dataState(100_000), leftOpen: true, rightOpen: true });
  const words = "Measuring the neighbors of 100,000 points, once for all layouts";
  const progress = { share: 0.25, secondsLeft: 3_700 };
  await show({ tasks: { layout: { words, startedAtMs: -10_000, progress } } });
  const [sentence] = all("status-bar")[0]!.shadowRoot!.querySelectorAll<HTMLElement>("[role=status]");
  expect(sentence!.textContent).toContain("Showing all 100,000 points");
  expect([sentence!.scrollWidth, sentence!.scrollHeight]).toEqual([sentence!.clientWidth, sentence!.clientHeight]);
  const cancel = all("task-progress")[0]!.shadowRoot!.querySelector("button")!.getBoundingClientRect();
  expect(cancel.right).toBeLessThanOrEqual(all("status-bar")[0]!.getBoundingClientRect().right);
});

it.each([false, true])(
  "twenty topics take at most half of the picture's height, with a table too: %s",
  async (tableOpen) => {
    const column = textColumn("topic", TOPICS);
    const metadata = { columns: [column], rows: 20, lines: 20, problems: [] };
    await show({ ...dataState(20), metadata, legend: computeColoring(column).legend, tableOpen });
    const [legend, picture] = [all("picture-legend")[0]!, all(".stage")[0]!];
    expect(legend.offsetHeight).toBeGreaterThan(100);
    expect(legend.getBoundingClientRect().top).toBeGreaterThanOrEqual(
      picture.getBoundingClientRect().top + picture.clientHeight / 2,
    );
    const lines = legend.shadowRoot!.querySelector<HTMLElement>(".lines")!;
    lines.scrollTop = 10_000;
    const last = all(".line", lines).at(-1)!.getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(lines.getBoundingClientRect().bottom + 1);
    expect(lines.getBoundingClientRect().bottom).toBeLessThanOrEqual(legend.getBoundingClientRect().bottom);
  },
);
