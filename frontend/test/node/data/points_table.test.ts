/** Saved points as other programs read them. */
import { expect, it } from "vitest";
import type { Column } from "../../../src/data/column";
import type { Coordinates } from "../../../src/data/coordinates";
import { SHORTEST } from "../../../src/data/number_spelling";
import { columnNames, writeCsv } from "../../../src/data/points_table";

const NUMBERS: Column = {
  kind: "number",
  name: "x",
  rows: 2,
  values: Float64Array.of(0.1, Number.NaN),
  spelling: SHORTEST,
};
const COORDINATES: Coordinates = {
  method: "pca",
  x: Float32Array.of(1.5, Number.NaN),
  y: Float32Array.of(-2, Number.NaN),
  z: null,
  rows: 2,
  finiteRows: 1,
  axisNames: [],
  space: "as stored",
  iteration: null,
};

it("names no two columns alike", () => {
  const columns = [NUMBERS, { ...NUMBERS, name: "metadata x" }, { ...NUMBERS, name: "row" }];
  const names = ["row", "x", "metadata x", "metadata metadata x", "metadata row"];
  expect(columnNames([["x", null]], columns)).toEqual(names);
});

it("writes nothing where there is no number", () => {
  const csv = [...writeCsv(Int32Array.of(0, 1), COORDINATES, [NUMBERS])].join("");
  expect(csv).toBe("row,x,y,metadata x\r\n0,1.5,-2,0.1\r\n1,,,\r\n");
});
