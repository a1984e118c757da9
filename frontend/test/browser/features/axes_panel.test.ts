/** The panel of custom axes: the ends of each axis, what their searches find, and the button that projects. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import {
  type AxisChoice,
  type AxisChoices,
  type AxisSearch,
  emptyAxis,
  NO_COUNTS,
  readAxes,
  writeAxes,
} from "../../../src/data/axes";
import { makePicture } from "../../../src/data/bookmark";
import { SPACE_NOT_RECORDED } from "../../../src/data/coordinates";
import { AxesControls } from "../../../src/features/axes/panel";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field } from "../dom";
import { withManyColumns } from "../page/mounted_page";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState } from "./projection_state";

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  ({ store, show, words, actions } = await mountPanel(new AxesControls(), {
    ...dataState(),
    method: "axes",
    dimensions: 2,
  }));
});

function type(label: string, text: string): void {
  const input = field(label);
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}

/** As `follow.ts` puts them, of what is in the panel. */
function countsOfX(x: AxisChoice, add: number, subtract = 0): Partial<State> {
  if (x.kind !== "searches") throw new Error("It does not search.");
  const count = (search: AxisSearch, rows: number) => ({ search, rows, failure: null });
  return { axisCounts: [{ add: count(x.add, add), subtract: count(x.subtract, subtract) }] };
}

it("are two searches each, counted while they are typed", async () => {
  type("Axis X, to", "queen");
  await show({});
  type("Axis X, from", "k.ng");
  all<HTMLButtonElement>('button[aria-label="Regular expression"]')[0]!.click();
  const [x] = store.state.axes;
  await show(countsOfX(x, 12, 0));
  expect(x).toMatchObject({
    kind: "searches",
    add: { text: "queen", mode: "text" },
    subtract: { text: "k.ng", mode: "regex" },
  });
  expect(words()).toContain("12");
  expect(words()).toContain("Nothing matches «k.ng».");
  button("Project").click();
  expect(actions.projectAxes).toHaveBeenCalled();
});

it("say «searching» until what is typed is counted, and show no number that was counted for another text", async () => {
  type("Axis X, to", "king");
  await show(countsOfX(store.state.axes[0], 0));
  expect(words()).toContain("Nothing matches «king».");
  type("Axis X, to", "kings");
  await show({});
  expect(words()).not.toContain("Nothing matches");
  expect(words()).toContain("searching");
  await show(countsOfX(store.state.axes[0], 3));
  expect(words()).not.toContain("searching");
  await show({ metadata: null, axisCounts: NO_COUNTS });
  expect(words()).not.toContain("searching");
});

it("search for text, a whole cell or an expression, each turned off by its own button", async () => {
  const buttons = ["Exact", "Regular expression"].map((name) => {
    return all(`button[aria-label="${name}"]`)[2]!; // Those of Y, from.
  });
  const press = async (at: number) => {
    buttons[at]!.click();
    await show({});
    const [, y] = store.state.axes;
    return [y.kind === "searches" && y.subtract.mode, ...buttons.map(({ ariaPressed }) => ariaPressed)];
  };
  expect(await press(0)).toEqual(["exact", "true", "false"]);
  expect(await press(1)).toEqual(["regex", "false", "true"]);
  expect(await press(1)).toEqual(["text", "false", "false"]);
});

it("search in one of many columns, which is found by typing", async () => {
  await show({ metadata: withManyColumns(store.state.metadata!) });
  await userEvent.click(field("Column that axis X searches in"));
  await userEvent.keyboard("mn 37{Enter}");
  expect(store.state.axes[0]).toMatchObject({ add: { column: "column 37" }, subtract: { column: "column 37" } });
});

it("say in place that an expression does not compile", async () => {
  type("Axis X, to", "(");
  const failure = { message: "Unterminated group.", fix: "Close it." };
  const search = { text: "(", mode: "text", column: null } as const;
  await show({ axisCounts: [{ add: { search, rows: null, failure }, subtract: null }] });
  expect(words()).toContain("Unterminated group. Close it.");
});

