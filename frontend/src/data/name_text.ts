/** A list of names in URL form: percent-encoded, comma-separated; a list that is too long is left out. */

/** Maximum number of characters per list in a URL. */
const MAX_CHARS = 400;

export function writeNames(names: readonly string[]): string {
  const text = names.map(encodeURIComponent).join(",");
  return text.length > MAX_CHARS ? "" : text;
}

/** Undefined if a name is invalid. */
export function readNames(text: string): readonly string[] | undefined {
  try {
    return text === "" ? [] : text.split(",").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
