"""Finds the k nearest neighbors of rows by measuring every pair: the ground truth for the other searches."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.faiss_batches import expanding_squares, measuring_differences
from tb_projector_plugin.compute.graph_space import SearchedVectors, SearchResult, drop_self
from tb_projector_plugin.compute.progress import Report

_QUERY_ROWS = 2048
#: Expanded squares (|a|² + |b|² - 2ab) below this fraction of |a|² + |b|² have lost too many digits to be compared.
_CANCELED = 1e-2


def search_exactly(
    vectors: SearchedVectors, rows: NDArray[Any], k: int, report: Report = lambda _: None
) -> SearchResult:
    """Neighbors and distances [rows, k] of these rows, nearest first, without the row itself."""
    import faiss

    neighbors = np.empty((len(rows), k), np.int32)
    distances = np.empty((len(rows), k), np.float32)
    squares = np.einsum("ij,ij->i", vectors.base, vectors.base)
    for start in range(0, len(rows), _QUERY_ROWS):
        some = rows[start : start + _QUERY_ROWS]
        with expanding_squares():
            found_distances, found = faiss.knn(vectors.base[some], vectors.base, k + 1, metric=vectors.faiss_metric)
        if vectors.by_product:
            np.negative(found_distances, out=found_distances)
        else:
            _search_canceled(vectors, some, found, found_distances, squares)
        end = start + len(some)
        neighbors[start:end], distances[start:end] = drop_self(some, found, found_distances)
        report(end / len(rows))
    return neighbors, distances


def _search_canceled(
    vectors: SearchedVectors,
    rows: NDArray[Any],
    found: NDArray[Any],
    distances: NDArray[np.float32],
    squares: NDArray[np.float32],
) -> None:
    """Searches again by differences for rows with a neighbor so near that its distance is mostly rounding: expanded
    squares cannot even order such neighbors. Several times slower, but exact.
    """
    lost = distances < _CANCELED * (squares[rows][:, None] + squares[found])
    lost &= found != rows[:, None]
    which = np.flatnonzero(lost.any(axis=1))
    if len(which):
        distances[which], found[which] = _search_by_differences(vectors, rows[which], found.shape[1])


def _search_by_differences(
    vectors: SearchedVectors, rows: NDArray[Any], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    import faiss

    with measuring_differences():
        distances, found = faiss.knn(vectors.base[rows], vectors.base, k)
    return distances, found