it("are two points, two selections, a random direction or a component", async () => {
  const choose = async (kind: string) => {
    await userEvent.selectOptions(field<HTMLSelectElement>("What axis X is made of"), kind);
    await show({});
  };
  await choose("points");
  await show({ row: 5 });
  all<HTMLButtonElement>("axis-field")[0]!.shadowRoot!.querySelectorAll<HTMLButtonElement>("button.link")[1]!.click();
  expect(store.state.axes[0]).toEqual({ kind: "points", add: 5, subtract: null });
  await choose("selections");
  await show({ row: null, query: "a", list: "matches", matches: Int32Array.of(3, 4) });
  all("axis-field")[0]!.shadowRoot!.querySelectorAll<HTMLButtonElement>("button.link")[1]!.click();
  expect(store.state.axes[0]).toEqual({ kind: "selections", add: [3, 4], subtract: [] });
  await show({ matches: null, query: "", selection: Int32Array.of(1, 7, 9), selectionWords: "by lasso" });
  const take = all("axis-field")[0]!.shadowRoot!.querySelector<HTMLButtonElement>("button.link")!;
  expect([take.disabled, take.title]).toEqual([false, "Take 3 points: by lasso"]);
  take.click();
  expect(store.state.axes[0]).toEqual({ kind: "selections", add: [3, 4], subtract: [1, 7, 9] });
  await choose("random");
  expect(store.state.axes[0]).toEqual({ kind: "random", seed: 0 });
  await choose("pca");
  await userEvent.selectOptions(field<HTMLSelectElement>("Component of axis X"), "4");
  expect(store.state.axes[0]).toEqual({ kind: "pca", component: 4 });
});

it("are as many as the picture has dimensions", async () => {
  expect(all("axis-field")).toHaveLength(2);
  await show({ dimensions: 3 });
  expect(all("axis-field")).toHaveLength(3);
});

it("have no labels to search in where there is no metadata", async () => {
  await show({ metadata: null });
  expect(words()).toContain("no labels to search in");
});

it("say how many of the rows at an end are averaged where some are not finite, until the axis is another", async () => {
  const of = (text: string) => ({ text, mode: "text", column: null }) as const;
  const x = { kind: "searches", add: of("king"), subtract: of("queen") } as const;
  const y: AxisChoice = { kind: "selections", add: [1, 2, 3, 4], subtract: [] };
  const means = (added: number, subtracted: number) => ({ added, subtracted, length: 1, varianceRatio: 0.5 });
  await show({
    ...{ axes: [x, y, emptyAxis("pca")], ...countsOfX(x, 3, 2) },
    projectedAxes: { axes: [x, y], found: [means(2, 2), means(2, 99)], problems: [] },
  });
  expect(words()).toContain("The mean of 2 of 3: 1 row holds NaN or infinity.");
  expect(words()).toContain("The mean of 2 of 4: 2 rows hold NaN or infinity.");
  expect(words().match(/The mean of/g)).toHaveLength(2);
  const other = { ...x, subtract: of("") };
  await show({ axes: [other, y, emptyAxis("pca")] });
  expect(words()).not.toContain("1 row holds");
});

it("say that the labels are being read while they are on their way", async () => {
  const { shown } = store.state;
  const metadata = { file: "words.tsv" } as unknown as NonNullable<typeof shown>["embedding"]["metadata"];
  await show({ metadata: null, shown: { ...shown!, embedding: { ...shown!.embedding, metadata } } });
  expect(words()).toContain("reading the labels…");
  await show({ failures: { metadata: { message: "gone", fix: "" } } });
  expect(words()).toContain("no labels to search in");
});

it("say what to do first where there is nothing to take", async () => {
  await show({ axes: [emptyAxis("points"), emptyAxis("selections"), emptyAxis("pca")] });
  const takes = () => all<HTMLButtonElement>("button.link").map(({ disabled, title }) => [disabled, title]);
  expect(takes()).toEqual(Array(4).fill([true, "Select points or search first"]));
  expect(words()).toContain("from mean of all points Take to nothing yet Take");
  await show({ row: 5 });
  const one = [false, "Take «0», the selected point"];
  const those = [false, "Take 1 point: «0» and 0 neighbors"];
  expect(takes()).toEqual([one, one, those, those]);
});

