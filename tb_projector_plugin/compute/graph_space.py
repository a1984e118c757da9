"""Prepares vectors so that a graph search in any metric becomes one by euclidean distance or by product.

Vectors are centered for euclidean and scaled to unit length for cosine; both are then searched by euclidean distance.
Near points are measured by differences, so that offsets and duplicates cost no digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import DataError

Vectors = NDArray[np.float32]
#: Neighbors and distances, both [rows, k].
SearchResult = tuple[NDArray[np.int32], NDArray[np.float32]]

_BLOCK_ROWS = 8192
#: Rows whose median is the center.
_CENTER_ROWS = 1000
#: Numbers between these have squares that float32 can sum over any count of dimensions.
_LEAST, _LARGEST = 1e-12, 1e15
_LEAST_NORMAL = float(np.finfo(np.float32).tiny)


@dataclass(frozen=True)
class SearchedVectors:
    """`base` [rows, dims] is searched for its own rows, by euclidean distance or, if `by_product`, by product."""

    base: Vectors
    metric: str
    scale: float

    @property
    def by_product(self) -> bool:
        return self.metric == "dot"

    @property
    def faiss_metric(self) -> int:
        """What faiss searches them by."""
        import faiss

        return int(faiss.METRIC_INNER_PRODUCT if self.by_product else faiss.METRIC_L2)

    def measure(self, rows: NDArray[Any], others: NDArray[Any]) -> NDArray[np.float32]:
        """Search distances of `rows` [n] to `others` [n, k]: squared euclidean distances, or negated products."""
        import faiss

        queries, ids = np.ascontiguousarray(self.base[rows]), np.ascontiguousarray(others, np.int64)
        distances = np.empty(ids.shape, np.float32)
        compute = getattr(faiss, "fvec_inner_products_by_idx" if self.by_product else "fvec_L2sqr_by_idx")
        pointers = [faiss.swig_ptr(array) for array in (distances, queries, self.base, ids)]
        compute(*pointers, self.base.shape[1], *ids.shape)
        return np.negative(distances, out=distances) if self.by_product else distances

    def choose_nearest(
        self, rows: NDArray[Any], others: NDArray[Any], count: int
    ) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """The `count` nearest of `others` [n, k], nearest first, and their distances as `measure` returns them."""
        distances = self.measure(rows, others)
        order = np.argsort(distances, axis=1)[:, :count]
        return np.take_along_axis(others, order, 1), np.take_along_axis(distances, order, 1)

    def to_metric(self, searched: NDArray[np.float32]) -> NDArray[np.float32]:
        """Converts search distances to those of the metric, in place. Raises DataError for distances beyond float32."""
        if self.metric == "euclidean":
            np.sqrt(np.maximum(searched, 0, out=searched), out=searched)
            _scale(searched, self.scale)
        elif self.metric == "cosine":
            np.maximum(searched, 0, out=searched)
            searched /= 2
        else:
            _scale(searched, self.scale * self.scale)
        return searched


def prepare(vectors: Vectors, metric: str) -> SearchedVectors:
    """Prepares `vectors` in place: see `compute_graph`."""
    if metric == "cosine":
        _scale_to_one(vectors)
        return SearchedVectors(vectors, metric, 1.0)
    scale = _bring_into_range(vectors)
    if metric == "euclidean":
        vectors -= find_center(vectors)
        scale *= _bring_into_range(vectors)  # What the center leaves may be much smaller.
    return SearchedVectors(vectors, metric, scale)


def find_center(vectors: Vectors) -> Vectors:
    """The median of a sample in each dimension: unlike the mean, it lies among the rows when a few are far away."""
    chosen = np.linspace(0, len(vectors) - 1, min(len(vectors), _CENTER_ROWS)).astype(np.int64)
    center: Vectors = np.median(vectors[chosen], axis=0)
    return center


def _scale(distances: NDArray[np.float32], factor: float) -> None:
    largest = factor * max(float(distances.max(initial=0)), -float(distances.min(initial=0)))
    if largest > float(np.finfo(np.float32).max):
        raise DataError(
            f"Distances between these vectors reach {largest:.1e}, beyond the numbers of float32 (3.4e38).",
            "Choose cosine as the metric, or scale the vectors down.",
        )
    distances *= factor


def _scale_to_one(vectors: Vectors) -> None:
    for start in range(0, len(vectors), _BLOCK_ROWS):
        block = vectors[start : start + _BLOCK_ROWS]
        block /= np.abs(block).max(axis=1, keepdims=True)  # So that squares neither over- nor underflow.
        block /= np.sqrt(np.einsum("ij,ij->i", block, block))[:, None]


def _bring_into_range(vectors: Vectors) -> float:
    """Scales numbers whose squares would over- or underflow; returns the divisor.

    Large ones are scaled no further than needed, for the sake of small ones beside them.
    """
    largest = max(float(vectors.max()), -float(vectors.min()))
    if largest == 0 or _LEAST < largest < _LARGEST:
        return 1.0
    # Not a denormal number: where libraries made the CPU take these for zero, it would be a division by zero.
    divisor = np.float32(largest / _LARGEST if largest >= _LARGEST else max(largest, _LEAST_NORMAL))
    vectors /= divisor
    return float(divisor)


def drop_self(rows: NDArray[Any], found: NDArray[Any], distances: NDArray[np.float32]) -> SearchResult:
    """Drops the row itself, once even if it was found more than once.

    If it was not found, as among many duplicates, the last neighbor is dropped.
    """
    is_self = found == rows[:, None]
    first = is_self & (np.cumsum(is_self, axis=1) == 1)
    first[~is_self.any(axis=1), -1] = True
    shape = (len(rows), found.shape[1] - 1)
    return found[~first].reshape(shape).astype(np.int32), distances[~first].reshape(shape)
