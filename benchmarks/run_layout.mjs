/** Runs the tab's own layout engine in Node: `node run_layout.mjs FOLDER '{"method": "tsne", …}'`.
 *
 * Reads FOLDER/graph.arrow and FOLDER/pca.arrow as the server sent them, writes FOLDER/layout.bin (float32, all x, then all
 * y) and prints `{"seconds": …}`: parsing, preparing and iterating.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FRONTEND = fileURLToPath(new URL("../frontend/", import.meta.url));
const [folder, text] = process.argv.slice(2);
const options = JSON.parse(text);

const { createTsne, createUmap, parseGraph, ArrowAnswer } = await importEngine();
const wasm = readFileSync(join(FRONTEND, `src/engine/wasm/${options.method}.wasm`));
const module = new WebAssembly.Module(wasm);
const pca = new ArrowAnswer(new Uint8Array(readFileSync(join(folder, "pca.arrow"))));
const bytes = new Uint8Array(readFileSync(join(folder, "graph.arrow")));

const started = performance.now();
const layout = createLayout(parseGraph(bytes));
for (const _share of layout.prepare());
iterate();
writeFileSync(join(folder, "layout.bin"), layout.positions());
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));

function createLayout(graph) {
  const rows = graph.rows;
  const initial = new Float32Array(2 * rows);
  for (const dimension of [0, 1]) initial.set(pca.floats(`pc${dimension + 1}`), dimension * rows);
  const shared = { dimensions: 2, seed: options.seed, initial, labels: null };
  if (options.method === "umap") return createUmap(module, graph, { ...shared, minDist: 0.1, spread: 1, epochs: null });
  const { perplexity, exaggerationIterations } = options;
  const own = { perplexity, learningRate: null, exaggeration: 12, exaggerationIterations, supervision: 0 };
  return createTsne(module, graph, { ...shared, ...own });
}

function iterate() {
  for (;;) {
    const { iteration, isOver } = layout.step();
    if (isOver || (options.method === "tsne" && iteration >= options.iterations)) return;
  }
}

/** Bundles the engine's TypeScript, which Node does not read, with the bundler that the frontend is built with. */
async function importEngine() {
  const { rolldown } = await import(pathToFileURL(join(FRONTEND, "node_modules/rolldown/dist/index.mjs")).href);
  const output = mkdtempSync(join(tmpdir(), "tb-projector-engine-"));
  const source = join(output, "entry.ts");
  const from = (path) => JSON.stringify(join(FRONTEND, "src", path));
  writeFileSync(
    source,
    `export { createTsne } from ${from("engine/tsne.ts")};
     export { createUmap } from ${from("engine/umap.ts")};
     export { parseGraph } from ${from("data/graph.ts")};
     export { ArrowAnswer } from ${from("data/arrow_answer.ts")};`,
  );
  try {
    const bundle = await rolldown({ input: source, platform: "node", resolve: { modules: [join(FRONTEND, "node_modules")] } });
    await bundle.write({ file: join(output, "engine.mjs"), format: "esm" });
    return await import(pathToFileURL(join(output, "engine.mjs")).href);
  } finally {
    rmSync(output, { recursive: true });
  }
}
