/** Names of downloaded files: derived from their content, with characters safe for any file system. */

const MAX_CHARS = 80;

/** «train_words», for example, from arbitrary names of runs and tensors. */
export function fileNameOf(...parts: readonly (string | null)[]): string {
  const name = parts
    .filter((part) => part !== null && part !== "" && part !== ".")
    .map((part) => part!.replace(/[^\p{L}\p{N}.-]+/gu, "_"))
    .join("_")
    .replace(/^[._]+|[._]+$/g, "")
    .slice(0, MAX_CHARS);
  return name === "" ? "embedding" : name;
}
