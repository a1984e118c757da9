/** How far a picture can be believed. */
import type { Coordinates } from "../../data/coordinates";
import { type Fields, held } from "../../data/field";
import type { Quality } from "../../data/quality";

/** The quality of a picture, and which picture that was. */
export interface MeasuredQuality extends Quality {
  readonly of: Coordinates;
}

export interface QualityState {
  quality: MeasuredQuality | null;
  /** Colors show each point's share of kept neighbors while there is a `quality` to show. */
  colorByQuality: boolean;
}

/** Neighbors of each point that the quality of a picture goes by. */
export const QUALITY_K = 15;

export const QUALITY_FIELDS: Fields<QualityState> = {
  quality: held(null),
  colorByQuality: held(false),
};

export const QUALITY_TASKS = ["quality"] as const;

export interface QualityActions {
  /** Measures how far the picture on the screen can be believed. */
  measureQuality(): void;
}
