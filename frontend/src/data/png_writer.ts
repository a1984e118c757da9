/** Writes a PNG as its rows come: the picture is never in memory as a whole. */

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
/** Channels: red, green and blue, 8 bits each. */
const CHANNELS = 3;
/** Filter of every row: the difference to the row above, which is 0 in most of a picture. */
const UP = 2;
/** Bytes that are handed to the compression at once. */
const BATCH_BYTES = 1 << 20;

export class PngWriter {
  readonly #deflate = new CompressionStream("deflate");
  readonly #input = this.#deflate.writable.getWriter();
  readonly #output: Promise<void>;
  readonly #parts: BlobPart[];
  #above: Uint8Array;

  constructor(
    private readonly width: number,
    height: number,
  ) {
    this.#above = new Uint8Array(CHANNELS * width);
    this.#parts = [SIGNATURE, makeChunk("IHDR", makeHeader(width, height))];
    this.#output = this.#collect();
    this.#output.catch(() => {}); // `add` and `finish` report it; after `stop`, the result is unused.
  }

  async #collect(): Promise<void> {
    const reader = this.#deflate.readable.getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      // As a blob, which the browser may keep on the disk.
      this.#parts.push(new Blob([makeChunk("IDAT", value as Uint8Array)]));
    }
  }

  /** The next rows, from the top: RGBA, of which the alpha is not written. */
  async add(rows: Uint8ClampedArray): Promise<void> {
    const count = rows.length / (4 * this.width);
    const atOnce = Math.max(1, Math.floor(BATCH_BYTES / (CHANNELS * this.width)));
    for (let row = 0; row < count; row += atOnce) {
      await this.#input.write(this.#filter(rows, row, Math.min(count, row + atOnce)));
    }
  }

  #filter(rows: Uint8ClampedArray, from: number, to: number): Uint8Array<ArrayBuffer> {
    const { width } = this;
    const above = this.#above;
    const bytes = new Uint8Array((to - from) * (1 + CHANNELS * width));
    let at = 0;
    for (let row = from; row < to; row++) {
      bytes[at++] = UP;
      for (let column = 0, pixel = 4 * row * width; column < CHANNELS * width; pixel += 4) {
        for (let channel = 0; channel < CHANNELS; channel++, column++) {
          const value = rows[pixel + channel]!;
          bytes[at++] = value - above[column]!;
          above[column] = value;
        }
      }
    }
    return bytes;
  }

  async finish(): Promise<Blob> {
    await this.#input.close();
    await this.#output;
    return new Blob([...this.#parts, makeChunk("IEND", new Uint8Array(0))], { type: "image/png" });
  }

  /** Gives up what was written. */
  stop(): void {
    this.#input.abort().catch(() => {}); // It may have failed before.
    this.#parts.length = 0;
  }
}

function makeHeader(width: number, height: number): Uint8Array {
  const header = new Uint8Array(13);
  const fields = new DataView(header.buffer);
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  header.set([8, 2], 8); // 8 bits per channel, red, green and blue; not interlaced.
  return header;
}

/** Length, name, content, and the checksum of the latter two. */
function makeChunk(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + content.length);
  const fields = new DataView(chunk.buffer);
  fields.setUint32(0, content.length);
  chunk.set(new TextEncoder().encode(name), 4);
  chunk.set(content, 8);
  fields.setUint32(8 + content.length, checksum(chunk.subarray(4, 8 + content.length)));
  return chunk;
}

/** CRC-32 as PNG has it. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) sum = CRC_TABLE[(sum ^ bytes[at]!) & 255]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});
