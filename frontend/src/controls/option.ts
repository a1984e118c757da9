/** An option of a choice. */

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Why it is disabled. */
  readonly why?: string;
}
