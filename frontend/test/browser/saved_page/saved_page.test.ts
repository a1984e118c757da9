/** A saved page in a window of its own: its legends lie beside its points. */
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { SavedView } from "../../../src/data/saved_page";
import { makeCommands } from "../../../src/features";
import { Random } from "../../../src/math/random";
import { pageCommands } from "../../../src/page/commands";
import { PAGE_STYLES } from "../../../src/saved_page/page_styles";
import { SavedPage } from "../../../src/saved_page/saved_page";
import { Store } from "../../../src/state/store";
import { Picture, type PictureProps } from "../../../src/view/picture";
import { everyAction } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";

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
      ...{ axisNames: [], showLabels: false, nameColors: false, labelColumn: null, colorColumn: "kind" },
      ...{ hasLabelPoints: false, legendFilter: null, sizeLegend: null },
      legend: { kind: "categorical", column: "kind", categories, others: { categories: 0, count: 0 }, missing: 0 },
      style: { pointSize: null, opacity: null, fog: false, sizeByDepth: false, density: false, showAxes: true },
    },
    x: Float32Array.from({ length: COUNT }, (_, row) => near(row % 2 === 0 ? -1 : 1)),
    y: Float32Array.from({ length: COUNT }, (_, row) => near(row % 4 < 2 ? -1 : 1)),
    ...{ z: null, colors: null, sizes: null, rowNumbers: null, selected: null, labelRows: null, lines: null },
    ...{ near: null, nearColors: null, filtered: null, sheets: null, columns: [] },
  };
}

/** The page's picture, once all is drawn. */
async function open(change: Partial<SavedView> = {}): Promise<Picture> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PAGE_STYLES);
  document.adoptedStyleSheets = [sheet];
  const set = vi.spyOn(Picture.prototype, "set");
  new SavedPage({ ...cornersView(), ...change });
  await drawn();
  return set.mock.contexts[0] as Picture;
}

async function drawn(): Promise<void> {
  const host = document.querySelector<HTMLElement>(".picture")!;
  await expect.poll(() => host.dataset.painted, { timeout: 20_000 }).toBe(String(COUNT));
}

function shareUnderLegend({ pointer }: Picture): number {
  const { right, top } = document.querySelector(".legends")!.getBoundingClientRect();
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

it("has the keys that the same commands have in the tab, and names them", async () => {
  await open({
    z: new Float32Array(COUNT),
    selected: Int32Array.of(3),
    columns: [textColumn("name", Array(COUNT).fill("a"))],
  });
  const store = new Store();
  const commands = makeCommands(store, everyAction(), pageCommands(store)).flatMap((group) => group.commands);
  const keyOf = (id: string) => commands.find((command) => command.id === id)!.keys[0];
  const named = [...document.querySelectorAll("[title]")].flatMap((element) => {
    const [, words, key] = /^(.*) \((.+)\)$/.exec(element.getAttribute("title")!) ?? [];
    return key === undefined ? [] : [[words, key]];
  });
  const ids = {
    "2-D or 3-D": "dimensions",
    Labels: "labels",
    "Reset view": "reset-view",
    "Fly there": "fly",
    Search: "search",
    Clear: "clear",
  };
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(Object.entries(ids).map(([words, id]) => [words, keyOf(id)])),
  );
  const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press(keyOf("search")!);
  expect(document.activeElement?.getAttribute("type")).toBe("search");
  const pressed = () => document.querySelector('[aria-label="Labels"]')!.getAttribute("aria-pressed");
  const before = pressed();
  press(keyOf("labels")!.toLowerCase());
  expect(pressed()).not.toBe(before);
});

