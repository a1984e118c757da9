"""Draws random rows with known true neighbors, to measure the recall of a search and the cost of exact search."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph_exact import search_exactly
from tb_projector_plugin.compute.graph_space import SearchedVectors
from tb_projector_plugin.compute.progress import Report

#: Relative difference of measured distances up to which they count as equal.
_TIE = 1e-6


@dataclass(frozen=True)
class Trial:
    """`rows` [n], ascending, and their true `neighbors` [n, k], nearest first; `exact_s` is the estimated time of
    exact search for all rows, in seconds of processor time, which a busy machine changes little.
    """

    vectors: SearchedVectors
    rows: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    exact_s: float

    def thin(self, step: int) -> Trial:
        """Every `step`-th of its rows."""
        return replace(self, rows=self.rows[::step], neighbors=self.neighbors[::step])

    def nearest(self, k: int) -> Trial:
        """The same rows with the nearest `k` of their neighbors."""
        return replace(self, neighbors=self.neighbors[:, :k])

    def is_true(self, found: NDArray[Any]) -> NDArray[np.bool_]:
        """Mask of `found` [n, any]: neighbors no farther than the true k-th; ties count as correct, the row itself does
        not.
        """
        return self._is_within(self.vectors.measure(self.rows, found), self._reaches()[:, -1:], found)

    def measure_recalls(self, graph: NDArray[Any]) -> list[float]:
        """Fractions of the nearest one, two, and so on up to k neighbors in a graph [all rows, k] that are true, over
        the trial's rows.
        """
        found = graph[self.rows]
        distances, reaches = self.vectors.measure(self.rows, found), self._reaches()
        counts = range(1, found.shape[1] + 1)
        return [
            float(self._is_within(distances[:, :count], reaches[:, count - 1 : count], found[:, :count]).mean())
            for count in counts
        ]

    def _reaches(self) -> NDArray[np.float32]:
        """The distance [n, k] within which the nearest one, two, and so on of the true neighbors lie."""
        reaches: NDArray[np.float32] = np.maximum.accumulate(self.vectors.measure(self.rows, self.neighbors), axis=1)
        return reaches

    def _is_within(
        self, distances: NDArray[np.float32], reach: NDArray[np.float32], found: NDArray[Any]
    ) -> NDArray[np.bool_]:
        hits: NDArray[np.bool_] = (distances <= reach + _TIE * np.abs(reach)) & (found != self.rows[:, None])
        return hits


def draw_trials(vectors: SearchedVectors, k: int, *counts: int, report: Report = lambda _: None) -> list[Trial]:
    """Trials of `counts` rows, disjoint if there are enough: one chooses a search, another measures it unbiased."""
    order = np.random.default_rng(0).permutation(len(vectors.base))
    drawn = [np.sort(np.roll(order, -sum(counts[:at]))[:count]) for at, count in enumerate(counts)]
    neighbors, exact_s = _time_exact(vectors, np.concatenate(drawn), k, report)
    parts = np.split(neighbors, np.cumsum([len(rows) for rows in drawn[:-1]]))
    return [Trial(vectors, rows, part, exact_s) for rows, part in zip(drawn, parts, strict=True)]


def _time_exact(
    vectors: SearchedVectors, rows: NDArray[np.int64], k: int, report: Report
) -> tuple[NDArray[np.int32], float]:
    import faiss  # noqa: F401  Loaded before the clock starts: it is not part of the search.

    began = time.process_time()
    neighbors, _ = search_exactly(vectors, rows, k, report)
    seconds = time.process_time() - began
    return neighbors, seconds * len(vectors.base) / len(rows)
