/** Quality of a projection: neighbors kept, and false and torn ones (Venna and Kaski 2001). */
import { ArrowAnswer } from "./arrow_answer";
import type { Problem } from "./runs";

/** Measured on a sample: the value, and its 95 % confidence interval for all rows. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Quality {
  readonly k: number;
  readonly metric: string;
  /** Preprocessing of the vectors: «as stored» or «spherized». */
  readonly space: string;
  /**
   * Per row, the fraction, 0 to 1, of its k nearest in the space also among its k nearest on the screen; NaN: no
   * position.
   */
  readonly keptByRow: Float32Array;
  /** Mean of `keptByRow`. */
  readonly kept: number;
  readonly trustworthiness: Estimate;
  readonly continuity: Estimate;
  /** Number of rows on which trustworthiness and continuity were measured, against all rows. */
  readonly sampledRows: number;
  readonly drawnRows: number;
  readonly rows: number;
  /** Recall of the neighbor graph, 0 to 1; 1: exact. */
  readonly recall: number;
  readonly seed: number;
  readonly problems: readonly Problem[];
}

interface QualityDocument {
  k: number;
  metric: string;
  space: string;
  kept: number | null;
  trustworthiness: Estimate;
  continuity: Estimate;
  sampled_rows: number;
  drawn_rows: number;
  rows: number;
  recall: number;
  seed: number;
}

/** Parses the response of `/quality`. */
export function parseQuality(bytes: Uint8Array): Quality {
  const answer = new ArrowAnswer(bytes);
  const fields = answer.document<QualityDocument>("quality");
  const { k, metric, space, trustworthiness, continuity, rows, recall, seed } = fields;
  return {
    ...{ k, metric, space, trustworthiness, continuity, rows, recall, seed },
    keptByRow: answer.floats("kept"),
    kept: fields.kept ?? Number.NaN,
    sampledRows: fields.sampled_rows,
    drawnRows: fields.drawn_rows,
    problems: answer.problems,
  };
}
