/** Lays out an embedding as the tab does, without the page: `node run_pipeline.mjs URL OUTPUT '{"method": "tsne", …}'`.
 *
 * URL is the plugin's on a server. t-SNE starts with the first neighbors where the server finds these first, goes on
 * with all, and runs in the tab's own workers. Writes the coordinates (float32, all x, then all y) to OUTPUT and prints
 * `{"seconds", "graph_s"}`: from the first request to the last iteration, and to the whole graph.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importFrom, SOURCES } from "./engine.mjs";
import "./web_workers.mjs";

const [base, output, text] = process.argv.slice(2);
const { method, embedding, k, iterations, perplexity, exaggerationIterations, seed } = JSON.parse(text);
const { ArrowAnswer, awaitAnswer, copyGraph, Layouts, parseGraph } = await importFrom(
  {
    "api/jobs.ts": "awaitAnswer",
    "data/arrow_answer.ts": "ArrowAnswer",
    "data/graph.ts": "copyGraph, parseGraph",
    "worker/layouts.ts": "Layouts",
  },
  ["worker/layout_worker.ts", "worker/repulsion_worker.ts"],
);
const wasm = new WebAssembly.Module(readFileSync(join(SOURCES, `engine/wasm/${method}.wasm`)));

const started = performance.now();
const secondsSince = () => (performance.now() - started) / 1000;
const over = makeDeferred();
const layouts = new Layouts({ onPreparing() {}, onHeld() {}, onRefined() {}, onRested() {}, onFrame, onDied }, async () => wasm);

const pca = new ArrowAnswer(await fetchBytes("projections", { method: "pca", components: 2 }));
let hasBegun = false;
const whole = parseGraph(await fetchBytes("graph", { k, metric: "euclidean" }, (first) => begin(parseGraph(first), true)));
const graphSeconds = secondsSince();
if (method === "tsne" && whole.first !== null) begin(copyGraph(whole.first), true);
if (hasBegun) layouts.refine(taskOf(whole, false));
else begin(whole, false);

const positions = await over.promise;
console.log(JSON.stringify({ seconds: secondsSince(), graph_s: graphSeconds }));
writeFileSync(output, positions);
process.exit();

function onFrame({ iteration, isOver, positions }) {
  if (isOver || (method === "tsne" && iteration === iterations)) over.resolve(positions);
  else layouts.releaseBuffer(positions);
}

function onDied({ message }) {
  over.reject(new Error(message));
}

/** The first call counts. */
function begin(graph, isFirst) {
  if (hasBegun) return;
  hasBegun = true;
  layouts.start(taskOf(graph, isFirst));
}

function taskOf(graph, isFirst) {
  const initial = new Float32Array(2 * graph.rows);
  for (const dimension of [0, 1]) initial.set(pca.floats(`pc${dimension + 1}`), dimension * graph.rows);
  const shared = { dimensions: 2, seed, initial, labels: null, supervision: 0 };
  if (method === "umap") return { method, graph, options: { ...shared, minDist: 0.1, spread: 1, epochs: null } };
  const own = { perplexity, learningRate: null, exaggeration: 12, exaggerationIterations };
  return { method, graph, options: { ...shared, ...own }, holdAt: isFirst ? exaggerationIterations : null };
}

async function fetchBytes(route, parameters, useFirst = () => {}) {
  const query = new URLSearchParams({ ...embedding, ...parameters });
  const read = async (response) => new Uint8Array(await response.arrayBuffer());
  const watch = { onProgress() {}, untilPresent: async () => {} };
  const send = () => fetch(`${base}${route}?${query}`);
  const signal = new AbortController().signal;
  return read(await awaitAnswer(send, base, watch, signal, (response) => read(response).then(useFirst)));
}

function makeDeferred() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