it("take the seed of a random direction", async () => {
  await show({ axes: [emptyAxis("random"), emptyAxis("pca"), emptyAxis("pca")] });
  await userEvent.fill(field("Seed of axis X"), "7");
  await userEvent.keyboard("{Enter}");
  expect(store.state.axes[0]).toEqual({ kind: "random", seed: 7 });
});

describe("the button that projects", () => {
  it("is off before there is data", async () => {
    expect(button("Project").disabled).toBe(false);
    await show({ shown: null });
    expect(button("Project").disabled).toBe(true);
  });

  it("gives way to the progress, which can be canceled", async () => {
    await show({ tasks: { axes: { words: "Projecting on the axes", startedAtMs: 0 } } });
    expect(words()).toContain("Projecting on the axes…");
    expect(() => button("Project")).toThrow();
    button("Cancel").click();
    expect(actions.cancel).toHaveBeenCalledWith("axes");
  });

  it("has what failed below it", async () => {
    await show({ failures: { axes: { message: "Axis X has no point to lead to.", fix: "Fill it in." } } });
    expect(words()).toContain("Axis X has no point to lead to. Fill it in.");
    button("Project").click();
    expect(actions.projectAxes).toHaveBeenCalledOnce();
  });
});

describe("beside a picture of custom axes", () => {
  const [x, y, z] = [1, 2, 3].map((seed) => ({ kind: "random", seed }) as const);
  const axes: AxisChoices = [x!, y!, z!];
  const picture = {
    ...makePicture("axes", { x: new Float32Array(3), y: new Float32Array(3), z: null }, [], "", 0),
    axes,
  };
  const stored = { ...picture, space: "as stored" };
  const { axes: _notRecorded, ...older } = stored;
  const subset = { name: "s", rows: Int32Array.of(1, 2), words: "by lasso" };
  const other: AxisChoice = { kind: "random", seed: 9 };
  const copy = (): AxisChoices => readAxes(writeAxes(axes))!;

  it.each<[string, Partial<State>]>([
    ["", { axes, coordinates: stored }],
    ["", { axes: copy(), coordinates: stored }],
    ["axis X", { axes: [other, y!, z!], coordinates: stored }],
    ["", { axes: [x!, y!, other], coordinates: stored }],
    ["axis Z", { axes, coordinates: stored, dimensions: 3 }],
    ["", { axes, coordinates: { ...stored, z: stored.x }, dimensions: 3 }],
    ["axis Z", { axes: [x!, y!, other], coordinates: { ...stored, z: stored.x }, dimensions: 3 }],
    ["spherize", { axes, coordinates: stored, spherize: true }],
    ["spherize", { axes, coordinates: { ...stored, space: "spherized" } }],
    ["", { axes, coordinates: { ...stored, space: "spherized" }, spherize: true }],
    ["", { axes, coordinates: { ...stored, space: SPACE_NOT_RECORDED }, spherize: true }],
    ["isolated points", { axes, coordinates: stored, trail: [subset], subset }],
    ["", { axes, coordinates: { ...stored, subset }, trail: [subset], subset }],
    ["axis X, axis Y, spherize", { axes: [other, other, z!], coordinates: stored, spherize: true }],
    ["spherize", { axes, coordinates: older, spherize: true }],
    ["", { axes: [other, y!, z!], coordinates: null }],
    ["", { axes: [other, y!, z!], coordinates: { ...stored, method: "tsne" } }],
    ["", { axes: [other, y!, z!], coordinates: stored, tasks: { axes: { words: "Projecting", startedAtMs: 0 } } }],
  ])("says that it does not have «%s» yet (%#)", async (missing, patch) => {
    await show(patch);
    if (missing === "") expect(words()).not.toContain("Not in this picture yet");
    else expect(words()).toContain(`Not in this picture yet: ${missing}. Project to see it.`);
  });
});
