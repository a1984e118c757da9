"""Computes distances from one vector: fast lower bounds, and exact values.

`estimate` works in the rows' own precision and subtracts a bound on its rounding: a row that it places beyond a
radius is beyond it. `measure` works in float64 from differences, never from expanded squares, which lose the digits
of points far from zero.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats
from tb_projector_plugin.compute.spaces import spherize_rows

Array = NDArray[np.float64]

#: How many times the bound on its rounding a square must be to count as precise: the bound then takes 0.8 % of a
#: distance at most.
_PRECISE: Final = 64
#: Fraction of imprecise rows above which all are measured from differences.
_MAX_IMPRECISE: Final = 0.25


class Metric(ABC):
    """Distances to `query` [dims]; smaller is nearer."""

    def __init__(self, query: NDArray[Any], dtype: np.dtype[Any]) -> None:
        self.exact_query = np.asarray(query, np.float64)
        self.query = self.exact_query.astype(dtype)
        #: Bound on the rounding of a sum of `dims` products, relative to the sum of their magnitudes.
        #: N. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., §3.1.
        self.rounding = float(np.finfo(dtype).eps) * (len(self.query) + 4)
        #: Sums of squares below this may be pure rounding.
        self.underflow = float(np.finfo(dtype).tiny) / self.rounding

    def has_direction(self, lengths: Floats) -> NDArray[np.bool_]:
        """Whether rows of these lengths, which may have under- or overflowed, can be scaled by them."""
        mask: NDArray[np.bool_] = (lengths > math.sqrt(self.underflow)) & np.isfinite(lengths)
        return mask

    @abstractmethod
    def estimate(self, rows: Floats, lengths: Floats) -> Floats:
        """A lower bound on the distance of each of `rows`, which are that long; not finite where none is known."""

    @abstractmethod
    def measure(self, rows: Array) -> Array:
        """The distances; not finite where a row's distance is undefined."""


class PlainMetric(Metric):
    """A metric of rows as they are, which can also bound the distances of unit rows from products alone."""

    @abstractmethod
    def estimate_unit_rows(self, products: Floats) -> Floats:
        """A lower bound on the distances of unit rows whose products with the query are at upper_bound these."""


class _Euclidean(PlainMetric):
    def __init__(self, query: NDArray[Any], dtype: np.dtype[Any]) -> None:
        super().__init__(query, dtype)
        self._query_rounding = float(np.linalg.norm(self.exact_query - self.query))
        self._square = float(self.exact_query @ self.exact_query)
        self._rounded_length = float(np.linalg.norm(self.query.astype(np.float64)))

    def estimate(self, rows: Floats, lengths: Floats) -> Floats:
        """From products where these keep enough digits, else from differences, which take twice as long."""
        squares, error = self._expand(rows, lengths)
        imprecise = np.flatnonzero(~(squares > _PRECISE * error))
        if len(imprecise) <= len(rows) * _MAX_IMPRECISE:
            squares -= error
            squares[imprecise] = self._square_differences(rows[imprecise])
        else:
            squares = self._square_differences(rows)
        lower: Floats = np.sqrt(squares) - self._query_rounding
        return lower

    def _expand(self, rows: Floats, lengths: Floats) -> tuple[Floats, Floats]:
        """|x - q|² = |x|² + |q|² - 2 x·q, and a bound on its rounding."""
        squares: Floats = lengths * lengths
        squares += self._rounded_length**2
        products = rows @ self.query
        products *= 2
        squares -= products
        error: Floats = lengths + self._rounded_length
        error *= error
        error *= 2 * self.rounding
        error += self.underflow
        return squares, error

    def _square_differences(self, rows: Floats) -> Floats:
        """A lower bound on |x - q|²."""
        difference = rows - self.query
        squares: Floats = np.einsum("ij,ij->i", difference, difference)
        squares[squares < self.underflow] = 0
        squares *= (1 - self.rounding) ** 2
        return squares

    def estimate_unit_rows(self, products: Floats) -> Floats:
        """|u - q|² = 1 + |q|² - 2 u·q, minus what rounding may have added."""
        squares = (1 + self._square) * (1 - self.rounding) - 2 * products
        distances: Floats = np.sqrt(np.maximum(squares, 0))
        return distances

    def measure(self, rows: Array) -> Array:
        difference = rows - self.exact_query
        distances: Array = np.sqrt(np.einsum("ij,ij->i", difference, difference))
        return distances


class _Cosine(PlainMetric):
    def __init__(self, query: NDArray[Any], dtype: np.dtype[Any]) -> None:
        super().__init__(query, dtype)
        self._unit = _to_unit(self.exact_query[None])[0]
        self._estimated_unit = self._unit.astype(dtype)
        self._length = float(np.linalg.norm(self.exact_query))

    def estimate(self, rows: Floats, lengths: Floats) -> Floats:
        cosines = rows @ self._estimated_unit
        cosines /= lengths
        lower: Floats = (1 - 2 * self.rounding) - cosines
        lower[~self.has_direction(lengths)] = np.nan
        return lower

    def estimate_unit_rows(self, products: Floats) -> Floats:
        return 1 - products / self._length - 2 * self.rounding

    def measure(self, rows: Array) -> Array:
        """Computes 1 - cos as half the squared distance of unit vectors, which keeps its digits for near duplicates."""
        difference = _to_unit(rows) - self._unit
        distances: Array = np.einsum("ij,ij->i", difference, difference) / 2
        return distances


class _Dot(PlainMetric):
    def __init__(self, query: NDArray[Any], dtype: np.dtype[Any]) -> None:
        super().__init__(query, dtype)
        self._length = float(np.linalg.norm(self.exact_query))

    def estimate(self, rows: Floats, lengths: Floats) -> Floats:
        lower: Floats = -(rows @ self.query) - lengths * (self._length * 2 * self.rounding) - self.underflow
        return lower

    def estimate_unit_rows(self, products: Floats) -> Floats:
        return -products

    def measure(self, rows: Array) -> Array:
        return -(rows @ self.exact_query)


class Spherized(Metric):
    """Another metric, applied after the mean is subtracted from every row and each is scaled to unit length."""

    def __init__(self, metric: type[PlainMetric], query: NDArray[Any], dtype: np.dtype[Any], mean: Array) -> None:
        super().__init__(query, dtype)
        self._metric, self._mean = metric(query, dtype), mean
        self._rounded_mean = mean.astype(dtype)
        self._mean_rounding = float(np.linalg.norm(mean - self._rounded_mean))
        self._length = float(np.linalg.norm(self.exact_query))

    def estimate(self, rows: Floats, lengths: Floats) -> Floats:
        """Bounds the product with the unit row, which is off by its own rounding and by that of the rounded mean.

        `lengths` are the rows' distances from the mean.
        """
        products = (rows - self._rounded_mean) @ self.query
        off = (4 * self.rounding + 2 * self._mean_rounding / lengths) * self._length
        lower = self._metric.estimate_unit_rows(products / lengths + off)
        lower[~self.has_direction(lengths)] = np.nan
        return lower

    def measure(self, rows: Array) -> Array:
        return self._metric.measure(spherize_rows(rows, self._mean).astype(np.float64, copy=False))


def _to_unit(rows: Array) -> Array:
    """Unit rows, NaN for rows of length zero; rows are scaled first so that no square over- or underflows."""
    rows = rows / np.abs(rows).max(axis=1, keepdims=True)
    unit: Array = rows / np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return unit


METRICS: dict[str, type[PlainMetric]] = {"cosine": _Cosine, "euclidean": _Euclidean, "dot": _Dot}
