/** A PNG that is written row by row, read by another program's decompression and checksum. */
import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { PngWriter } from "../../../src/data/png_writer";
import { Random } from "../../../src/math/random";

interface Chunk {
  readonly name: string;
  readonly content: Buffer;
}

function readChunks(png: Buffer): Chunk[] {
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    expect(png.readUInt32BE(at + 8 + length), name).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    chunks.push({ name, content: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Red, green and blue of every pixel, from rows that are differences to those above. */
function readRows(bytes: Buffer, width: number): number[] {
  const pixels: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes[at++]).toBe(2);
    for (let column = 0; column < 3 * width; column++) {
      pixels.push(((pixels.length < 3 * width ? 0 : pixels.at(-3 * width)!) + bytes[at++]!) & 255);
    }
  }
  return pixels;
}

async function write(width: number, height: number, rgba: Uint8ClampedArray, atOnce: number): Promise<Buffer> {
  const png = new PngWriter(width, height);
  for (let at = 0; at < rgba.length; at += 4 * width * atOnce) await png.add(rgba.slice(at, at + 4 * width * atOnce));
  return Buffer.from(await (await png.finish()).arrayBuffer());
}

describe("a PNG", () => {
  it.each([
    [7, 5, 2],
    [300, 40, 40],
    [1, 9, 1],
    [2000, 1000, 300], // Several pieces of compressed data, and several of rows.
  ])("of %i × %i px, %i rows at once, holds the pixels that were written", async (width, height, atOnce) => {
    const random = new Random(width);
    const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, () => 256 * random.uniform());
    const chunks = readChunks(await write(width, height, rgba, atOnce));
    const [header, ...rest] = chunks;
    expect([header!.content.readUInt32BE(0), header!.content.readUInt32BE(4)]).toEqual([width, height]);
    expect([...header!.content.subarray(8)]).toEqual([8, 2, 0, 0, 0]);
    expect(rest.at(-1)).toEqual({ name: "IEND", content: Buffer.alloc(0) });
    const data = rest.slice(0, -1);
    expect(new Set(data.map(({ name }) => name))).toEqual(new Set(["IDAT"]));
    const pixels = readRows(inflateSync(Buffer.concat(data.map(({ content }) => content))), width);
    expect(pixels.length).toBe(3 * width * height);
    expect(pixels.every((part, at) => part === rgba[4 * Math.floor(at / 3) + (at % 3)])).toBe(true);
  });

  it("that is stopped leaves no promise that fails", async () => {
    const png = new PngWriter(4, 4);
    await png.add(new Uint8ClampedArray(64));
    png.stop();
  });
});
