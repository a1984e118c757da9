/** Files that the page makes. */
import type { Client } from "../api/client";
import { writeLoadings } from "../data/loadings";
import { componentsOffered, spaceOf } from "../state/derived";
import type { Store } from "../state/store";
import type { Tasks } from "./tasks";

/** The weight of each dimension in each principal component, as a table. */
export async function downloadLoadings(store: Store, client: Client, tasks: Tasks): Promise<void> {
  const { shown } = store.state;
  if (shown === null) return;
  const [components, space] = [componentsOffered(store.state), spaceOf(store.state)];
  const loadings = await tasks.run("loadings", "Computing loadings", (signal) =>
    client.fetchLoadings(shown, components, space, signal),
  );
  if (loadings === undefined || shown !== store.state.shown) return;
  store.set({ loadings });
  save(writeLoadings(loadings), `${shown.embedding.name.replace(/[^\w.-]+/g, "_")}_loadings.tsv`);
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/tab-separated-values" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address)); // The browser has begun to read it by then.
}
