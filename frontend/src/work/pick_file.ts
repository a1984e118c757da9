/** Asks the reader for a file of theirs. */

/** What vectors can be read from: the server looks at the bytes, the browser's dialog at the name. */
export const VECTOR_FILES = ".tsv,.csv,.txt,.vec,.npy,text/plain,text/csv,text/tab-separated-values";
export const METADATA_FILES = ".tsv,.csv,.txt,text/plain,text/csv,text/tab-separated-values";

/** Null when they chose none. */
export function pickFile(accept: string): Promise<File | null> {
  const input = Object.assign(document.createElement("input"), { type: "file", accept });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}
