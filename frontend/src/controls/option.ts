/** What a choice offers. */

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Why it cannot be chosen. */
  readonly why?: string;
}
