/** Actions that do nothing but note that they were asked for. */
import { type Mock, vi } from "vitest";
import type { Actions } from "../src/state/actions";

export type NotedActions = Record<keyof Actions, Mock>;

export function everyAction(): NotedActions {
  const commandOf = vi.fn((id: string) => ({ id, words: id, keys: [], run() {} }));
  const made: Partial<NotedActions> = { commands: vi.fn(() => []), commandOf };
  return new Proxy(made, {
    get: (actions, name: keyof Actions) => {
      if (!name.startsWith("_")) actions[name] ??= vi.fn(); // Lit asks for «_$litDirective$»: no action begins so.
      return actions[name];
    },
  }) as NotedActions;
}
