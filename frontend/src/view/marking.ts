/** How points are marked in the renderer: their emphasis and their labels. */

import { type LabelSheet, PASS } from "../gl/scene";
import { readEmphasis } from "./emphasis";
import type { Frames } from "./frames";
import { LabelSheetMaker } from "./label_sheet_maker";
import type { PictureProps } from "./picture_props";
import type { Stage } from "./stage";

/** Fraction of the points (at least MIN_RAISED_LIMIT) above which emphasized points are drawn in slices, too. */
const MAX_RAISED_FRACTION = 0.05;
const MIN_RAISED_LIMIT = 20_000;

export class Marking {
  /** The texts that the renderer draws; null: none, or they are still being made. */
  labelSheet: LabelSheet | null = null;
  /** Some of a crowd are raised over a picture that does not have it yet. */
  #hasSample = false;
  readonly #labelSheets = new LabelSheetMaker((sheet) => this.#setLabelSheet(sheet));

  constructor(
    private readonly stage: Stage,
    private readonly frames: Frames,
    private readonly read: () => PictureProps,
  ) {}

  get isMakingLabels(): boolean {
    return this.#labelSheets.isMaking;
  }

  applyEmphasis(): void {
    const { emphasis, count, lines, density, labelRows } = this.read();
    const { renderer } = this.stage;
    const limit = density ? Infinity : Math.max(MIN_RAISED_LIMIT, count * MAX_RAISED_FRACTION);
    const work = readEmphasis(emphasis, limit, labelRows);
    renderer?.setEmphasis(emphasis);
    renderer?.setRaised(work.raised ?? work.sample);
    this.#hasSample = work.sample !== null;
    const before = lines ? [PASS.lines] : [];
    const after = this.labelSheet && !this.labelSheet.isAll ? [PASS.labels] : [];
    this.frames.painter?.setWork(count, [...before, ...work.passes, ...after]);
  }

  /** To be called when the picture has been drawn anew. */
  dropSample(): void {
    if (this.#hasSample) this.stage.renderer?.setRaised(null);
    this.#hasSample = false;
  }

  makeLabels(font: string): void {
    const { labelPoints } = this.read();
    const { pixelRatio, textureMaxPx } = this.stage;
    const isDrawn = textureMaxPx < Infinity; // Without WebGL, the overlay's labels are used.
    this.#labelSheets.make(isDrawn ? labelPoints : null, { font, pixelRatio, maxPx: textureMaxPx });
  }

  #setLabelSheet(sheet: LabelSheet | null): void {
    this.frames.present(); // Even without a sheet before or after: it is no longer pending.
    if (sheet === this.labelSheet) return;
    this.labelSheet = sheet;
    this.stage.renderer?.setLabels(sheet);
    this.applyEmphasis();
    this.frames.invalidate("style");
  }

  stop(): void {
    this.#labelSheets.stop();
  }
}
