"""Plans a search of lists: how many components, lists and candidates finding a trial's true neighbors takes.

For the nearest candidates in the components among all rows, it knows which are true neighbors and how near their
lists are. Among fewer rows a candidate's rank is no worse, so that the planned recall is a lower bound.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.faiss_batches import expanding_squares
from tb_projector_plugin.compute.graph_axes import find_axes
from tb_projector_plugin.compute.graph_lists import VectorLists, Width
from tb_projector_plugin.compute.graph_projection import project
from tb_projector_plugin.compute.graph_space import Vectors
from tb_projector_plugin.compute.graph_trial import Trial

#: Fractions of the variance to try, fewest components first.
_VARIANCES = (0.9, 0.95, 0.98, 0.995)
#: Fraction of the true neighbors that must be among the largest number of candidates for components to be enough.
_ENOUGH_RECALL = 0.996
#: Numbers of candidates per neighbor to try, and others to try if that is no more candidates than the maximum.
_SPARES = (1.1, 1.25, 1.6, 2.0)
_MORE_SPARES, _MAX_MORE_CANDIDATES = (2.5, 4.0), 80
#: Multiplications that selecting a candidate costs per row reached, and the cost of one with a candidate's vector.
_SELECTION_WORK = 10
_CANDIDATE_WORK = 4
#: Number of distances to a row that take as long as gathering it.
_GATHERING = 25
#: Number of lists to search to estimate the time of all.
_TIMED_LISTS = 8


@dataclass(frozen=True)
class ListPlan:
    """Lists to search, the width, its recall in the trial, and the estimated seconds of processor time."""

    lists: VectorLists
    width: Width
    recall: float
    seconds: float
    candidates: _Candidates

    def measure_work(self, width: Width) -> float:
        """The multiplications that searching all lists takes."""
        return _count_work(self.lists, width, self.candidates.trial.vectors.base.shape[1])

    def narrow(self, k: int, wanted: float) -> Width | None:
        """The fastest width that finds only the nearest `k` with the `wanted` recall; None if none does."""
        fastest = _find_fastest(self.lists, self.candidates.nearest(k), wanted)
        return None if fastest is None else fastest[0]


def plan_lists(trial: Trial, wanted: float) -> ListPlan | None:
    """The fastest search that reaches the `wanted` recall; None if none does, however wide."""
    projected, candidates = _choose_projection(trial)
    lists = VectorLists(trial.vectors, projected)
    fastest = _find_fastest(lists, candidates, wanted)
    if fastest is None:
        return None
    width, recall = fastest
    return ListPlan(lists, width, recall, _estimate_s(lists, trial.neighbors.shape[1], width), candidates)


@dataclass(frozen=True)
class _Candidates:
    """Candidates of a trial's rows: `found` [n, candidates] in a projection, nearest first; `are_true` marks hits."""

    trial: Trial
    found: NDArray[np.int64]
    are_true: NDArray[np.bool_]

    def measure_recall(self, count: int) -> float:
        """The recall of the first `count` candidates."""
        k = self.trial.neighbors.shape[1]
        return float((np.minimum(self.are_true[:, :count].sum(axis=1), k) / k).mean())

    def nearest(self, k: int) -> _Candidates:
        """The same for the nearest `k` neighbors alone."""
        trial = self.trial.nearest(k)
        found = self.found[:, : _candidate_counts(trial)[-1]]
        return _Candidates(trial, found, trial.is_true(found))

    def measure_cover(self, lists: VectorLists, count: int) -> NDArray[np.float64]:
        """The recall [lists] of the first `count` candidates in the nearest list, in the nearest two, and so on."""
        k = self.trial.neighbors.shape[1]
        ranks = np.argsort(lists.near[lists.list_of[self.trial.rows]], axis=1)
        needed = np.take_along_axis(ranks, lists.list_of[self.found[:, :count]], 1)
        needed = np.sort(np.where(self.are_true[:, :count], needed, len(lists.sizes)), axis=1)[:, :k]
        return np.cumsum(np.bincount(needed.ravel(), minlength=len(lists.sizes)))[: len(lists.sizes)] / needed.size


