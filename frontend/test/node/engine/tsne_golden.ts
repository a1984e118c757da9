/** openTSNE's layouts of scikit-learn's digits (golden/tsne/write_tsne.py). */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

interface Case {
  neighbors: number[];
  distances: number[];
  /** Each pair once. */
  joints: [row: number, other: number, joint: number][];
}
interface Golden {
  k: number;
  perplexity: number;
  euclidean: Case;
  cosine: Case;
  /** Ten digits, 20 times each. */
  repeated: Case;
  /** KL divergences of layouts of all digits at perplexity 30, one a seed. */
  divergences: number[];
}

export function readTsneGolden(): Golden {
  return JSON.parse(gunzipSync(readFileSync(new URL("../golden/tsne/tsne.json.gz", import.meta.url))).toString());
}
