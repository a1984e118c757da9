"""Computes the k nearest neighbors of every row, by the search that a trial on random rows predicts to be fastest.

Few rows are searched exactly; more rows through lists or an index where these are faster. The recall it reports is
that of the graph itself, on random rows that took no part in choosing the search.
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
from tb_projector_plugin.compute.equal_rows import EqualGroups, find_equal_groups
from tb_projector_plugin.compute.graph_exact import search_exactly
from tb_projector_plugin.compute.graph_index import BUILT, estimate_build_s, search_index
from tb_projector_plugin.compute.graph_list_plan import ListPlan, plan_lists
from tb_projector_plugin.compute.graph_space import Vectors, prepare
from tb_projector_plugin.compute.graph_trial import Trial, draw_trials

Report = Callable[[float], None]
Method = Literal["exact", "ivf", "hnsw"]
SearchResult = tuple[NDArray[np.int32], NDArray[np.float32]]

METRICS = ("cosine", "euclidean", "dot")
#: Recall that a graph should reach: the fraction of true neighbors that it holds.
WANTED_RECALL = 0.99
#: Recall that a search must reach in the trial: on 500 random rows its error is about 0.0015, so that the graph's own
#: recall seldom falls below the wanted one.
_PLANNED_RECALL = WANTED_RECALL + 0.004
#: Number of random rows to choose a search by, and of others to report the recall of; all are also searched exactly.
_CHOOSING_ROWS = 500
_RECALL_ROWS = 1000
#: Speedup over exact search at which a search is taken at once: estimating another's cost would cost more.
_CLEARLY_FASTER = 8.0
#: Minimum ratio of the other searches' time to the estimated build time for an index to be built: the estimate is from
#: few rows, each row of 70,000 takes four times as long, and querying takes as long again.
_INDEX_MARGIN = 8.0


@dataclass(frozen=True)
class Tried:
    """A search as the trial measured it: its recall, and the estimated `seconds` of processor time for all rows."""

    method: Method
    recall: float
    seconds: float


@dataclass(frozen=True)
class Graph:
    """`neighbors` [rows, k], nearest first, without the row itself; `distances` [rows, k] in the metric.

    `tried` are the searches that the method was chosen from; none for few rows. `equal_groups` are those of rows that
    are equal once centered or scaled.
    """

    neighbors: NDArray[np.int32]
    distances: NDArray[np.float32]
    method: Method
    recall: float
    recall_rows: int
    tried: tuple[Tried, ...]
    equal_groups: EqualGroups


def compute_graph(
    vectors: Vectors, k: int, metric: str, *, exact_rows: int = limits.GRAPH_EXACT_ROWS, report: Report = lambda _: None
) -> Graph:
    """`vectors` [rows, dims]: finite, at least two rows; 1 <= k < rows. They are centered (euclidean) or scaled to unit
    length (cosine; no row of length zero) in place. Distances are those of `/graph`: 1 - cos, euclidean, or -dot.
    """
    searched = prepare(vectors, metric)
    groups = [] if metric == "dot" else find_equal_groups(vectors)  # The largest products are not of equal rows.
    if len(vectors) <= exact_rows:
        neighbors, distances = search_exactly(searched, np.arange(len(vectors)), k, report)
        return Graph(neighbors, searched.to_metric(distances), "exact", 1.0, len(vectors), (), groups)
    choice_trial, recall_trial = draw_trials(searched, k, _CHOOSING_ROWS, _RECALL_ROWS)
    search = _Search(choice_trial, k, report)
    method, (neighbors, distances) = search.run()
    recall, rows = 1.0, len(vectors)
    if method != "exact":
        recall, rows = recall_trial.measure_recall(neighbors), len(recall_trial.rows)
    return Graph(neighbors, searched.to_metric(distances), method, recall, rows, tuple(search.tried), groups)


class _Search:
    """Tries the searches, cheapest trial first, and runs the fastest."""

    def __init__(self, trial: Trial, k: int, report: Report) -> None:
        self._trial, self._k, self._report = trial, k, report
        self.tried = [Tried("exact", 1.0, trial.exact_s)]

    def run(self) -> tuple[Method, SearchResult]:
        trial = self._trial
        began = time.process_time()
        plan = self._plan_lists()
        other_s = min(trial.exact_s, math.inf if plan is None else plan.seconds)
        taken_s = time.process_time() - began
        report = _after(self._report, taken_s / (taken_s + other_s))
        if _may_index_be_faster(trial, other_s):
            plan = None  # Frees the lists: they and the index each copy the vectors.
            index = search_index(trial, _PLANNED_RECALL, other_s, report)
            self.tried.append(Tried("hnsw", index.recall, index.seconds))
            if index.found is not None:
                return "hnsw", index.found
            report = _after(report, BUILT)
            plan = plan_lists(trial, _PLANNED_RECALL)
        if plan is None or trial.exact_s <= plan.seconds:
            return "exact", search_exactly(trial.vectors, np.arange(len(trial.vectors.base)), self._k, report)
        return "ivf", plan.lists.search_all(self._k, plan.width, report)

    def _plan_lists(self) -> ListPlan | None:
        plan = plan_lists(self._trial, _PLANNED_RECALL)
        if plan is not None:
            self.tried.append(Tried("ivf", plan.recall, plan.seconds))
        return plan


def _may_index_be_faster(trial: Trial, other_s: float) -> bool:
    """Certain only once it is built; the build time is estimated only where the answer is open."""
    if len(trial.vectors.base) <= limits.GRAPH_INDEX_ROWS or other_s * _CLEARLY_FASTER < trial.exact_s:
        return False
    return other_s > _INDEX_MARGIN * estimate_build_s(trial.vectors)


def _after(report: Report, begun: float) -> Report:
    """Reports the progress of the rest once this fraction is done."""
    return lambda share: report(begun + (1 - begun) * share)
