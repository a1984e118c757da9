/** A list of names as an address holds it: percent-encoded, commas between; one that makes too long an address is left out. */

/** What an address may spend on one list. */
const MOST_CHARS = 400;

export function writeNames(names: readonly string[]): string {
  const text = names.map(encodeURIComponent).join(",");
  return text.length > MOST_CHARS ? "" : text;
}

/** Undefined when a name does not read. */
export function readNames(text: string): readonly string[] | undefined {
  try {
    return text === "" ? [] : text.split(",").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
