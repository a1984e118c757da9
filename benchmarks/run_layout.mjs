/** Runs the tab's own layout engine in Node: `node run_layout.mjs FOLDER '{"method": "tsne", …}'`.
 *
 * Reads FOLDER/graph.arrow and FOLDER/pca.arrow as sent by the server, writes FOLDER/layout.bin (float32, all x, then all
 * y) and prints `{"seconds", "iterating_s", "moved_rows", "finite_rows"}`: the total time (parsing, preparing, iterating),
 * that of the iterations, the rows that have moved after iteration 50, and those with finite coordinates at the end.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importFrom, SOURCES } from "./engine.mjs";

const [folder, text] = process.argv.slice(2);
const options = JSON.parse(text);

const { createTsne, createUmap, parseGraph, ArrowAnswer } = await importFrom({
  "engine/tsne.ts": "createTsne",
  "engine/umap.ts": "createUmap",
  "data/graph.ts": "parseGraph",
  "data/arrow_answer.ts": "ArrowAnswer",
});
const wasm = readFileSync(join(SOURCES, `engine/wasm/${options.method}.wasm`));
const module = new WebAssembly.Module(wasm);
const pca = new ArrowAnswer(new Uint8Array(readFileSync(join(folder, "pca.arrow"))));
const bytes = new Uint8Array(readFileSync(join(folder, "graph.arrow")));

const MOVED_BY = 50;
let movedRows = 0;

const started = performance.now();
const layout = createLayout(parseGraph(bytes));
for (const _share of layout.prepare());
const start = layout.positions().slice();
const prepared = performance.now();
iterate();
const ended = performance.now();
writeFileSync(join(folder, "layout.bin"), layout.positions());
const timings = { seconds: (ended - started) / 1000, iterating_s: (ended - prepared) / 1000 };
console.log(JSON.stringify({ ...timings, moved_rows: movedRows, finite_rows: countRows(isFinitePlace) }));

/** Number of rows for which `holds(x, y, row)` is currently true. */
function countRows(holds) {
  const positions = layout.positions();
  const rows = positions.length / 2;
  let count = 0;
  for (let row = 0; row < rows; row++) if (holds(positions[row], positions[rows + row], row)) count++;
  return count;
}

function isFinitePlace(x, y) {
  return Number.isFinite(x) && Number.isFinite(y);
}

function hasMoved(x, y, row) {
  return x !== start[row] || y !== start[start.length / 2 + row];
}

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
    if (iteration === MOVED_BY) movedRows = countRows(hasMoved);
    if (isOver || (options.method === "tsne" && iteration >= options.iterations)) return;
  }
}
