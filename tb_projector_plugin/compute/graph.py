"""The k nearest neighbors of every row: by the fastest of three searches that a trial on random rows lets hope for.

Exact search of few rows; above, lists or an index where they are faster. The recall that is told is that of the graph
itself, for random rows that nothing was chosen by.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.compute.graph_exact import search_exactly
from tb_projector_plugin.compute.graph_index import BUILT, reckon_build_s, search_index
from tb_projector_plugin.compute.graph_list_plan import plan_lists
from tb_projector_plugin.compute.graph_space import Vectors, prepare
from tb_projector_plugin.compute.graph_trial import Trial, draw_trials

Report = Callable[[float], None]
Method = Literal["exact", "ivf", "hnsw"]
Found = tuple[NDArray[np.int32], NDArray[np.float32]]

METRICS = ("cosine", "euclidean", "dot")
#: Share of the true neighbors that a graph is to hold.
_WANTED_RECALL = 0.99
#: Share that a search is chosen by: of 500 random rows it is known to about 0.0015, so the graph's own is seldom below
#: what is wanted.
_PLANNED_RECALL = _WANTED_RECALL + 0.004
#: Random rows that a search is chosen by, and others whose recall is told: their neighbors are searched exactly, too.
_CHOOSING_ROWS = 500
_RECALL_ROWS = 1000
#: A search that is so much faster than the exact one is taken at once: reckoning another's cost would cost more.
_CLEARLY_FASTER = 8.0
#: An index is built where the other searches take so many times its least building time: of 70,000 rows each takes four
#: times as long as of few, and walking it takes as long again.
_INDEX_MARGIN = 8.0


@dataclass(frozen=True)
class Graph:
    """`neighbors` [rows, k], nearest first, the row itself left out; `distances` [rows, k] of the metric."""

    neighbors: NDArray[np.int32]
    distances: NDArray[np.float32]
    method: Method
    recall: float
    recall_rows: int


def compute_graph(
    vectors: Vectors, k: int, metric: str, *, exact_rows: int = limits.GRAPH_EXACT_ROWS, report: Report = lambda _: None
) -> Graph:
    """`vectors` [rows, dims]: finite, two rows at least; 1 <= k < rows. They are centred in place (euclidean) or scaled
    to length one (cosine; no row of length zero). Distances are those of `/graph`: 1 - cos, euclidean, or -dot.
    """
    searched = prepare(vectors, metric)
    if len(vectors) <= exact_rows:
        neighbors, distances = search_exactly(searched, np.arange(len(vectors)), k, report)
        return Graph(neighbors, searched.name(distances), "exact", 1.0, len(vectors))
    chooser, teller = draw_trials(searched, k, _CHOOSING_ROWS, _RECALL_ROWS)
    method, (neighbors, distances) = _search(chooser, k, report)
    recall, rows = (1.0, len(vectors)) if method == "exact" else (teller.measure_recall(neighbors), len(teller.rows))
    return Graph(neighbors, searched.name(distances), method, recall, rows)


def _search(trial: Trial, k: int, report: Report) -> tuple[Method, Found]:
    began = time.process_time()
    plan = plan_lists(trial, _PLANNED_RECALL)
    other_s = min(trial.exact_s, math.inf if plan is None else plan.seconds)
    taken_s = time.process_time() - began
    report_rest = _after(report, taken_s / (taken_s + other_s))
    if _may_index_be_faster(trial, other_s):
        plan = None  # Lists and index are a copy of the vectors each.
        found = search_index(trial, _PLANNED_RECALL, other_s, report_rest)
        if found is not None:
            return "hnsw", found
        report_rest = _after(report_rest, BUILT)
        plan = plan_lists(trial, _PLANNED_RECALL)
    if plan is None or trial.exact_s <= plan.seconds:
        return "exact", search_exactly(trial.vectors, np.arange(len(trial.vectors.base)), k, report_rest)
    return "ivf", plan.lists.search_all(k, plan.width, report_rest)


def _may_index_be_faster(trial: Trial, other_s: float) -> bool:
    """Not known before it is built, which is reckoned only where the answer is open."""
    if len(trial.vectors.base) <= limits.GRAPH_INDEX_ROWS or other_s * _CLEARLY_FASTER < trial.exact_s:
        return False
    return other_s > _INDEX_MARGIN * reckon_build_s(trial.vectors)


def _after(report: Report, begun: float) -> Report:
    """Reports the rest, when this share is done."""
    return lambda share: report(begun + (1 - begun) * share)
