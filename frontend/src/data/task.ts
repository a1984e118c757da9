/** A pending task, and the message for its failure. */

export interface Task {
  /** «Computing PCA of 1,000,000 × 128» */
  readonly words: string;
  /** In time of `performance.now()`. */
  readonly startedAtMs: number;
  /** Set if the task reports progress. */
  readonly progress?: Progress;
}

export interface Progress {
  /** Fraction done, 0 to 1; null: unknown. */
  readonly share: number | null;
  readonly secondsLeft: number | null;
}

export interface Failure {
  readonly message: string;
  readonly fix: string;
  /** «train/metadata.tsv:17», if a file caused it. */
  readonly location?: string | null;
  /** Set if the task ended because a file changed: still true once the new one is shown. */
  readonly isStale?: boolean;
  /** Set if the user has canceled the task: nothing is wrong with what was asked for. */
  readonly isCanceled?: boolean;
}
