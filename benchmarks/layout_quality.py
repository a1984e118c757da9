"""Quality of a picture, measured with tools from neither side: faiss, openTSNE's affinities, plain numpy."""

from __future__ import annotations

import faiss
import numpy as np
from scipy import sparse

TRUST_K = 15
TRUST_ROWS = 2000
_BLOCK_ROWS = 1000
_BLOCK_TRUST_ROWS = 100


def find_neighbors(vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The exact k nearest rows of each row, excluding itself: (rows, k) int64 row numbers and Euclidean distances."""
    centered = np.ascontiguousarray(vectors - vectors.mean(axis=0), np.float32)
    squares, found = faiss.knn(centered, centered, k + 1)
    is_self = found == np.arange(len(vectors))[:, None]
    is_self[~is_self.any(axis=1), -1] = True  # Among duplicates a row may miss itself: drop the last one.
    keep = ~is_self
    return found[keep].reshape(-1, k), np.sqrt(np.maximum(squares[keep], 0)).reshape(-1, k)


def compute_joint(neighbors: np.ndarray, distances: np.ndarray, perplexity: float) -> sparse.csr_matrix:
    """openTSNE's joint probabilities of a given graph; they sum to 1."""
    from openTSNE.affinity import PerplexityBasedNN
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    graph = PrecomputedNeighbors(neighbors, distances.astype(np.float64))
    return PerplexityBasedNN(knn_index=graph, perplexity=perplexity, n_jobs=-1).P


def compute_kl(joint: sparse.csr_matrix, coordinates: np.ndarray) -> float:
    """KL(P || Q) with the exact normalization of Q over all pairs (van der Maaten and Hinton 2008, equation 2)."""
    pairs = joint.tocoo()
    offsets = coordinates[pairs.row].astype(np.float64) - coordinates[pairs.col]
    weights = 1 / (1 + (offsets**2).sum(axis=1))
    log_q = np.log(weights) - np.log(_sum_weights(coordinates))
    return float((pairs.data * (np.log(pairs.data) - log_q)).sum())


def _sum_weights(coordinates: np.ndarray) -> float:
    """Sum of 1 / (1 + squared distance) over all ordered pairs of distinct rows."""
    places = coordinates.astype(np.float32)
    squares = (places**2).sum(axis=1)
    total = 0.0
    for first in range(0, len(places), _BLOCK_ROWS):
        block = places[first : first + _BLOCK_ROWS]
        distances = squares[first : first + _BLOCK_ROWS, None] + squares - 2 * block @ places.T
        total += float((1 / (1 + np.maximum(distances, 0))).sum(dtype=np.float64))
    return total - len(places)


def measure_trustworthiness(vectors: np.ndarray, coordinates: np.ndarray) -> float:
    """Venna and Kaski 2001, k = 15, over 2,000 random rows (all, if fewer) ranked against all."""
    rows = np.random.default_rng(0).permutation(len(vectors))[:TRUST_ROWS]
    n, k = len(vectors), TRUST_K
    return 1 - 2 * float(np.mean(_penalties(vectors, coordinates, rows))) / (k * (2 * n - 3 * k - 1))


def _penalties(vectors: np.ndarray, coordinates: np.ndarray, rows: np.ndarray) -> list[int]:
    """For each row, the sum by which the true ranks of its k nearest rows in the picture exceed k."""
    exact = vectors.astype(np.float64)
    squares = (exact**2).sum(axis=1)
    penalties = []
    for block in np.array_split(rows, max(1, len(rows) // _BLOCK_TRUST_ROWS)):
        distances = squares - 2 * exact[block] @ exact.T  # Without the row's own square, which does not change ranks.
        for row, true in zip(block, distances, strict=True):
            on_screen = ((coordinates - coordinates[row]) ** 2).sum(axis=1)
            on_screen[row] = true[row] = np.inf
            nearest = np.argpartition(on_screen, TRUST_K)[:TRUST_K]
            ranks = np.array([(true < true[other]).sum() + 1 for other in nearest])
            penalties.append(int(np.maximum(ranks - TRUST_K, 0).sum()))
    return penalties
