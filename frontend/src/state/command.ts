/** Commands, invoked by name, by key, or both. Each feature has its own; `features/index.ts` joins them. */
import type { State } from "./state";

export interface Command {
  /** «fly-to-selection»: tooltips look up its key by this. */
  readonly id: string;
  /** «Fly to the selection»: its display name. */
  readonly words: string;
  /** «Labels»: its shorter name on a button; absent: its `words`. */
  readonly button?: string;
  /** Each in the form of `key_names.ts`: «F», «Ctrl Z», «Space». Empty: by name only. */
  readonly keys: readonly string[];
  /** Whether its keys work in text fields too, where they type nothing. */
  readonly everywhere?: boolean;
  run(): void;
  /** Whether it is available now; absent: always. */
  when?(state: Readonly<State>): boolean;
}

/** Keys that an element handles itself: while it has focus, or while something is dragged in it. */
export interface ElementKeys {
  readonly keys: readonly string[];
  readonly words: string;
}

/** Related commands under one heading, and the keys that only elements know, which the list of keys needs, too. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly Command[];
  readonly elementKeys?: readonly ElementKeys[];
}

/** Its name on a button. */
export function buttonWords({ button, words }: Command): string {
  return button ?? words;
}

/** «Rename (F2)»: a tooltip with the first of some keys; without keys only the words. */
export function withKey(words: string, { keys: [key] }: Pick<ElementKeys, "keys">): string {
  return key === undefined ? words : `${words} (${key})`;
}

export function isOffered(command: Command, state: Readonly<State>): boolean {
  return command.when?.(state) ?? true;
}

/** Commands without a key, such as «Color by age»: of one `kind`, each identified by its words. */
export function byWords(kind: string, words: string, run: () => void): Command {
  return { id: `${kind}-${words}`, words, keys: [], run };
}
