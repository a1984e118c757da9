/** Finds names by a few of their letters: «flysel» finds «Fly to the selection». */

export interface Found {
  /** The higher, the better. */
  readonly score: number;
  /** Where in the name the letters are, rising. */
  readonly places: readonly number[];
}

const LETTER = 1;
/** A letter that starts a word says more than one inside it. */
const WORD_START = 8;
/** Letters side by side say more than letters strewn about. */
const ADJACENT = 5;
/** Of two names with the same letters the shorter is meant. */
const EXCESS_LETTER = -0.02;
/** Of a column that is called like a novel, the first lines are enough. */
const LONGEST_NAME = 200;
const NOWHERE = Number.NEGATIVE_INFINITY;

/** How well `query` fits `name`; null when its letters are not all there, in their order. Case and spaces do not count. */
export function fitName(query: string, name: string): Found | null {
  const letters = query.toLowerCase().replace(/\s+/g, "");
  const text = name.slice(0, LONGEST_NAME).toLowerCase();
  if (letters === "") return { score: EXCESS_LETTER * text.length, places: [] };
  const worth = worthOfPlaces(letters, text);
  const first = bestPlace(worth[0]!, 0, 0);
  if (first < 0) return null;
  const score = worth[0]![first]! + EXCESS_LETTER * (text.length - letters.length);
  return { score, places: walk(worth, first) };
}

/** `[i][j]`: what the letters from i on are worth, at their best, with letter i at place j of the text. */
function worthOfPlaces(letters: string, text: string): Float64Array[] {
  const worth = Array.from(letters, () => new Float64Array(text.length).fill(NOWHERE));
  for (let i = letters.length - 1; i >= 0; i--) {
    const rest = worth[i + 1];
    let later = NOWHERE; // The best of the rest, right of j + 1.
    for (let j = text.length - 1; j >= 0; j--) {
      const beside = (rest?.[j + 1] ?? NOWHERE) + ADJACENT;
      if (text[j] === letters[i]) worth[i]![j] = worthOf(text, j) + (rest === undefined ? 0 : Math.max(later, beside));
      later = Math.max(later, rest?.[j + 1] ?? NOWHERE);
    }
  }
  return worth;
}

function worthOf(text: string, at: number): number {
  const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!);
  return LETTER + (startsWord ? WORD_START : 0);
}

function walk(worth: readonly Float64Array[], first: number): number[] {
  const places = [first];
  for (const rest of worth.slice(1)) {
    const last = places.at(-1)!;
    places.push(bestPlace(rest, last + 1, ADJACENT));
  }
  return places;
}

/** From `start` on, where the worth is highest; `bonus` is for `start` itself. -1: nowhere. */
function bestPlace(worth: Float64Array, start: number, bonus: number): number {
  let [place, most] = [-1, NOWHERE];
  for (let at = start; at < worth.length; at++) {
    const here = worth[at]! + (at === start ? bonus : 0);
    if (here > most) [place, most] = [at, here];
  }
  return place;
}
