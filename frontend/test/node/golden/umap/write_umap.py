"""Writes digits.u8.gz and umap.json.gz beside itself: what umap-learn 0.5.12 makes of scikit-learn's digits.

Needs `pip install umap-learn scikit-learn`; takes half a minute. The edges are those of the first 300 digits, and of 15
digits 20 times each; trustworthiness at 15 is scikit-learn's, of umap-learn's layouts of all 1,797 digits.
"""

import gzip
import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances
from umap import UMAP
from umap.umap_ import (
    discrete_metric_simplicial_set_intersection,
    find_ab_params,
    fuzzy_simplicial_set,
)

HERE = Path(__file__).parent
N_NEIGHBORS = 15
ROWS = 300
CURVES = [(0.1, 1.0), (0.0, 1.0), (0.5, 1.0), (0.99, 1.0), (1.0, 1.0), (0.1, 0.5), (0.25, 2.0), (3.0, 5.0)]


def neighbors_of(vectors: np.ndarray, metric: str) -> tuple[np.ndarray, np.ndarray]:
    """The row itself first, then its nearest, ties in the order of rows."""
    distances = pairwise_distances(vectors, metric=metric)
    np.fill_diagonal(distances, -1)
    order = np.argsort(distances, axis=1, kind="stable")[:, :N_NEIGHBORS]
    nearest = np.take_along_axis(distances, order, axis=1).astype(np.float32)
    nearest[:, 0] = 0
    return order, np.maximum(nearest, 0)


def edges_of(vectors: np.ndarray, metric: str, labels: np.ndarray | None = None, target_weight: float = 0.5) -> dict:
    order, nearest = neighbors_of(vectors, metric)
    graph, _, _ = fuzzy_simplicial_set(vectors, N_NEIGHBORS, None, metric, knn_indices=order, knn_dists=nearest)
    if labels is not None:
        far = 2.5 / (1 - target_weight) if target_weight < 1 else 1e12
        graph = discrete_metric_simplicial_set_intersection(graph, labels, far_dist=far)
    graph = graph.tocoo()
    edges = [
        [int(i), int(j), float(f"{w:.7g}")] for i, j, w in zip(graph.row, graph.col, graph.data, strict=True) if i < j
    ]
    return {
        "neighbors": order[:, 1:].ravel().tolist(),
        "distances": [float(f"{d:.9g}") for d in nearest[:, 1:].ravel()],
        "edges": edges,
    }


def main() -> None:
    digits = load_digits()
    vectors = digits.data[:ROWS]
    labels = digits.target[:ROWS].copy()
    labels[::7] = -1
    repeated = np.repeat(digits.data[:15], 20, axis=0)
    layouts = [
        UMAP(n_neighbors=N_NEIGHBORS, init=init, random_state=seed).fit_transform(digits.data)
        for init in ("pca", "spectral")
        for seed in (0, 1)
    ]
    golden = {
        "k": N_NEIGHBORS - 1,
        "rows": ROWS,
        "curves": [[min_dist, spread, *map(float, find_ab_params(spread, min_dist))] for min_dist, spread in CURVES],
        "euclidean": edges_of(vectors, "euclidean"),
        "cosine": edges_of(vectors, "cosine"),
        "repeated": edges_of(repeated, "euclidean"),
        "labels": labels.tolist(),
        "supervised": {str(weight): edges_of(vectors, "euclidean", labels, weight)["edges"] for weight in (0.5, 1.0)},
        "trustworthiness": [trustworthiness(digits.data, layout, n_neighbors=15) for layout in layouts],
    }
    (HERE / "umap.json.gz").write_bytes(gzip.compress(json.dumps(golden).encode(), 9, mtime=0))
    (HERE / "digits.u8.gz").write_bytes(gzip.compress(digits.data.astype(np.uint8).tobytes(), 9, mtime=0))


if __name__ == "__main__":
    main()
