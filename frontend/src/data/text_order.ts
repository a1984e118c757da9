/**
 * The alphabetical rank of each text of a dictionary.
 *
 * Up to some ten thousand texts are compared in natural order, by the browser's collator: «é» beside «e», «item 2»
 * before «item 10». A million would take many seconds: these are ordered by their UTF-8 bytes, ignoring the case of
 * ASCII letters, with three-way radix quicksort (Bentley and Sedgewick 1997, program 2), which creates no strings and
 * visits each byte that two texts share once.
 */
import type { TextDictionary } from "./text_dictionary";

const MAX_COLLATED = 50_000;
/** Size below which insertion sort is faster. */
const MAX_INSERTION_SORT = 12;
/** Map from ASCII capitals to lowercase; bytes never reach 256. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** The rank of each code; equal for texts that the order does not distinguish. */
export function rankTexts(dictionary: TextDictionary): Int32Array {
  return dictionary.size <= MAX_COLLATED ? rankByCollator(dictionary.all()) : rankByBytes(dictionary);
}

function rankByCollator(texts: readonly string[]): Int32Array {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const order = Int32Array.from(texts.keys()).sort((a, b) => compare(texts[a]!, texts[b]!));
  return ranksOf(order, (a, b) => compare(texts[a]!, texts[b]!) === 0);
}

export function rankByBytes(dictionary: TextDictionary): Int32Array {
  const sorter = new ByteSorter(dictionary.bytes, dictionary.offsets);
  const order = Int32Array.from({ length: dictionary.size }, (_, code) => code);
  sorter.sort(order);
  return ranksOf(order, (a, b) => sorter.compare(a, b, 0) === 0);
}

function ranksOf(order: Int32Array, areEqual: (a: number, b: number) => boolean): Int32Array {
  const ranks = new Int32Array(order.length);
  let rank = 0;
  for (let at = 1; at < order.length; at++) {
    if (!areEqual(order[at - 1]!, order[at]!)) rank++;
    ranks[order[at]!] = rank;
  }
  return ranks;
}

class ByteSorter {
  constructor(
    private readonly bytes: Uint8Array,
    private readonly offsets: Int32Array,
  ) {}

  sort(order: Int32Array): void {
    const waiting: [start: number, end: number, depth: number][] = [[0, order.length, 0]];
    for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) this.#split(order, part, waiting);
  }

  /** Partitions into texts with a smaller, equal, and larger byte at `depth`; unsorted parts are added to `waiting`. */
  #split(order: Int32Array, [start, end, depth]: [number, number, number], waiting: [number, number, number][]): void {
    if (end - start <= MAX_INSERTION_SORT) {
      this.#insert(order, start, end, depth);
      return;
    }
    const middle = this.#byteAt(order[start + ((end - start) >> 1)]!, depth);
    let [less, at, more] = [start, start, end];
    while (at < more) {
      const code = order[at]!;
      const byte = this.#byteAt(code, depth);
      if (byte < middle) {
        order[at++] = order[less]!;
        order[less++] = code;
      } else if (byte > middle) {
        order[at] = order[--more]!;
        order[more] = code;
      } else at++;
    }
    waiting.push([start, less, depth], [more, end, depth]);
    if (middle >= 0) waiting.push([less, more, depth + 1]);
  }

  #insert(order: Int32Array, start: number, end: number, depth: number): void {
    for (let at = start + 1; at < end; at++) {
      const code = order[at]!;
      let index = at;
      while (index > start && this.compare(order[index - 1]!, code, depth) > 0) order[index] = order[--index]!;
      order[index] = code;
    }
  }

  /** Compares two texts that are equal up to `depth`. */
  compare(a: number, b: number, depth: number): number {
    for (let at = depth; ; at++) {
      const [left, right] = [this.#byteAt(a, at), this.#byteAt(b, at)];
      if (left !== right || left < 0) return left - right;
    }
  }

  /** -1 past the end. */
  #byteAt(code: number, depth: number): number {
    const at = this.offsets[code]! + depth;
    return at < this.offsets[code + 1]! ? FOLDED[this.bytes[at]!]! : -1;
  }
}
