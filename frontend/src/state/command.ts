/** Something that can be done by name, by a key, or both. Each feature has its own; `features/index.ts` joins them. */

export interface Command {
  /** «fly-to-selection»: what tooltips find its key by. */
  readonly id: string;
  /** «Fly to the selection»: what it does, as a person would call it. */
  readonly words: string;
  /** Each as `key_names.ts` writes them: «F», «Ctrl Z», «Space». None: by its words only. */
  readonly keys: readonly string[];
  run(): void;
  /** Whether it can be done now; absent: always. */
  when?(): boolean;
}

/** Commands that belong together, under one heading. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly Command[];
}

export function isOffered(command: Command): boolean {
  return command.when?.() ?? true;
}

/** Commands without a key, «Color by age»: of `kind`, each named by its words. */
export function byWords(kind: string, words: string, run: () => void): Command {
  return { id: `${kind}-${words}`, words, keys: [], run };
}
