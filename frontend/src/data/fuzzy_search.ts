/** Finds names by some of their letters: «flysel» finds «Fly to the selection». */

interface Found {
  /** Higher is better. */
  readonly score: number;
  /** Indices of the letters in the name, ascending. */
  readonly indices: readonly number[];
}

const LETTER = 1;
/** Score of a letter that starts a word. */
const WORD_START = 8;
/** Bonus for adjacent letters. */
const ADJACENT = 5;
/** Penalty per unmatched letter: among names with the same letters, the shorter wins. */
const EXCESS_LETTER = -0.02;
/** Maximum number of characters considered: enough even for very long column names. */
const MAX_NAME_CHARS = 200;
const NOWHERE = Number.NEGATIVE_INFINITY;

/** How well `query` matches `name`; null unless it contains all letters in order. Ignores case and spaces. */
export function fitName(query: string, name: string): Found | null {
  const letters = query.toLowerCase().replace(/\s+/g, "");
  const text = name.slice(0, MAX_NAME_CHARS).toLowerCase();
  if (letters === "") return { score: EXCESS_LETTER * text.length, indices: [] };
  const worth = bestScores(letters, text);
  const first = bestIndex(worth[0]!, 0, 0);
  if (first < 0) return null;
  const score = worth[0]![first]! + EXCESS_LETTER * (text.length - letters.length);
  return { score, indices: walk(worth, first) };
}

/** `[i][j]`: the best score of the letters from i on, with letter i at index j of the text. */
function bestScores(letters: string, text: string): Float64Array[] {
  const worth = Array.from(letters, () => new Float64Array(text.length).fill(NOWHERE));
  for (let i = letters.length - 1; i >= 0; i--) {
    const rest = worth[i + 1];
    let later = NOWHERE; // The best score of the remaining letters, right of j + 1.
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
  const indices = [first];
  for (const rest of worth.slice(1)) {
    const last = indices.at(-1)!;
    indices.push(bestIndex(rest, last + 1, ADJACENT));
  }
  return indices;
}

/** Index of the best score from `start` on; `bonus` is added for `start` itself. -1: none. */
function bestIndex(worth: Float64Array, start: number, bonus: number): number {
  let [index, max] = [-1, NOWHERE];
  for (let at = start; at < worth.length; at++) {
    const here = worth[at]! + (at === start ? bonus : 0);
    if (here > max) [index, max] = [at, here];
  }
  return index;
}
