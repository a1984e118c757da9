/**
 * The distinct texts of a column, decoded on demand.
 *
 * A million labels are some megabytes of UTF-8 and a million strings: decoding them all before the first picture would
 * cost more than the picture. A list shows twenty.
 */

/** A byte order mark that begins a text is part of it. */
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const ENCODER = new TextEncoder();

export class TextDictionary {
  readonly size: number;
  #decoded: (string | undefined)[] = [];
  #isWhole = false;

  /** @param offsets `size + 1` offsets into `bytes`: text i lies between offsets i and i + 1. */
  constructor(
    readonly bytes: Uint8Array,
    readonly offsets: Int32Array,
  ) {
    this.size = Math.max(0, offsets.length - 1);
  }

  /** A dictionary of ASCII texts, such as numbers: they are encoded at once, as a million one by one take seconds. */
  static ofAscii(texts: readonly string[]): TextDictionary {
    const offsets = new Int32Array(texts.length + 1);
    for (let code = 0; code < texts.length; code++) offsets[code + 1] = offsets[code]! + texts[code]!.length;
    return new TextDictionary(ENCODER.encode(texts.join("")), offsets);
  }

  at(code: number): string {
    const known = this.#decoded[code];
    if (known !== undefined) return known;
    const text = DECODER.decode(this.bytes.subarray(this.offsets[code]!, this.offsets[code + 1]!));
    this.#decoded[code] = text;
    return text;
  }

  /** The first characters of a text that may be a megabyte long; decodes no more than needed. */
  start(code: number, chars: number): string {
    const known = this.#decoded[code];
    if (known !== undefined) return known.slice(0, chars);
    const [from, end] = [this.offsets[code]!, this.offsets[code + 1]!];
    const max = 4 * chars; // Maximum number of bytes per character.
    return end - from <= max ? this.at(code) : DECODER.decode(this.bytes.subarray(from, from + max)).slice(0, chars);
  }

  /** The code of exactly this text; -1 if it does not occur. Compares bytes without decoding. */
  codeOf(text: string): number {
    const wanted = ENCODER.encode(text);
    const { bytes, offsets, size } = this;
    for (let code = 0; code < size; code++) {
      const start = offsets[code]!;
      if (offsets[code + 1]! - start !== wanted.length) continue;
      let at = 0;
      while (at < wanted.length && bytes[start + at] === wanted[at]) at++;
      if (at === wanted.length) return code;
    }
    return -1;
  }

  /** The first texts, at most `max`, that begin with `start`, in whichever case its ASCII letters are. */
  startingWith(start: string, max: number): string[] {
    const wanted = ENCODER.encode(start).map(lowerByte);
    const found: string[] = [];
    const { bytes, offsets, size } = this;
    for (let code = 0; code < size && found.length < max; code++) {
      const from = offsets[code]!;
      if (offsets[code + 1]! - from < wanted.length) continue;
      let at = 0;
      while (at < wanted.length && lowerByte(bytes[from + at]!) === wanted[at]) at++;
      if (at === wanted.length) found.push(this.at(code));
    }
    return found;
  }

  /** All texts in order of their codes. Plain ASCII, the common case, is decoded at once and sliced. */
  all(): readonly string[] {
    if (!this.#isWhole) this.#decoded = this.#decodeAll();
    this.#isWhole = true;
    return this.#decoded as string[];
  }

  #decodeAll(): string[] {
    const start = this.offsets[0] ?? 0;
    const end = this.offsets[this.size] ?? 0;
    const whole = DECODER.decode(this.bytes.subarray(start, end));
    // If and only if all bytes are ASCII, there is one character per byte, and byte offsets are string offsets.
    if (whole.length !== end - start) return Array.from({ length: this.size }, (_, code) => this.at(code));
    return Array.from({ length: this.size }, (_, code) =>
      whole.slice(this.offsets[code]! - start, this.offsets[code + 1]! - start),
    );
  }
}

/** A byte of UTF-8, with those of the letters A to Z as those of a to z. */
function lowerByte(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}
