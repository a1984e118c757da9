/** Arrow answers: bytes that pyarrow and the reference writer wrote, and bytes that are something else. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AnswerError, ArrowAnswer } from "../../../src/data/arrow_answer";
import { cellText, defaultLabelColumn, type NumberColumn } from "../../../src/data/column";
import { parseMetadata } from "../../../src/data/metadata";
import { parseNeighborhood } from "../../../src/data/neighborhood";
import { extendProjection, parseProjection, shownVariance } from "../../../src/data/projection";
import { findRows, makeMatch, QueryError } from "../../../src/data/search";
import { arrowBytes, neighborBytes, projectionBytes } from "../arrow_bytes";

const golden = new Uint8Array(readFileSync(new URL("../golden/metadata.arrows", import.meta.url)));

describe("metadata that pyarrow wrote", () => {
  const metadata = parseMetadata(golden);
  const [label, year, share] = metadata.columns;

  it("keeps every value, every script, and what is missing", () => {
    const texts = (column: (typeof metadata.columns)[number]) => [0, 1, 2, 3, 4].map((row) => cellText(column, row));
    expect(texts(label!)).toEqual(["Zürich", null, "東京", "<b>x</b>", "Zürich"]);
    expect(texts(year!)).toEqual(["1999", null, "2024", "-3", "0"]);
    expect(texts(share!)).toEqual(["0.5", "1e-9", null, "Infinity", "2"]);
    expect((year as NumberColumn).values).toEqual(Float64Array.of(1999, Number.NaN, 2024, -3, 0));
    expect([metadata.rows, metadata.lines]).toEqual([5, 4]);
    expect(defaultLabelColumn(metadata.columns)).toBe("label");
  });

  it("is searched without regard to case, as text or as a regular expression", () => {
    const rows = (text: string, regex = false) => [
      ...findRows(metadata.columns, makeMatch({ text, mode: regex ? "regex" : "text", matchCase: false })),
    ];
    expect(rows("ZÜRI")).toEqual([0, 4]);
    expect(rows("京")).toEqual([2]);
    expect(rows("^-?\\d$", true)).toEqual([3, 4]); // -3; 0, and 2 of the shares.
    expect(rows("nowhere")).toEqual([]);
    expect(() => makeMatch({ text: "(", mode: "regex", matchCase: false })).toThrow(QueryError);
  });
});

describe("projection", () => {
  const projection = parseProjection(projectionBytes());

  it("has a column a component, NaN where the vector is not finite", () => {
    expect(projection.components.map((component) => [...component])).toEqual([
      [0, 1, 2],
      [Number.NaN, 11, 12],
      [20, 21, 22],
    ]);
    expect([projection.rows, projection.finiteRows, projection.space]).toEqual([3, 2, "as stored"]);
  });

  it("counts a component that two axes show once", () => {
    expect(shownVariance(projection, [0, 1, 2])).toBeCloseTo(0.875);
    expect(shownVariance(projection, [1, 1, 9])).toBeCloseTo(0.25);
  });

  it("keeps its arrays when more components come", () => {
    expect(extendProjection(projection, parseProjection(projectionBytes())).components[0]).toBe(
      projection.components[0],
    );
  });

  it("of no rows has empty columns", () => {
    expect(parseProjection(projectionBytes(0)).components.map((component) => component.length)).toEqual([0, 0, 0]);
  });
});

it("neighbors keep their order", () => {
  const { row, rows, distances, metric } = parseNeighborhood(neighborBytes());
  expect([row, [...rows], [...distances], metric]).toEqual([7, [4, 2], [0.25, 0.5], "cosine"]);
});

describe("an answer that is not the one expected", () => {
  it.each([
    ["is not Arrow", () => new ArrowAnswer(new TextEncoder().encode("<!doctype html><p>Not found</p>"))],
    ["lacks its document", () => parseProjection(neighborBytes())],
    ["lacks a column", () => new ArrowAnswer(neighborBytes()).floats("pc1")],
    ["has another type", () => new ArrowAnswer(arrowBytes({ row: Float32Array.of(1) }, {})).integers("row")],
  ])("that %s is refused", (_, parse) => {
    expect(parse).toThrow(AnswerError);
  });
});