def _choose_projection(trial: Trial) -> tuple[Vectors, _Candidates]:
    """The fewest components that preserve the neighbors."""
    axes = None if trial.vectors.by_product else find_axes(trial.vectors.base)
    kept = () if axes is None else (axes.keep(variance) for variance in _VARIANCES)
    for few in kept:
        if few is None:
            break
        projected = project(trial.vectors, few)
        candidates = _find_candidates(projected, trial)
        if _are_enough(candidates):
            return projected, candidates
        del projected  # There is room for one.
    projected = project(trial.vectors, None)
    return projected, _find_candidates(projected, trial)


def _are_enough(candidates: _Candidates) -> bool:
    return candidates.measure_recall(_candidate_counts(candidates.trial)[-1]) >= _ENOUGH_RECALL


def _find_fastest(lists: VectorLists, candidates: _Candidates, wanted: float) -> tuple[Width, float] | None:
    """The width that reaches the `wanted` recall with the least work, and its recall."""
    recalls = dict(_find_widths(lists, candidates, wanted))
    if not recalls:
        return None
    width = min(recalls, key=lambda width: _count_work(lists, width, candidates.trial.vectors.base.shape[1]))
    return width, recalls[width]


def _find_widths(lists: VectorLists, candidates: _Candidates, wanted: float) -> Iterator[tuple[Width, float]]:
    """Widths that reach the `wanted` recall, with theirs."""
    for count in _candidate_counts(candidates.trial):
        cover = candidates.measure_cover(lists, count)
        enough = np.flatnonzero(cover >= wanted)
        if len(enough):
            yield Width(int(enough[0]) + 1, count), float(cover[enough[0]])


def _candidate_counts(trial: Trial) -> list[int]:
    """Numbers of candidates to try, ascending: where few neighbors are wanted, many more of them cost little, and need
    fewer components.
    """
    wanted, most = trial.neighbors.shape[1] + 1, len(trial.vectors.base)
    counts = [math.ceil(spare * wanted) for spare in _SPARES]
    more = [math.ceil(spare * wanted) for spare in _MORE_SPARES]
    counts += [count for count in more if count <= _MAX_MORE_CANDIDATES]
    return sorted({min(most, count) for count in counts})


def _find_candidates(projected: Vectors, trial: Trial) -> _Candidates:
    import faiss

    count, metric = _candidate_counts(trial)[-1], trial.vectors.faiss_metric
    with expanding_squares():
        _, found = faiss.knn(projected[trial.rows], projected, count, metric=metric)
    return _Candidates(trial, found, trial.is_true(found))


def _count_work(lists: VectorLists, width: Width, dims: int) -> float:
    """Counts multiplications instead of time, so that the same vectors always give the same graph."""
    candidates = float(lists.sizes.sum()) * width.candidates
    return (
        float(_count_distances(lists, width).sum()) * (lists.dims + _SELECTION_WORK)
        + candidates * dims * _CANDIDATE_WORK
    )


def _count_distances(lists: VectorLists, width: Width) -> NDArray[np.float64]:
    """The distances [lists] that are measured, and as many as gathering the rows costs."""
    return np.where(lists.sizes > 0, lists.sizes + _GATHERING, 0.0) * lists.reached[:, width.lists - 1]


def _estimate_s(lists: VectorLists, k: int, width: Width) -> float:
    """Extrapolates from some lists, drawn by their work. Processors that are not used count as if they were."""
    import faiss

    work = _count_distances(lists, width)
    filled = np.flatnonzero(lists.sizes)
    drawn = np.random.default_rng(0).choice(
        filled, min(_TIMED_LISTS, len(filled)), replace=False, p=work[filled] / work.sum()
    )
    began = time.process_time()
    for _ in lists.search(drawn.tolist(), k, width):
        pass
    idle = faiss.omp_get_max_threads() / lists.count_threads(width)
    return (time.process_time() - began) * float(work.sum() / work[drawn].sum()) * idle
