/** Handles the keys of commands, anywhere on the page. */
import { type Command, type CommandGroup, isOffered } from "../state/command";
import type { Store } from "../state/store";
import { isSpaceSpent } from "../view/space_bar";
import { keyName } from "./key_names";

export function listenToKeys(store: Store, groups: readonly CommandGroup[]): void {
  const commands = commandsByKey(groups);
  const find = (event: KeyboardEvent): Command | null => {
    const key = keyName(event);
    const command = commands.get(key);
    if (command === undefined || event.defaultPrevented || isTaken(event, key, command) || isBehindDialog(store))
      return null;
    return isOffered(command, store.state) ? command : null;
  };
  document.addEventListener("keydown", (event) => {
    const command = find(event);
    if (command === null) return;
    event.preventDefault();
    if (event.key !== " ") command.run();
  });
  // While held, the space bar drags the picture, so its own command runs on release.
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && !isSpaceSpent()) find(event)?.run();
  });
}

function commandsByKey(groups: readonly CommandGroup[]): Map<string, Command> {
  const commands = groups.flatMap((group) => group.commands);
  return new Map(commands.flatMap((command) => command.keys.map((key) => [key, command] as const)));
}

/** Whether the focused element uses the key: a letter in a field, the space bar on a button. */
function isTaken(event: KeyboardEvent, key: string, command: Command): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement) || command.everywhere) return false;
  return isTyping(target) || (key === "Space" && isPressable(target));
}

function isTyping(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement)
    return !["range", "checkbox", "radio", "button", "color"].includes(target.type);
  return target.matches("select, textarea") || target.isContentEditable;
}

function isPressable(target: HTMLElement): boolean {
  return target.matches("button, input, summary, a, [role=radio], [role=tab], [role=option], [role=grid]");
}

/** Dialogs have their own keys. */
function isBehindDialog({ state }: Store): boolean {
  return state.helpOpen || state.paletteOpen;
}
