/** How the metadata file writes the numbers of a column, so that each is shown to the letter. */
import type { TextDictionary } from "./text_dictionary";

export type NumberSpelling =
  /** As `String` writes a number. */
  | { readonly kind: "shortest" }
  /** As Python's `repr` does: «1.0», «1e-05». */
  | { readonly kind: "python" }
  | { readonly kind: "fixed"; readonly decimals: number }
  | OwnSpelling;

/** In any other way: `codes` are those of the rows' texts, -1 for missing values. */
interface OwnSpelling {
  readonly kind: "own";
  readonly codes: Int32Array;
  readonly dictionary: TextDictionary;
}

/** The spelling of numbers that come from no file. */
export const SHORTEST: NumberSpelling = { kind: "shortest" };

/** Sizes between which Python writes no exponent. */
const [PYTHON_LEAST, PYTHON_MOST] = [1e-4, 1e16];

/** A number as the spelling has it; an own one has no rule for numbers, only texts. */
export function spellNumber(value: number, spelling: NumberSpelling): string {
  if (spelling.kind === "python") return writePython(value);
  return spelling.kind === "fixed" ? value.toFixed(spelling.decimals) : String(value);
}

function writePython(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < PYTHON_LEAST || size >= PYTHON_MOST)) return writePythonExponent(value);
  const text = Object.is(value, -0) ? "-0" : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

/** Python writes two digits at least. */
function writePythonExponent(value: number): string {
  const [, mantissa, sign, digits] = /^(.*)e([+-])(\d+)$/.exec(value.toExponential()) ?? [];
  return digits === undefined ? String(value) : `${mantissa}e${sign}${digits.padStart(2, "0")}`;
}

/** «fixed:2»: the form in answers and saved pages. */
export function writeSpelling(spelling: NumberSpelling): string {
  return spelling.kind === "fixed" ? `fixed:${spelling.decimals}` : spelling.kind;
}

/** `texts`, if there are any, are those of an own spelling. Unknown text, and none, as in older pages, is shortest. */
export function readSpelling(text: string | undefined, texts: Omit<OwnSpelling, "kind"> | null): NumberSpelling {
  if (texts !== null) return { kind: "own", ...texts };
  const decimals = /^fixed:(\d{1,3})$/.exec(text ?? "")?.[1];
  if (decimals !== undefined && Number(decimals) <= MOST_DECIMALS) return { kind: "fixed", decimals: Number(decimals) };
  return text === "python" ? { kind: "python" } : SHORTEST;
}

/** Decimals that `toFixed` writes at most. */
const MOST_DECIMALS = 100;
