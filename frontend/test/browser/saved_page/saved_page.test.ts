/** A saved page in a window of its own: its legend lies beside its points. */
import { afterEach, expect, it, vi } from "vitest";
import type { SavedView } from "../../../src/data/saved_page";
import { Random } from "../../../src/math/random";
import { PAGE_STYLES } from "../../../src/saved_page/page_styles";
import { SavedPage } from "../../../src/saved_page/saved_page";
import { Picture } from "../../../src/view/picture";

const COUNT = 600;
/** Share of the points below which they need not make room: see room.ts. */
const FEW = 0.03;

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  document.adoptedStyleSheets = [];
});

/** A cloud in each corner of a rectangle, of ten kinds. */
function cornersView(): SavedView {
  const random = new Random(5);
  const near = (place: number) => place + 0.3 * (random.uniform() - 0.5);
  const categories = Array.from({ length: 10 }, (_, kind) => ({ text: `kind ${kind}`, count: 60, color: "#777" }));
  return {
    head: {
      ...{ title: "corners", words: "600 points", rows: COUNT, dimensions: 2, theme: "light", camera: "" },
      ...{ axisNames: [], showLabels: false, labelColumn: null, colorColumn: "kind" },
      legend: { kind: "categorical", column: "kind", categories, others: { categories: 0, count: 0 }, missing: 0 },
      style: { pointSize: null, opacity: null, fog: false, sizeByDepth: false, density: false },
    },
    x: Float32Array.from({ length: COUNT }, (_, row) => near(row % 2 === 0 ? -1 : 1)),
    y: Float32Array.from({ length: COUNT }, (_, row) => near(row % 4 < 2 ? -1 : 1)),
    ...{ z: null, colors: null, sizes: null, rowNumbers: null, selected: null, labelRows: null, lines: null },
    ...{ sheets: null, columns: [] },
  };
}

/** The page's picture, once all is drawn. */
async function open(): Promise<Picture> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PAGE_STYLES);
  document.adoptedStyleSheets = [sheet];
  const set = vi.spyOn(Picture.prototype, "set");
  new SavedPage(cornersView());
  await drawn();
  return set.mock.contexts[0] as Picture;
}

async function drawn(): Promise<void> {
  const host = document.querySelector<HTMLElement>(".picture")!;
  await expect.poll(() => host.dataset.painted, { timeout: 20_000 }).toBe(String(COUNT));
}

function shareUnderLegend({ pointer }: Picture): number {
  const { right, top } = document.querySelector(".legend")!.getBoundingClientRect();
  const places = Array.from({ length: COUNT }, (_, row) => pointer.locate(row)!);
  return places.filter(([x, y]) => x < right && y > top).length / COUNT;
}

const placeOf = ({ pointer }: Picture) => pointer.locate(0)!.map(Math.round);

it("opens with its legend beside the points, and goes back there", async () => {
  const picture = await open();
  expect(shareUnderLegend(picture)).toBeLessThan(FEW);
  const home = placeOf(picture);
  picture.camera.zoomBy(3);
  await drawn();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
  await drawn();
  expect(placeOf(picture)).toEqual(home);
});
