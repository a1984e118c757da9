/** Decides what a column can be used for, with reasons if it cannot. */
import type { Column } from "./column";
import { formatCount } from "./format";
import { isMissingText } from "./missing_text";
import { hasNumbers } from "./number_values";

/** Why point sizes cannot follow the column; undefined: they can. */
export function whyNotSize(column: Column): string | undefined {
  return hasNumbers(column) ? undefined : "holds no numbers";
}

/** Maximum number of images on a sheet built from a column. */
export const MAX_IMAGES = 5_000;
export const MAX_IMAGE_ROWS = 50_000;

/** Why the values cannot be shown as images; undefined: they can, judging by the first one. */
export function whyNotImage(column: Column): string | undefined {
  if (column.kind !== "text" || !namesImage(firstText(column))) return "names no images";
  if (column.dictionary.size > MAX_IMAGES) return `names more than ${formatCount(MAX_IMAGES)} images`;
  return column.rows > MAX_IMAGE_ROWS ? `images for up to ${formatCount(MAX_IMAGE_ROWS)} points` : undefined;
}

const IMAGE = /\.(png|jpe?g|gif|webp|avif|bmp)$/i;
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:|^\/\//i;

function namesImage(text: string): boolean {
  return IMAGE.test(text.trim()) && !ELSEWHERE.test(text.trim());
}

function firstText(column: Column & { kind: "text" }): string {
  for (let code = 0; code < column.dictionary.size; code++) {
    const text = column.dictionary.at(code);
    if (text.trim() !== "" && !isMissingText(text.trim())) return text;
  }
  return "";
}
