/** The texts of points in a part of a saved picture, drawn in its own px: as sharp as everything else in it. */

import type { LabelSheet } from "../gl/scene";
import type { Part } from "../math/crop";
import type { ScreenProjection } from "../math/screen_projection";
import { type LabelPoints, makeSheets, type SheetOptions } from "./label_sheet_maker";

/** Width of the longest text in CSS px, with its halo, and the factor by which the nearest selected one is larger. */
const TEXT_PX = 400;
const MOST_GROWTH = 1.5 * 1.2;
/** Distance of a text from its point in CSS px at which it still reaches into a part: no line is higher, no gap wider. */
const REACH_PX = { x: MOST_GROWTH * TEXT_PX + 100, y: 50 } as const;
/** Size of a sheet: its canvas and its texture take 64 MB each. */
const SHEET_WIDTH_PX = 2048;
const SHEET_AREA_PX = 1 << 24;

export class PartTexts {
  readonly #options: SheetOptions;

  /** `ratio`: px per CSS px; `maxPx`: maximum texture side of the GPU. */
  constructor(
    private readonly points: LabelPoints,
    private readonly projector: ScreenProjection,
    font: string,
    private readonly ratio: number,
    maxPx: number,
  ) {
    // A longer text than a texture would be cut off: in pictures that large, letters are a little softer.
    const pixelRatio = Math.min(ratio, maxPx / TEXT_PX);
    const width = Math.min(maxPx, Math.max(SHEET_WIDTH_PX, Math.ceil(TEXT_PX * pixelRatio)));
    this.#options = { font, pixelRatio, width, height: Math.min(maxPx, Math.floor(SHEET_AREA_PX / width)) };
  }

  /** The sheets of a part (px), made while they are drawn; the same ones again if there is only one. */
  sheetsIn(part: Part): () => Iterable<LabelSheet> {
    const near = { ...this.points, rows: this.points.rows.filter((row) => this.#reaches(row, part)) };
    let only: LabelSheet[] | null = null;
    const make = function* (this: PartTexts) {
      for (const sheet of makeSheets(near, this.#options)) {
        if (sheet.rows.length === near.rows.length) only = [sheet];
        yield sheet;
      }
    }.bind(this);
    return () => only ?? make();
  }

  #reaches(row: number, { left, top, width, height }: Part): boolean {
    const { ratio } = this;
    const { x, y, w } = this.projector.project(row);
    if (!(w > 0)) return false;
    const isBeside = x > left / ratio - REACH_PX.x && x < (left + width) / ratio + REACH_PX.x;
    return isBeside && y > top / ratio - REACH_PX.y && y < (top + height) / ratio + REACH_PX.y;
  }
}
