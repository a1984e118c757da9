"""Computes distances of a few rows to all, in blocks, for ranking: of vectors by a metric, and of projected points.

It uses float64 throughout. It returns numbers monotone in the distance (its square, or the negated product), as only
the order matters; each class bounds their rounding error, so that ties are recognized.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.integer]

#: Size of one block of vectors in float64.
_BLOCK_BYTES = 1 << 26
#: Size of one block of distances, of some rows to the rows of a block.
_DISTANCES_BYTES = 1 << 25
_MAX_BLOCK_ROWS = 1 << 16
#: Bytes of paired vectors measured at a time: they and their differences stay in a core's cache.
_PAIRS_BYTES = 1 << 21
_EPS = float(np.finfo(np.float64).eps)


class RankDistances(Protocol):
    """Rows are given by number; smaller is nearer."""

    count: int

    def measure_pairs(self, rows: Indices, others: Indices) -> Array:
        """Distances [m, k] of `rows` [m] to `others` [m, k]."""

    def measure_all(self, rows: Indices) -> Iterator[tuple[slice, int, Array]]:
        """Distances of `rows` [m] to all rows: yields (slice of rows, first row of block, distances [slice, block])."""

    def bound_rounding(self, rows: Indices, distances: Array) -> Array | float:
        """Bound on the difference between `measure_all` and `distances` [m, k] of `rows`."""


class VectorDistances:
    """Distances of finite float32 `vectors` [n, dims] by "cosine" (none of length zero), "euclidean" or "dot"."""

    def __init__(self, vectors: NDArray[np.float32], metric: str) -> None:
        self.count, self._dims = vectors.shape
        self._vectors, self._metric = vectors, metric
        self._shift = vectors.mean(axis=0, dtype=np.float64) if metric == "euclidean" else None
        self._longest = self._find_longest() if metric == "dot" else 0.0

    def measure_pairs(self, rows: Indices, others: Indices) -> Array:
        distances = np.empty(others.shape)
        step = max(1, _PAIRS_BYTES // (8 * self._dims * max(1, others.shape[1])))
        for start in range(0, len(rows), step):
            some = slice(start, start + step)
            left = self._read(rows[some])[:, None]
            right = self._read(others[some].ravel()).reshape(*others[some].shape, self._dims)
            if self._metric == "dot":
                distances[some] = -(left * right).sum(axis=2)
            else:
                distances[some] = np.square(left - right).sum(axis=2)
        return distances

    def measure_all(self, rows: Indices) -> Iterator[tuple[slice, int, Array]]:
        queries = self._read(rows)
        squares = np.einsum("ij,ij->i", queries, queries)[:, None]
        block_rows = min(_MAX_BLOCK_ROWS, max(1, _BLOCK_BYTES // (8 * self._dims)))
        for start in range(0, self.count, block_rows):
            block = self._read(slice(start, start + block_rows))
            block_squares = np.einsum("ij,ij->i", block, block)
            for some in _split(len(rows), len(block)):
                products = queries[some] @ block.T
                if self._metric == "dot":
                    yield some, start, np.negative(products, out=products)
                else:
                    products *= -2
                    products += block_squares
                    products += squares[some]
                    yield some, start, products

    def bound_rounding(self, rows: Indices, distances: Array) -> Array:
        """Bounds sums of `dims` products (Higham 2002, §3.1). A row at squared distance t from one of squared length s
        has a squared length of at most 2 s + 2 t, so the bound does not depend on which row it is.
        """
        some = self._read(rows)
        squares = np.einsum("ij,ij->i", some, some)[:, None]
        if self._metric == "dot":
            return np.broadcast_to(np.sqrt(squares) * self._longest * (self._dims + 4) * _EPS, distances.shape)
        bound: Array = (6 * squares + 4 * distances) * (self._dims + 4) * _EPS
        return bound

    def _read(self, rows: Indices | slice) -> Array:
        vectors = self._vectors[rows].astype(np.float64)
        if self._shift is not None:
            vectors -= self._shift
        elif self._metric == "cosine":
            vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
        return vectors

    def _find_longest(self) -> float:
        return max(float(np.linalg.norm(self._read(some), axis=1).max()) for some in _split(self.count, self._dims))


class PointDistances:
    """Distances between projected points [n, 2 or 3], by differences: equal distances are equal to the last bit."""

    def __init__(self, coordinates: NDArray[np.floating]) -> None:
        self.count = len(coordinates)
        self._axes = np.ascontiguousarray(coordinates.T, np.float64)

    def measure_pairs(self, rows: Indices, others: Indices) -> Array:
        return self._measure([axis[rows][:, None] for axis in self._axes], [axis[others] for axis in self._axes])

    def measure_all(self, rows: Indices) -> Iterator[tuple[slice, int, Array]]:
        for start in range(0, self.count, _MAX_BLOCK_ROWS):
            block = [axis[None, start : start + _MAX_BLOCK_ROWS] for axis in self._axes]
            for some in _split(len(rows), block[0].shape[1]):
                yield some, start, self._measure([axis[rows[some]][:, None] for axis in self._axes], block)

    def bound_rounding(self, rows: Indices, distances: Array) -> float:  # noqa: ARG002
        return 0.0

    def _measure(self, left: list[Any], right: list[Any]) -> Array:
        squares: Array = np.square(left[0] - right[0])
        for left_axis, right_axis in zip(left[1:], right[1:], strict=True):
            difference = left_axis - right_axis
            difference *= difference
            squares += difference
        return squares


def _split(rows: int, columns: int) -> Iterator[slice]:
    """Slices of `rows` such that [slice, columns] distances fill a block."""
    step = max(1, _DISTANCES_BYTES // (8 * max(1, columns)))
    return (slice(start, min(rows, start + step)) for start in range(0, rows, step))
