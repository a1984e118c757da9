/** The panel «As is»: a dimension or a column of numbers on each axis. */
import { beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { AsIsControls } from "../../../src/features/as_is/panel";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all, button, field } from "../dom";
import { type Mounted, mountPanel, optionsOf } from "./mounted_panel";
import { dataState } from "./projection_state";

const X = "What stands on axis X";

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  ({ store, show, words, actions } = await mountPanel(new AsIsControls(), {
    ...dataState(),
    method: "as_is",
    dimensions: 2,
  }));
});

it("draws a dimension or a column of numbers as it is", async () => {
  const dimension = field("Dimension on axis Y");
  await userEvent.fill(dimension, "99");
  dimension.dispatchEvent(new Event("change", { bubbles: true }));
  await userEvent.selectOptions(field<HTMLSelectElement>("What stands on axis X"), "age");
  expect(store.state.asIs.slice(0, 2)).toEqual([
    { kind: "column", column: "age" },
    { kind: "dimension", dimension: 63 },
  ]);
});

it("offers columns of numbers, none of text, and goes back to the dimension of the axis", async () => {
  const columns = [textColumn("word", ["a"]), numberColumn("year", [1900])];
  await show({ metadata: { columns, rows: 1, lines: 1, problems: [] } });
  expect(optionsOf(X)).toEqual(["Dimension", "year"]);
  const y = field<HTMLSelectElement>("What stands on axis Y");
  await userEvent.selectOptions(y, "year");
  expect(store.state.asIs[1]).toEqual({ kind: "column", column: "year" });
  await userEvent.selectOptions(y, "Dimension");
  expect(store.state.asIs[1]).toEqual({ kind: "dimension", dimension: 1 });
});

it("takes a column that is called as the choice of a dimension is", async () => {
  await show({ metadata: { columns: [numberColumn("dimension", [1])], rows: 1, lines: 1, problems: [] } });
  expect(optionsOf(X)).toEqual(["Dimension", "dimension"]);
  await userEvent.selectOptions(field<HTMLSelectElement>(X), field<HTMLSelectElement>(X).options[1]!);
  expect(store.state.asIs[0]).toEqual({ kind: "column", column: "dimension" });
});

it("has an axis for each dimension of the picture, and no more than the vectors fill", async () => {
  expect([all(".axis").length, words()]).toEqual([2, expect.stringContaining("counted from 0 to 63")]);
  await show({ dimensions: 3 });
  expect(all(".axis")).toHaveLength(3);
  const { shown } = store.state;
  await show({ shown: { ...shown!, step: { ...shown!.step, shape: [1000, 2] } } });
  expect([all(".axis").length, words()]).toEqual([2, expect.stringContaining("counted from 0 to 1")]);
});

it("says what is being read, and lets it be canceled", async () => {
  await show({ tasks: { dimensions: { words: "Reading dimensions", startedAtMs: 0 } } });
  expect(words()).toContain("Reading dimensions…");
  button("Cancel").click();
  expect(actions.cancel).toHaveBeenCalledWith("dimensions");
});

it("says in place what cannot be drawn, and tries again", async () => {
  await show({ failures: { dimensions: { message: "There is no column «age».", fix: "Choose another." } } });
  expect(words()).toContain("There is no column «age». Choose another.");
  button("Try again").click();
  expect(actions.retry).toHaveBeenCalledWith("dimensions");
});
