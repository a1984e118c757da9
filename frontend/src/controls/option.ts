/** An option of a choice. */

/** Maximum number of options in a plain list: longer ones need filtering. */
export const MAX_PLAIN_OPTIONS = 20;

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Why it is disabled. */
  readonly why?: string;
}

/** Options, and one for all of them: last in a plain list, first in a long one, where it would be far away. */
export function withAll(options: readonly Option[], all: Option): readonly Option[] {
  return options.length < MAX_PLAIN_OPTIONS ? [...options, all] : [all, ...options];
}

/** The choice of something by its name. */
export function optionOf({ name }: { readonly name: string }, why: string | undefined): Option {
  return why === undefined ? { value: name, text: name } : { value: name, text: name, why };
}
