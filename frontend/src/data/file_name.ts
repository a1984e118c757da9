/** Names of files that the page makes: what they are of, and nothing that a file system minds. */

const LONGEST = 80;

/** «train_words», of whatever run and tensor are called. */
export function fileNameOf(...parts: readonly (string | null)[]): string {
  const name = parts
    .filter((part) => part !== null && part !== "" && part !== ".")
    .map((part) => part!.replace(/[^\p{L}\p{N}.-]+/gu, "_"))
    .join("_")
    .replace(/^[._]+|[._]+$/g, "")
    .slice(0, LONGEST);
  return name === "" ? "embedding" : name;
}
