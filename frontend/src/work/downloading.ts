/** Files that the page makes. */
import type { Client } from "../api/client";
import { fileNameOf } from "../data/file_name";
import { writeLoadings } from "../data/loadings";
import { componentsOffered, spaceOf } from "../state/derived";
import type { Store } from "../state/store";
import type { Tasks } from "./tasks";

/** A large file is read for a while after the click. */
const LONG_ENOUGH_MS = 60_000;

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
  const table = new Blob([writeLoadings(loadings)], { type: "text/tab-separated-values" });
  saveFile(table, `${fileNameOf(shown.embedding.name)}_loadings.tsv`);
}

/** Gives the browser a file to keep. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), LONG_ENOUGH_MS);
}
