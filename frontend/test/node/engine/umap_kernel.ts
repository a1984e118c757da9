/** The built kernels as tests load them, and a layout run to its end. */
import { readFileSync } from "node:fs";
import type { Graph, SyncLayout } from "../../../src/engine/layout";
import { createUmap } from "../../../src/engine/umap";
import type { UmapOptions } from "../../../src/engine/umap_options";

const [simd, scalar] = ["umap", "umap_scalar"].map(
  (name) => new WebAssembly.Module(readFileSync(new URL(`../../../src/engine/wasm/${name}.wasm`, import.meta.url))),
) as [WebAssembly.Module, WebAssembly.Module];

export const MODULES = { simd, scalar };
export const BUILDS = ["simd", "scalar"] as const;

export const DEFAULTS: UmapOptions = {
  dimensions: 2,
  seed: 1,
  initial: null,
  labels: null,
  minDist: 0.1,
  spread: 1,
  epochs: null,
};

export function prepared(
  graph: Graph,
  options: Partial<UmapOptions> = {},
  build: (typeof BUILDS)[number] = "simd",
): SyncLayout {
  const layout = createUmap(MODULES[build], graph, { ...DEFAULTS, ...options });
  for (const _share of layout.prepare());
  return layout;
}

export function runLayout(
  graph: Graph,
  options: Partial<UmapOptions> = {},
  build: (typeof BUILDS)[number] = "simd",
): Float32Array {
  const layout = prepared(graph, options, build);
  while (!layout.step().isOver);
  return layout.positions().slice();
}
