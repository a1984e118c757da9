"""Writes tsne.json.gz beside itself: what openTSNE 1.0.4 makes of scikit-learn's digits.

Needs `pip install openTSNE scikit-learn`; takes half a minute. The joint probabilities are those of the first 200
digits, and of 10 digits 20 times each, at perplexity 10; the KL divergences, in doubles over all pairs, those of layouts
of all 1,797 digits at perplexity 30.
"""

import gzip
import json
from pathlib import Path

import numpy as np
from openTSNE import TSNE
from openTSNE.affinity import PerplexityBasedNN
from openTSNE.nearest_neighbors import PrecomputedNeighbors
from scipy.sparse import spmatrix
from scipy.spatial.distance import pdist, squareform
from sklearn.datasets import load_digits
from sklearn.metrics import pairwise_distances

HERE = Path(__file__).parent
ROWS = 200
PERPLEXITY = 10
SEEDS = (0, 1)


def find_neighbors(vectors: np.ndarray, metric: str, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Other rows, nearest first, ties in the order of rows; distances rounded to float32."""
    distances = pairwise_distances(vectors, metric=metric)
    np.fill_diagonal(distances, np.inf)
    order = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return order, np.maximum(np.take_along_axis(distances, order, axis=1), 0).astype(np.float32)


def compute_joints(neighbors: np.ndarray, distances: np.ndarray, perplexity: float) -> spmatrix:
    index = PrecomputedNeighbors(neighbors, distances.astype(np.float64))
    return PerplexityBasedNN(knn_index=index, perplexity=perplexity).P


def describe(vectors: np.ndarray, metric: str) -> dict:
    neighbors, distances = find_neighbors(vectors, metric, 3 * PERPLEXITY)
    joints = compute_joints(neighbors, distances, PERPLEXITY).tocoo()
    pairs = zip(joints.row, joints.col, joints.data, strict=True)
    return {
        "neighbors": neighbors.ravel().tolist(),
        "distances": [float(f"{d:.9g}") for d in distances.ravel()],
        "joints": [[int(i), int(j), float(f"{p:.7g}")] for i, j, p in pairs if i < j],
    }


def compute_divergence(joints: spmatrix, layout: np.ndarray) -> float:
    """KL(P || Q) in nats."""
    q = squareform(1 / (1 + pdist(layout, "sqeuclidean")))
    pairs = joints.tocoo()
    kept = pairs.data > 0
    p = pairs.data[kept]
    return float(np.sum(p * np.log(p * q.sum() / q[pairs.row[kept], pairs.col[kept]])))


def lay_out(vectors: np.ndarray) -> list[float]:
    joints = compute_joints(*find_neighbors(vectors, "euclidean", 90), 30)
    layouts = [np.asarray(TSNE(perplexity=30, random_state=seed).fit(vectors)) for seed in SEEDS]
    return [compute_divergence(joints, layout) for layout in layouts]


def main() -> None:
    digits = load_digits().data
    golden = {
        "k": 3 * PERPLEXITY,
        "perplexity": PERPLEXITY,
        "euclidean": describe(digits[:ROWS], "euclidean"),
        "cosine": describe(digits[:ROWS], "cosine"),
        "repeated": describe(np.repeat(digits[:10], 20, axis=0), "euclidean"),
        "divergences": lay_out(digits),
    }
    (HERE / "tsne.json.gz").write_bytes(gzip.compress(json.dumps(golden).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