describe("what stood out when it was saved", () => {
  const clear = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));

  /** The properties that the picture was given last. */
  function given<K extends keyof PictureProps>(name: K): PictureProps[K] | undefined {
    const changes = vi.mocked(Picture.prototype.set).mock.calls.map(([change]) => change);
    return changes.filter((change) => name in change).at(-1)?.[name];
  }

  it("is so in the page, until Escape clears first that and then the filters", async () => {
    const red = Uint8Array.of(255, 0, 0, 255);
    await open({ selected: Int32Array.of(3), near: Int32Array.of(5), nearColors: red, filtered: Int32Array.of(5, 7) });
    expect([...given("emphasis")!.subarray(3, 8)]).toEqual([3, 1, 2, 1, 1]);
    expect(given("colors")?.subarray(20, 24)).toEqual(red);
    expect([...given("labelRows")!]).toEqual([3, 5]);
    clear();
    expect([...given("emphasis")!.subarray(3, 8)]).toEqual([1, 1, 0, 1, 0]);
    expect(given("colors")).toBeNull();
    clear();
    expect(given("emphasis")).toBeNull();
  });

  it("stays filtered when a search is taken back before it began", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    await open({ filtered: Int32Array.of(5, 7) });
    const search = document.querySelector<HTMLInputElement>("input[type=search]")!;
    const type = (text: string) => {
      search.value = text;
      search.dispatchEvent(new Event("input"));
    };
    const filtered = [...given("emphasis")!.subarray(4, 8)];
    for (const takeBack of [clear, () => type("")]) {
      type("a");
      takeBack();
      vi.advanceTimersByTime(1000);
      expect([search.value, [...given("emphasis")!.subarray(4, 8)]]).toEqual(["", filtered]);
    }
  });

  it("is kept by a click in the legend, which knows its own filter", async () => {
    const { head } = cornersView();
    const kinds = textColumn(
      "kind",
      Array.from({ length: COUNT }, (_, row) => `kind ${row % 10}`),
    );
    await open({
      head: { ...head, legendFilter: { kind: "values", column: "kind", values: ["kind 3"], isExcluding: false } },
      ...{ filtered: Int32Array.of(2, 3, 4), columns: [kinds] },
    });
    const button = (name: string) =>
      [...document.querySelectorAll<HTMLElement>(".legend button")].find((one) => one.textContent?.startsWith(name))!;
    expect(button("kind 3").ariaPressed).toBe("true");
    expect([...given("emphasis")!.subarray(1, 6)]).toEqual([1, 1, 0, 1, 1]);
    button("kind 4").click();
    expect([...given("emphasis")!.subarray(1, 6)]).toEqual([1, 1, 0, 0, 1]);
    clear();
    expect([...given("emphasis")!.subarray(1, 6)]).toEqual([1, 0, 0, 0, 1]);
  });

  it("learns of the clicked point at once, and of several only by their names", async () => {
    const kinds = textColumn(
      "kind",
      Array.from({ length: COUNT }, (_, row) => `kind ${row % 10}`),
    );
    const panel = () => document.querySelector<HTMLElement>(".panel")!;
    await open({ selected: Int32Array.of(3), near: Int32Array.of(5), columns: [kinds] });
    expect(panel().hidden).toBe(false);
    expect([...panel().querySelectorAll("dt, dd")].map(({ textContent }) => textContent)).toEqual([
      ...["kind", "kind 3", "row", "3"],
    ]);
    expect([...given("labelRows")!]).toEqual([3, 5]);
    clear();
    expect(panel().hidden).toBe(true);
    document.body.replaceChildren();
    await open({ selected: Int32Array.of(3, 4), columns: [kinds] });
    expect(panel().hidden).toBe(true);
  });

  it("is scrolled by arrow keys, which go through names where there are several", async () => {
    const names = textColumn(
      "name",
      Array.from({ length: COUNT }, (_, row) => `name ${row}`),
    );
    await open({ selected: Int32Array.of(3), columns: [names] });
    const panel = document.querySelector<HTMLElement>(".panel")!;
    const isTaken = () => {
      const event = new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true });
      return !panel.querySelector("button")!.dispatchEvent(event);
    };
    expect(isTaken()).toBe(false);
    const search = document.querySelector<HTMLInputElement>("input[type=search]")!;
    search.value = "name 1";
    search.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await expect.poll(() => panel.querySelectorAll("li").length).toBeGreaterThan(1);
    expect(isTaken()).toBe(true);
    expect(document.activeElement?.textContent).toBe("row 1");
  });

  it("are labels in place of points, and no axes", async () => {
    const view = cornersView();
    await open({ head: { ...view.head, hasLabelPoints: true, style: { ...view.head.style, showAxes: false } } });
    expect(given("showAxes")).toBe(false);
    expect(given("labelPoints")?.rows.length).toBe(COUNT);
  });
});

