/** Text on a canvas, in any script. */

import type { Pen } from "./pen";
import type { Theme } from "./theme";

/** Size of texts in the picture, in CSS px: the page's own. */
export const FONT_PX = 13;
/** Font size and weight of the names of classes: they are read first. */
export const NAME_PX = 15;
export const NAME_WEIGHT = 700;
const LABEL_CHARS_MAX = 60;
/** Texts that begin in Hebrew, Arabic or another right-to-left script. */
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function startText(context: Pen, theme: Theme): void {
  context.font = `500 ${FONT_PX}px ${theme.font}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.direction = "ltr"; // A previous label may have changed it.
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = theme.halo;
  context.fillStyle = theme.text;
}

/** The names of classes, around their middle. */
export function startNames(context: Pen, theme: Theme): void {
  startText(context, theme);
  context.font = `${NAME_WEIGHT} ${NAME_PX}px ${theme.font}`;
  context.textAlign = "center";
}

export function directionOf(text: string): CanvasDirection {
  return RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
}

/** Cuts between graphemes: neither an emoji nor a syllable is torn apart. */
export function shorten(text: string, max = LABEL_CHARS_MAX): string {
  if (text.length <= max) return text;
  let [kept, letters] = ["", 0];
  // A grapheme may have many code units, but 16 per grapheme is enough to read.
  for (const { segment } of GRAPHEMES.segment(text.slice(0, 16 * max))) {
    if (++letters > max) return `${kept.slice(0, kept.length - lastLetter(kept))}…`;
    kept += segment;
  }
  return kept.length < text.length ? `${kept}…` : text;
}

function lastLetter(text: string): number {
  return [...GRAPHEMES.segment(text.slice(-32))].at(-1)?.segment.length ?? 0;
}

/** Cuts out the middle, between graphemes, such that the text fits into `widthPx`: both of its ends can be read. */
export function fitText(context: Pen, text: string, widthPx: number): string {
  const whole = shortenMiddle(text, LABEL_CHARS_MAX);
  if (context.measureText(whole).width <= widthPx) return whole;
  let [fits, tooLong] = [1, LABEL_CHARS_MAX];
  while (tooLong - fits > 1) {
    const max = (fits + tooLong) >> 1;
    if (context.measureText(shortenMiddle(text, max)).width <= widthPx) fits = max;
    else tooLong = max;
  }
  return shortenMiddle(text, fits);
}

function shortenMiddle(text: string, max: number): string {
  const segmentsOf = (part: string) => Array.from(GRAPHEMES.segment(part), ({ segment }) => segment);
  const near = 16 * max; // As in `shorten`: no more is looked at of a text that may be a megabyte long.
  if (text.length <= 2 * near && segmentsOf(text).length <= max) return text;
  const tail = Math.floor((max - 1) / 2);
  const head = segmentsOf(text.slice(0, near)).slice(0, max - 1 - tail);
  return `${head.join("")}…${tail === 0 ? "" : segmentsOf(text.slice(-near)).slice(-tail).join("")}`;
}
