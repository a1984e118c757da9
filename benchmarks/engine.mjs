/** Bundles the frontend's TypeScript, which Node cannot load, with the frontend's own bundler. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FRONTEND = fileURLToPath(new URL("../frontend/", import.meta.url));
export const SOURCES = join(FRONTEND, "src");

/** The exports `names` of frontend/src by file; `workers` are files that these start as workers. */
export async function importFrom(names, workers = []) {
  const { rolldown } = await import(pathToFileURL(join(FRONTEND, "node_modules/rolldown/dist/index.mjs")).href);
  const output = mkdtempSync(join(tmpdir(), "tb-projector-engine-"));
  process.on("exit", () => rmSync(output, { recursive: true }));
  const bundle = async (input, name) => {
    const made = await rolldown({ input, platform: "node", resolve: { modules: [join(FRONTEND, "node_modules")] } });
    await made.write({ file: join(output, name), format: "esm" });
  };
  const entry = join(output, "entry.ts");
  const lines = Object.entries(names).map(([file, own]) => `export { ${own} } from ${JSON.stringify(join(SOURCES, file))};`);
  writeFileSync(entry, lines.join("\n"));
  await bundle(entry, "entry.mjs");
  for (const file of workers) await bundle(join(SOURCES, file), file.replace(/^.*\/(.*)\.ts$/, "$1.mjs"));
  return import(pathToFileURL(join(output, "entry.mjs")).href);
}
