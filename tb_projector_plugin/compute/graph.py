"""Computes the k nearest neighbors of every row, by the search that a trial on random rows predicts to be fastest.

Few rows are searched exactly; more rows through lists or an index where these are faster. The recall it reports is
that of the graph itself, on random rows that took no part in choosing the search. Of many rows it finds a few neighbors
first, in the same lists or index, searched less thoroughly: a layout can start with these.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.compute.equal_rows import EqualGroups, find_equal_groups
from tb_projector_plugin.compute.graph_exact import search_exactly
from tb_projector_plugin.compute.graph_index import BUILT, GraphIndex, estimate_build_s, search_index
from tb_projector_plugin.compute.graph_list_plan import ListPlan, plan_lists
from tb_projector_plugin.compute.graph_space import SearchResult, Vectors, prepare
from tb_projector_plugin.compute.graph_trial import Trial, draw_trials
from tb_projector_plugin.compute.progress import Report, report_part

Method = Literal["exact", "ivf", "hnsw"]
#: Receives the first neighbors, and the search that found them.
_Deliver = Callable[[Method, SearchResult], None]

#: Recall that a graph should reach: the fraction of true neighbors that it holds.
WANTED_RECALL = 0.99
#: Recall that a search must reach in the trial: on 500 random rows its error is about 0.0015, so that the graph's own
#: recall seldom falls below the wanted one.
_PLANNED_RECALL = WANTED_RECALL + 0.004
#: Recall, in the trial, of the first neighbors: that of a tenth more would take as long again.
_FIRST_RECALL = 0.9
#: Number of neighbors to find first, and of candidates beyond them that a search of the index keeps.
_FIRST = 15
_FIRST_SPARE = 10
#: Minimum ratio of all neighbors to the first ones: to find nearly all twice would only take longer.
_MIN_FIRST_RATIO = 3
#: Number of random rows to choose a search by, and of others to report the recall of; all are also searched exactly.
_CHOOSING_ROWS = 500
_RECALL_ROWS = 1000
#: Speedup over exact search, and seconds, at which a search is taken at once: to estimate another's cost costs more.
_CLEARLY_FASTER = 8.0
_SOON_S = 30.0
#: Progress after drawing the trials, and least progress after planning the lists: both take longer the more rows there
#: are, as the search does.
_DRAWN, _PLANNED = 0.05, 0.15
#: Minimum ratio of the other searches' time to the estimated build time for an index to be built: the estimate is from
#: few rows, each row of 70,000 takes four times as long, and querying takes as long again.
_INDEX_MARGIN = 8.0


@dataclass(frozen=True)
class Tried:
    """A search as the trial measured it: its recall, and the estimated `seconds` of processor time for all rows.

    The time of processors that it cannot use counts too.
    """

    method: Method
    recall: float
    seconds: float


@dataclass(frozen=True)
class Graph:
    """`neighbors` [rows, k], nearest first, without the row itself; `distances` [rows, k] in the metric.

    `recalls` [k] are those of the nearest neighbor, of the nearest two, and so on. `tried` are the searches that the
    method was chosen from; none for few rows. `equal_groups` are those of rows that are equal once centered or scaled.
    `first` is a graph of a few neighbors, of lower recall, that was found before.
    """

    neighbors: NDArray[np.int32]
    distances: NDArray[np.float32]
    method: Method
    recalls: Sequence[float]
    recall_rows: int
    tried: tuple[Tried, ...]
    equal_groups: EqualGroups
    first: Graph | None = None

    @property
    def recall(self) -> float:
        return self.recalls[-1]


def compute_graph(
    vectors: Vectors,
    k: int,
    metric: str,
    *,
    exact_rows: int = limits.GRAPH_EXACT_ROWS,
    first_rows: int = limits.GRAPH_FIRST_ROWS,
    report: Report = lambda _: None,
    deliver_first: Callable[[Graph], None] = lambda _: None,
) -> Graph:
    """`vectors` [rows, dims]: finite, at least two rows; 1 <= k < rows. They are centered (euclidean) or scaled to unit
    length (cosine; no row of length zero) in place. Distances are those of `/graph`: 1 - cos, euclidean, or -dot.
    `deliver_first` receives the first neighbors before the others are searched, if `finds_first` and they are sooner.
    """
    searched = prepare(vectors, metric)
    groups = [] if metric == "dot" else find_equal_groups(vectors)  # The largest products are not of equal rows.
    if len(vectors) <= exact_rows:
        neighbors, distances = search_exactly(searched, np.arange(len(vectors)), k, report)
        return Graph(neighbors, searched.to_metric(distances), "exact", [1.0] * k, len(vectors), (), groups)
    draw_report = report_part(report, 0, _DRAWN)
    choice_trial, recall_trial = draw_trials(searched, k, _CHOOSING_ROWS, _RECALL_ROWS, report=draw_report)
    found_first: list[Graph] = []

    def describe(method: Method, found: SearchResult) -> Graph:
        neighbors, distances = found
        judge = recall_trial.nearest(neighbors.shape[1])
        is_exact = method == "exact"
        recalls = [1.0] * neighbors.shape[1] if is_exact else judge.measure_recalls(neighbors)
        rows = len(vectors) if is_exact else len(judge.rows)
        return Graph(neighbors, searched.to_metric(distances), method, recalls, rows, tuple(search.tried), groups)

    def deliver(method: Method, found: SearchResult) -> None:
        found_first.append(describe(method, found))
        deliver_first(found_first[0])

    search = _Search(choice_trial, report, deliver if finds_first(len(vectors), k, first_rows) else None)
    return replace(describe(*search.run()), first=found_first[0] if found_first else None)


def finds_first(rows: int, k: int, first_rows: int = limits.GRAPH_FIRST_ROWS) -> bool:
    """Whether it is worth finding a few neighbors of each row first.

    It does not depend on what is cached: a layout that starts from the first neighbors is the same for every request.
    """
    return rows >= first_rows and k >= _MIN_FIRST_RATIO * _FIRST


class _Search:
    """Tries the searches, cheapest trial first, and runs the fastest."""

    def __init__(self, trial: Trial, report: Report, deliver_first: _Deliver | None) -> None:
        self._trial, self._report, self._deliver_first = trial, report, deliver_first
        self._k: int = trial.neighbors.shape[1]
        self.tried = [Tried("exact", 1.0, trial.exact_s)]

    def run(self) -> tuple[Method, SearchResult]:
        trial = self._trial
        began = time.process_time()
        plan = self._plan_lists()
        other_s = min(trial.exact_s, math.inf if plan is None else plan.seconds)
        taken_s = time.process_time() - began
        report = report_part(self._report, max(_PLANNED, taken_s / (taken_s + other_s)), 1)
        report(0)
        if _may_index_be_faster(trial, other_s):
            plan = None  # Frees the lists: they and the index each copy the vectors.
            use_first = None if self._deliver_first is None else partial(_find_first_in_index, self._deliver_first)
            index = search_index(trial, _PLANNED_RECALL, other_s, report, use_first)
            self.tried.append(Tried("hnsw", index.recall, index.seconds))
            if index.found is not None:
                return "hnsw", index.found
            report = report_part(report, BUILT, 1)
            plan = plan_lists(trial, _PLANNED_RECALL)
        if plan is not None and self._deliver_first is not None:
            report = _find_first_in_lists(self._deliver_first, plan, report)
        if plan is None or trial.exact_s <= plan.seconds:
            return "exact", search_exactly(trial.vectors, np.arange(len(trial.vectors.base)), self._k, report)
        return "ivf", plan.lists.search_all(self._k, plan.width, report)

    def _plan_lists(self) -> ListPlan | None:
        plan = plan_lists(self._trial, _PLANNED_RECALL)
        if plan is not None:
            self.tried.append(Tried("ivf", plan.recall, plan.seconds))
        return plan


def _find_first_in_lists(deliver: _Deliver, plan: ListPlan, report: Report) -> Report:
    """Returns the report of the rest."""
    width = plan.narrow(_FIRST, _FIRST_RECALL)
    if width is None:
        return report
    done = 1 / (1 + plan.measure_work(plan.width) / plan.measure_work(width))
    deliver("ivf", plan.lists.search_all(_FIRST, width, report_part(report, 0, done)))
    return report_part(report, done, 1)


def _find_first_in_index(deliver: _Deliver, index: GraphIndex, report: Report) -> None:
    deliver("hnsw", index.search_all(_FIRST, _FIRST + _FIRST_SPARE, report))


def _may_index_be_faster(trial: Trial, other_s: float) -> bool:
    """Certain only once it is built; the build time is estimated only where the answer is open."""
    soon_s = max(_SOON_S, trial.exact_s / _CLEARLY_FASTER)
    if len(trial.vectors.base) <= limits.GRAPH_INDEX_ROWS or other_s < soon_s:
        return False
    return other_s > _INDEX_MARGIN * estimate_build_s(trial.vectors)
