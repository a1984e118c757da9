/** Work that somebody waits for, and what is said when it failed. */

export interface Task {
  /** «Computing PCA of 1,000,000 × 128» */
  readonly words: string;
  /** Of `performance.now()`. */
  readonly startedAtMs: number;
  /** Of work that knows how far it is. */
  readonly progress?: Progress;
}

export interface Progress {
  /** Done, 0 to 1; null: nobody can say. */
  readonly share: number | null;
  readonly secondsLeft: number | null;
}

export interface Failure {
  readonly message: string;
  readonly fix: string;
  /** «train/metadata.tsv:17», where a file is at fault. */
  readonly place?: string | null;
}
