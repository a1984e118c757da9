/**
 * The distinct texts of a column, decoded when they are asked for.
 *
 * A million labels are some megabytes of UTF-8 and a million strings: making them all before the first picture would cost
 * more than the picture. A list shows twenty.
 */

const DECODER = new TextDecoder();

export class TextDictionary {
  readonly size: number;
  #decoded: (string | undefined)[] = [];
  #isWhole = false;

  /** @param offsets `size + 1` places in `bytes`: text i lies between offsets i and i + 1. */
  constructor(
    readonly bytes: Uint8Array,
    readonly offsets: Int32Array,
  ) {
    this.size = Math.max(0, offsets.length - 1);
  }

  at(code: number): string {
    const known = this.#decoded[code];
    if (known !== undefined) return known;
    const text = DECODER.decode(this.bytes.subarray(this.offsets[code]!, this.offsets[code + 1]!));
    this.#decoded[code] = text;
    return text;
  }

  /** All texts in order of their codes. Plain ASCII, the common case, is decoded at one go and cut. */
  all(): readonly string[] {
    if (!this.#isWhole) this.#decoded = this.#decodeAll();
    this.#isWhole = true;
    return this.#decoded as string[];
  }

  #decodeAll(): string[] {
    const start = this.offsets[0] ?? 0;
    const end = this.offsets[this.size] ?? 0;
    const whole = DECODER.decode(this.bytes.subarray(start, end));
    // One character a byte exactly when every byte is ASCII: then offsets in bytes are offsets in the string.
    if (whole.length !== end - start) return Array.from({ length: this.size }, (_, code) => this.at(code));
    return Array.from({ length: this.size }, (_, code) =>
      whole.slice(this.offsets[code]! - start, this.offsets[code + 1]! - start),
    );
  }
}
