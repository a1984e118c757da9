/** Commands that change the number of dimensions. */
import type { Command } from "../../state/command";
import { hasData } from "../../state/derived";
import type { Store } from "../../state/store";

export function projectionCommands(store: Store): Command[] {
  const run = () => store.set({ dimensions: store.state.dimensions === 2 ? 3 : 2 });
  return [{ id: "dimensions", words: "2-D or 3-D", keys: ["D"], run, when: hasData }];
}
