/** Commands of the page itself: its panels, and the lists of commands and keys. */
import type { Command, CommandGroup } from "../state/command";
import { problemsInOrder } from "../state/derived";
import type { Store } from "../state/store";
import type { PageState } from "./fields";

type Flag = { [Name in keyof PageState]: PageState[Name] extends boolean ? Name : never }[keyof PageState];

export function pageCommands(store: Store): CommandGroup[] {
  const toggle = (flag: Flag) => () => store.set({ [flag]: !store.state[flag] });
  const open = () => store.set({ paletteOpen: true });
  const palette: Command = {
    id: "palette",
    words: "Every command by name",
    keys: ["Ctrl K"],
    everywhere: true,
    run: open,
  };
  const commands: Command[] = [
    { id: "left-panel", words: "Data and projection panel", keys: [], run: toggle("leftOpen") },
    { id: "inspector", words: "Inspector panel", button: "Inspector", keys: [], run: toggle("rightOpen") },
    {
      id: "problems",
      words: "Problems",
      keys: [],
      run: toggle("problemsOpen"),
      when: (state) => problemsInOrder(state).length > 0,
    },
    { id: "keys", words: "Keys", keys: ["?"], run: toggle("helpOpen") },
  ];
  return [
    { name: "Find", commands: [palette] },
    { name: "Page", commands },
    { name: "Everywhere", commands: [], elementKeys: [{ keys: ["Tab"], words: "Walk through the panels" }] },
  ];
}
