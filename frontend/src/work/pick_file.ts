/** Lets the user choose a local file. */

/** File types for vectors: the server detects the format by content, the browser's dialog filters by name. */
export const VECTOR_FILES = ".tsv,.csv,.txt,.vec,.npy,text/plain,text/csv,text/tab-separated-values";
export const METADATA_FILES = ".tsv,.csv,.txt,text/plain,text/csv,text/tab-separated-values";

/** Null if the user cancels. */
export function pickFile(accept: string): Promise<File | null> {
  const input = Object.assign(document.createElement("input"), { type: "file", accept });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}
