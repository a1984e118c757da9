/** The columns for names, colors, sizes and images: what can be chosen, why not, and what a choice does. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { computeColoring } from "../../../src/data/coloring";
import type { Column } from "../../../src/data/column";
import { ColumnChoices } from "../../../src/features/coloring/panel";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all, button, field } from "../dom";
import { dataState } from "../page/mounted_page";
import { type Mounted, mountPanel, optionsOf } from "./mounted_panel";

const WORD = textColumn("word", ["ant", "bee", "cat"]);
const PHOTO = textColumn("photo", ["ant.png", "bee.png", "cat.png"]);
const AGE = numberColumn("age", [1.5, 2.5, 9]);
const SHEET = { urls: ["data:,"], columns: 2, rows: 2, width: 64, height: 64, pages: null };
const SPRITE = { ...SHEET, thumbWidth: 32, thumbHeight: 32 };

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];

beforeEach(async () => {
  ({ store, show, words } = await mountPanel(new ColumnChoices(), { ...dataState(), ...metadataOf(WORD, PHOTO, AGE) }));
});

function metadataOf(...columns: Column[]) {
  return { metadata: { columns, rows: 3, lines: 3, problems: [] } };
}

async function choose(label: string, text: string): Promise<void> {
  await userEvent.selectOptions(field<HTMLSelectElement>(label), text);
  await show({});
}

it("has nothing to choose without columns, and says what is shown instead", async () => {
  await show({ metadata: null });
  const labels = ["Label by", "Color by", "Size by", "Image by"];
  expect(labels.map((label) => field(label).disabled)).toEqual([true, true, true, true]);
  expect(labels.map(optionsOf)).toEqual([["Row number"], ["None"], ["None"], ["No images here"]]);
});

it("labels by any column, the first of words at first", async () => {
  expect(field("Label by").value).toBe("word");
  await choose("Label by", "age");
  expect([store.state.labelBy, field("Label by").value]).toEqual(["age", "age"]);
});

it("colors by any column, or by none", async () => {
  await choose("Color by", "age");
  expect(store.state.colorBy).toBe("age");
  await choose("Color by", "None");
  expect([store.state.colorBy, all("details")]).toEqual(["", []]);
});

it("colors by the neighbors kept once they are known, and by a column again, also by the one before", async () => {
  await choose("Color by", "age");
  expect(optionsOf("Color by")).not.toContain("neighbors kept");
  await show({ quality: { keptByRow: Float32Array.of(0, 0.5, 1) } as State["quality"], colorByQuality: true });
  const chosen = () => field<HTMLSelectElement>("Color by").selectedOptions[0]!.text;
  expect([chosen(), all("details")], "and scales of a column are not on offer").toEqual(["neighbors kept", []]);
  await choose("Color by", "age");
  expect([store.state.colorByQuality, store.state.colorBy, chosen()]).toEqual([false, "age", "age"]);
  await choose("Color by", "neighbors kept");
  expect([store.state.colorByQuality, store.state.colorBy]).toEqual([true, "age"]);
});

it("sizes by columns of numbers, and says why by no other", async () => {
  expect(optionsOf("Size by")).toEqual(["None", "word — holds no numbers", "photo — holds no numbers", "age"]);
  await choose("Size by", "age");
  expect(store.state.sizeBy).toBe("age");
  await choose("Size by", "None");
  expect(store.state.sizeBy).toBeNull();
});

describe("images", () => {
  it("are those that a column names, and not of the others, which says why", async () => {
    expect(optionsOf("Image by")).toEqual(["None", "photo", "word — names no images", "age — names no images"]);
    await choose("Image by", "photo");
    expect([store.state.imageBy, store.state.showImages]).toEqual(["photo", true]);
    await choose("Image by", "None");
    expect([store.state.showImages, field("Image by").value]).toEqual([false, ""]);
  });

  it("are none where there is no sheet and no column names any, which each column says", async () => {
    await show(metadataOf(WORD, AGE));
    expect(optionsOf("Image by")).toEqual(["None", "word — names no images", "age — names no images"]);
    expect([field("Image by").disabled, field("Image by").value]).toEqual([false, ""]);
    const options = [...field<HTMLSelectElement>("Image by").options];
    expect(options.map(({ disabled }) => disabled)).toEqual([false, true, true]);
  });

  it("are those of the sprite sheet, where there is one", async () => {
    await show({ fileSprite: SPRITE });
    expect(optionsOf("Image by").slice(0, 3)).toEqual(["None", "Sprite sheet", "photo"]);
    expect(field<HTMLSelectElement>("Image by").selectedOptions[0]!.text).toBe("Sprite sheet");
    await choose("Image by", "photo");
    await choose("Image by", "Sprite sheet");
    expect([store.state.imageBy, store.state.showImages]).toEqual([null, true]);
  });

  it("show how many have been loaded; canceled, the column is none of images", async () => {
    const progress = { share: 0.256, secondsLeft: null };
    await show({ imageBy: "photo", tasks: { images: { words: "Loading 3 images", startedAtMs: 0, progress } } });
    expect(words()).toContain("Loading 3 images: 26 %");
    button("Cancel").click();
    expect([store.state.imageBy, store.state.showImages]).toEqual([null, true]);
  });

  it("that could not be loaded are named in place", async () => {
    await show({ failures: { images: { message: "No image could be loaded for «a.png».", fix: "Look." } } });
    expect(all("[role=alert]")[0]!.textContent).toBe("No image could be loaded for «a.png». Look.");
  });
});

describe("the colors of a column", () => {
  beforeEach(async () => {
    await show({ colorBy: "age", legend: computeColoring(AGE).legend });
    button("Colors").click();
    await show({});
  });

  it("are on a scale, of a kind and between ends that are typed", async () => {
    await choose("Scale", optionsOf("Scale")[1]!);
    await userEvent.fill(field("From"), "2");
    await userEvent.fill(field("To"), "8");
    await userEvent.keyboard("{Enter}");
    expect(store.state.colorChoices).toMatchObject([{ column: "age", min: 2, max: 8 }]);
    await show({});
    await userEvent.fill(field("To"), "");
    await userEvent.keyboard("{Enter}");
    expect(store.state.colorChoices).toMatchObject([{ min: 2, max: null }]);
  });

  it("name the ends of the column where none are typed", () => {
    expect([field("From").placeholder, field("To").placeholder]).toEqual(["1.5", "9"]);
  });

  it("are categories on request, and again as the column looks", async () => {
    expect(() => button("As the column looks")).toThrow();
    button("Categories").click();
    await show({});
    expect(store.state.colorChoices).toMatchObject([{ column: "age", kind: "categorical" }]);
    expect(() => field("Scale")).toThrow();
    button("As the column looks").click();
    await show({});
    expect(store.state.colorChoices).toEqual([]);
    expect(field("Scale")).toBeTruthy();
  });

  it("are categories where a column holds no numbers, and the panel says why", async () => {
    await show({ colorBy: "word" });
    expect(words()).toContain("word holds no numbers: its values are categories.");
    expect(() => field("Scale")).toThrow();
  });
});
