/** Opens the files that were dropped onto the page: bookmarks by their content, others by the half that they fell on. */
import type { Actions } from "../../state/actions";
import type { Store } from "../../state/store";
import type { DataActions, OpenedAs } from "./fields";

export function makeDropping(store: Store, actions: Actions): Pick<DataActions, "openDropped"> {
  return { openDropped: (files, half) => openDropped(store, actions, files, half) };
}

async function openDropped(store: Store, actions: Actions, files: readonly File[], half: OpenedAs): Promise<void> {
  const others: File[] = [];
  for (const file of files) if (!(await actions.loadIfBookmarks(file))) others.push(file);
  if (half === "vectors") await openAll(store, actions, others);
  else await loadFirst(store, actions, others);
}

/** One after the other, as runs of their own; the last one is shown. */
async function openAll(store: Store, actions: Actions, files: readonly File[]): Promise<void> {
  const notes: string[] = [];
  for (const [at, file] of files.entries()) {
    await actions.openVectors(file);
    const { uploadNote, failures } = store.state;
    if (uploadNote !== null) notes.push(uploadNote);
    const left = failures.upload === undefined ? [] : files.slice(at + 1);
    if (left.length > 0) notes.push(`Not read after the error: ${namesOf(left)}.`);
    if (failures.upload !== undefined) break;
  }
  if (notes.length > 0) store.set({ uploadNote: notes.join(" ") });
}

async function loadFirst(store: Store, actions: Actions, [file, ...others]: readonly File[]): Promise<void> {
  if (file === undefined) return;
  await actions.loadMetadata(file);
  if (others.length === 0) return;
  const left = `Metadata is one file; not read: ${namesOf(others)}.`;
  store.set({ uploadNote: [store.state.uploadNote ?? "", left].join(" ").trim() });
}

function namesOf(files: readonly File[]): string {
  return files.map(({ name }) => name).join(", ");
}
