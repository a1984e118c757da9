/** Columns of chosen rows, and lines dealt to chunks, against the plain definition. */
import { describe, expect, it } from "vitest";
import { dealLines, lineAlpha, startOfChunk } from "../../../src/gl/deal_lines";
import { gather } from "../../../src/math/gather";

describe("gather", () => {
  const ROWS = Uint32Array.of(4, 0, 0, 3);

  it.each([1, 3, 4])("picks rows of %i values", (width) => {
    const values = Uint8Array.from({ length: 5 * width }, (_, at) => at);
    const wanted = [...ROWS].flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]);
    expect([...gather(values, ROWS, width)]).toEqual(wanted);
  });

  it("picks floats, and four bytes that do not begin at a word", () => {
    expect([...gather(Float32Array.of(0.5, 1.5, 2.5, 3.5, 4.5), ROWS)]).toEqual([4.5, 0.5, 0.5, 3.5]);
    const bytes = Uint8Array.from({ length: 21 }, (_, at) => at).subarray(1);
    expect([...gather(bytes, Uint32Array.of(1), 4)]).toEqual([5, 6, 7, 8]);
  });
});

describe("lines in chunks", () => {
  const count = 23;
  const pairs = Uint32Array.from({ length: 2 * count }, (_, at) => at);

  it.each([1, 2, 7, 23])("are all there, each in one of %i chunks", (chunks) => {
    const dealt = dealLines(pairs, chunks);
    const lines = Array.from({ length: count }, (_, line) => [...dealt.subarray(2 * line, 2 * line + 2)]);
    expect(lines.map(([from]) => from).sort((a, b) => a! - b!)).toEqual(
      Array.from({ length: count }, (_, at) => 2 * at),
    );
    expect(lines.every(([from, to]) => to === from! + 1)).toBe(true);
    for (let chunk = 0; chunk < chunks; chunk++) {
      const part = lines.slice(startOfChunk(count, chunks, chunk), startOfChunk(count, chunks, chunk + 1));
      expect(part.map(([from]) => (from! / 2) % chunks)).toEqual(part.map(() => chunk));
    }
    expect(startOfChunk(count, chunks, chunks)).toBe(count);
  });

  it("are the fainter the more there are, within bounds", () => {
    const alphas = [1, 100, 4_000, 50_000, 1e7].map(lineAlpha);
    expect(alphas[0]).toBe(0.75);
    expect(alphas.at(-1)).toBe(0.12);
    expect([...alphas].sort((a, b) => b - a)).toEqual(alphas);
  });
});
