/** An option of a choice. */

/** Maximum number of options in a plain list: longer ones need filtering. */
export const MAX_PLAIN_OPTIONS = 20;

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Why it is disabled. */
  readonly why?: string;
}

/** The choice of something by its name. */
export function optionOf({ name }: { readonly name: string }, why: string | undefined): Option {
  return why === undefined ? { value: name, text: name } : { value: name, text: name, why };
}
