/** Missing values of text columns as pandas writes them: NaN and NA, which are texts in a metadata file. */

const MISSING_TEXT = /^(nan|<na>)$/i;
const MAX_CHARS = 4;

export function isMissingText(text: string): boolean {
  return text.length <= MAX_CHARS && MISSING_TEXT.test(text);
}
