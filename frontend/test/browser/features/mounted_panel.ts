/** One panel on a real DOM and a real store, as wide as beside the picture; its actions are noted. */
import { installTokens } from "../../../src/controls/tokens";
import { makeCommands } from "../../../src/features";
import { pageCommands } from "../../../src/page/commands";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import type { StoreElement } from "../../../src/state/store_element";
import { everyAction } from "../../every_action";
import { field, wordsOf } from "../dom";
import { settled } from "../settled";

export type Mounted = Awaited<ReturnType<typeof mountPanel>>;

/** The panel with these fields of the state. */
export async function mountPanel(panel: StoreElement, patch: Partial<State> = {}) {
  installTokens();
  const [store, actions] = [new Store(), everyAction()];
  const commands = makeCommands(store, actions, pageCommands(store)).flatMap((group) => group.commands);
  actions.commandOf.mockImplementation((id: string) => commands.find((command) => command.id === id));
  Object.assign(panel, { store, actions });
  panel.style.width = "280px";
  document.body.replaceChildren(panel);
  const show = async (change: Partial<State>) => {
    store.set(change);
    await settled();
  };
  await show(patch);
  return { store, panel, actions, show, words: () => wordsOf(panel) };
}

/** The thumb of a slider is let go at a value. */
export function drag(label: string, value: number): void {
  const input = field(label);
  input.value = String(value);
  input.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
}

/** The texts of a choice's options, in order. */
export function optionsOf(label: string): string[] {
  return [...field<HTMLSelectElement>(label).options].map(({ text }) => text);
}
