/** Follows the recipes of CONTRIBUTING.md in a copy of `src`, which lies beside it, so that it has the same packages. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Paths are below `src`. */
export interface Recipe {
  /** Those that it adds, with their texts. */
  readonly files: Readonly<Record<string, string>>;
  /** Those that exist: a text that stands there once, and what takes its place. */
  readonly edits: readonly (readonly [file: string, before: string, after: string])[];
}

const FRONTEND = fileURLToPath(new URL("../..", import.meta.url));

/** The folder of the copy, which has a `src` and a `tsconfig.json`. */
export function followRecipes(recipes: readonly Recipe[]): string {
  const folder = mkdtempSync(join(FRONTEND, ".recipes-"));
  cpSync(join(FRONTEND, "src"), join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../tsconfig.json", include: ["src"] }));
  for (const recipe of recipes) follow(recipe, join(folder, "src"));
  return folder;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true });
}

function follow({ files, edits }: Recipe, src: string): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(src, file)), { recursive: true });
    writeFileSync(join(src, file), text);
  }
  for (const [file, before, after] of edits) {
    const parts = readFileSync(join(src, file), "utf8").split(before);
    if (parts.length !== 2) throw new Error(`«${before}» stands ${parts.length - 1} times in ${file}, not once.`);
    writeFileSync(join(src, file), parts.join(after));
  }
}
