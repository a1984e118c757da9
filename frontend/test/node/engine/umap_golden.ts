/** umap-learn's layouts of scikit-learn's digits (golden/umap/write_umap.py), and the digits' own neighbor graph. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Graph } from "../../../src/engine/layout";
import { graphOf } from "./graphs";

type Edge = [head: number, tail: number, weight: number];
interface Case {
  neighbors: number[];
  distances: number[];
  edges: Edge[];
}
interface Golden {
  k: number;
  rows: number;
  curves: [minDist: number, spread: number, a: number, b: number][];
  euclidean: Case;
  cosine: Case;
  repeated: Case;
  labels: number[];
  supervised: Record<"0.5" | "1.0", Edge[]>;
  trustworthiness: number[];
}

export const DIGITS = { rows: 1797, columns: 64 };

export function readGolden(): Golden {
  return JSON.parse(readGzip("umap.json.gz").toString());
}

/** 1,797 images of 8 × 8 pixels from 0 to 16, row-major. */
export function readDigits(): Uint8Array {
  return readGzip("digits.u8.gz");
}

export function goldenGraph(golden: Golden, name: "euclidean" | "cosine" | "repeated"): Graph {
  const { neighbors, distances } = golden[name];
  return graphOf(golden.k, neighbors, distances, name === "cosine" ? "cosine" : "euclidean");
}

function readGzip(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../golden/umap/${name}`, import.meta.url)));
}
