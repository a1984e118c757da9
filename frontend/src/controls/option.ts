/** An option of a choice. */

/** Maximum number of options in a plain list: longer ones need filtering. */
export const MAX_PLAIN_OPTIONS = 20;

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Why it is disabled. */
  readonly why?: string;
}