describe("no value, in the legend of a color scale", () => {
  const ages = numberColumn(
    "age",
    Array.from({ length: COUNT }, (_, row) => (row < 7 ? null : row)),
  );
  const scale = {
    kind: "numeric",
    min: 7,
    max: 599,
    middle: null,
    gradient: "linear-gradient(red, blue)",
    missing: 7,
  } as const;
  const emphasized = () => {
    const changes = vi.mocked(Picture.prototype.set).mock.calls.map(([change]) => change);
    return changes.filter((change) => "emphasis" in change).at(-1)!.emphasis;
  };
  const legend = () => document.querySelector<HTMLElement>(".legend")!;

  it("shows only these points when clicked, then the others, then all", async () => {
    await open({ head: { ...cornersView().head, legend: { ...scale, column: "age" } }, columns: [ages] });
    const click = () => legend().querySelector("button")!.click();
    expect(legend().querySelector("button")!.textContent).toBe("no value7");
    click();
    expect([...emphasized()!.subarray(5, 9)]).toEqual([0, 0, 1, 1]);
    click();
    expect([...emphasized()!.subarray(5, 9)]).toEqual([1, 1, 0, 0]);
    click();
    expect(emphasized()).toBeNull();
  });

  it("is no button where the scale is of no column of the page", async () => {
    await open({ head: { ...cornersView().head, legend: { ...scale, column: "neighbors kept" } }, columns: [ages] });
    expect(legend().querySelector("button")).toBeNull();
    expect(legend().textContent).toContain("no value: 7");
  });
});

it("has the sizes below the colors, and its points beside both", async () => {
  const sizeLegend = { column: "weight", min: 1, max: 25, missing: 3 };
  const picture = await open({ head: { ...cornersView().head, sizeLegend } });
  const [colors, sizes] = [...document.querySelectorAll(".legend")];
  expect(sizes!.textContent).toBe("weight1253 without");
  expect(sizes!.getBoundingClientRect().top).toBeGreaterThan(colors!.getBoundingClientRect().bottom);
  expect(shareUnderLegend(picture)).toBeLessThan(FEW);
});

it("names the values in the picture as the tab did, until they are filtered out or labels are off", async () => {
  const view = cornersView();
  const kinds = Array.from({ length: COUNT }, (_, row) => `kind ${row % 10}`);
  await open({ head: { ...view.head, showLabels: true, nameColors: true }, columns: [textColumn("kind", kinds)] });
  const named = () => {
    const changes = vi.mocked(Picture.prototype.set).mock.calls.map(([change]) => change);
    return changes.filter((change) => "classes" in change).at(-1)!.classes?.names;
  };
  expect(named()).toEqual(Array.from({ length: 10 }, (_, kind) => `kind ${kind}`));
  document.querySelectorAll<HTMLElement>(".legend button")[3]!.click();
  expect(named()).toEqual(["kind 3"]);
  document.querySelector<HTMLElement>('[aria-label="Labels"]')!.click();
  expect(named()).toBeUndefined();
});

it("says above the colors of the values what those of a density mean", async () => {
  const { head } = cornersView();
  await open({ head: { ...head, style: { ...head.style, density: true } } });
  expect([...document.querySelectorAll(".legend")].map((one) => one.ariaLabel)).toEqual(["Density", "Legend: kind"]);
  const dots = () => [...document.querySelectorAll<HTMLElement>(".legend .dot")].filter((dot) => dot.offsetWidth > 0);
  expect(dots()).toEqual([]);
  document.querySelector<HTMLInputElement>("[type=search]")!.value = "a";
  document.querySelector("[type=search]")!.dispatchEvent(new Event("input", { bubbles: true }));
  await expect.poll(() => dots().length).toBe(10);
});
