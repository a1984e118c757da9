/** Something that can be done by name, by a key, or both. `app/commands.ts` lists them all. */

export interface Command {
  /** «Fly to the selection»: what it does, as a person would call it. */
  readonly name: string;
  /** Each as `key_names.ts` writes them: «F», «Ctrl Z», «Space». None: by name only. */
  readonly keys: readonly string[];
  run(): void;
  /** Whether it can be done now; absent: always. */
  isOffered?(): boolean;
}

/** Commands that belong together, under one heading. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly Command[];
}

export function isOffered(command: Command): boolean {
  return command.isOffered?.() ?? true;
}
