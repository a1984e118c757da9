"""Graphs against scikit-learn's brute force in float64, by every search, on difficult data."""

import importlib
import itertools
import tracemalloc
from dataclasses import replace

import faiss
import numpy as np
import pytest
from graph_answers import force_search
from sklearn.datasets import load_digits
from sklearn.neighbors import NearestNeighbors

from tb_projector_plugin import limits
from tb_projector_plugin.compute import graph as graph_module
from tb_projector_plugin.compute import graph_axes, graph_index, graph_list_plan, graph_lists, graph_projection
from tb_projector_plugin.compute.distances import METRICS
from tb_projector_plugin.compute.graph import compute_graph
from tb_projector_plugin.compute.graph_axes import find_axes
from tb_projector_plugin.compute.graph_space import prepare
from tb_projector_plugin.compute.graph_trial import draw_trials

DIGITS = load_digits().data.astype(np.float32)
NOISE = np.random.default_rng(0).standard_normal((1500, 24)).astype(np.float32)
CLUSTERS = (np.random.default_rng(1).standard_normal((40, 24)) * 3)[np.arange(1500) % 40].astype(np.float32) + NOISE


@pytest.fixture(params=["ivf", "hnsw"])
def approximate(request, monkeypatch):
    force_search(request.param, monkeypatch)
    return request.param


@pytest.fixture
def one_thread():
    """Older versions of faiss build another HNSW each time when two threads add to it."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    yield
    faiss.omp_set_num_threads(before)


def true_distances(vectors, k, metric):
    """[rows, k] distances in ascending order, without the rows themselves."""
    exact = vectors.astype(np.float64)
    if metric == "dot":
        distances = -(exact @ exact.T)
        np.fill_diagonal(distances, np.inf)
        return np.sort(distances, axis=1)[:, :k]
    found, rows = NearestNeighbors(n_neighbors=k + 1, metric=metric, algorithm="brute").fit(exact).kneighbors()
    return found[:, :k] if rows.shape[1] > k else found


def distances_of(vectors, neighbors, metric):
    exact = vectors.astype(np.float64)
    if metric == "cosine":
        exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    left, right = exact[:, None], exact[neighbors]
    if metric == "euclidean":
        return np.linalg.norm(left - right, axis=2)
    products = (left * right).sum(axis=2)
    return 1 - products if metric == "cosine" else -products


def recall_of(vectors, graph, k, metric):
    """Fraction of the graph's neighbors that are at least as near as the true k-th."""
    last = true_distances(vectors, k, metric)[:, -1:]
    return (distances_of(vectors, graph.neighbors, metric) <= last + 1e-6 * np.abs(last) + 1e-9).mean()


def check_form(graph, rows, k):
    assert graph.neighbors.shape == graph.distances.shape == (rows, k)
    assert (graph.neighbors.dtype, graph.distances.dtype) == (np.int32, np.float32)
    assert ((graph.neighbors >= 0) & (graph.neighbors < rows)).all()
    assert (graph.neighbors != np.arange(rows)[:, None]).all()
    assert (np.diff(graph.distances, axis=1) >= -1e-5 * np.abs(graph.distances[:, 1:])).all()


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("k", [1, 15, 90])
def test_exact_search_is_brute_force(metric, k):
    graph = compute_graph(CLUSTERS.copy(), k, metric)
    check_form(graph, 1500, k)
    assert (graph.method, graph.recall, graph.recall_rows) == ("exact", 1, 1500)
    np.testing.assert_allclose(graph.distances, true_distances(CLUSTERS, k, metric), rtol=2e-4, atol=2e-6)
    np.testing.assert_allclose(distances_of(CLUSTERS, graph.neighbors, metric), graph.distances, rtol=2e-4, atol=2e-6)
    assert all(len(set(row)) == k for row in graph.neighbors.tolist())


@pytest.mark.parametrize("metric", METRICS)
def test_what_is_found_is_what_is_reported(metric, approximate):
    graph = compute_graph(CLUSTERS.copy(), 20, metric, exact_rows=100)
    check_form(graph, 1500, 20)
    assert (graph.method, graph.recall_rows) == (approximate, 1000)
    assert graph.recall >= 0.99
    assert recall_of(CLUSTERS, graph, 20, metric) == pytest.approx(graph.recall, abs=0.005)
    assert [one.method for one in graph.tried] == ["exact", approximate]
    assert graph.tried[0].recall == 1
    assert graph.tried[1].recall == pytest.approx(graph.recall, abs=0.01)
    assert graph.tried[1].seconds < graph.tried[0].seconds
    np.testing.assert_allclose(distances_of(CLUSTERS, graph.neighbors, metric), graph.distances, rtol=2e-4, atol=2e-6)
    assert all(len(set(row)) == 20 for row in graph.neighbors.tolist())


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("metric", METRICS)
def test_the_first_neighbors_come_before_the_others_and_change_none(metric, approximate):
    delivered = []
    graph = compute_graph(CLUSTERS.copy(), 45, metric, exact_rows=100, first_rows=1500, deliver_first=delivered.append)
    (first,) = delivered
    assert graph.first is first
    check_form(first, 1500, 15)
    assert (first.method, first.recall_rows, first.first) == (approximate, 1000, None)
    assert first.recall > 0.8
    assert recall_of(CLUSTERS, first, 15, metric) == pytest.approx(first.recall, abs=0.02)
    np.testing.assert_allclose(distances_of(CLUSTERS, first.neighbors, metric), first.distances, rtol=2e-4, atol=2e-6)
    alone = compute_graph(CLUSTERS.copy(), 45, metric, exact_rows=100)
    assert np.array_equal(alone.neighbors, graph.neighbors)
    assert alone.first is None


@pytest.mark.parametrize(("exact_rows", "first_rows", "k"), [(1500, 100, 45), (100, 1501, 45), (100, 100, 44)])
def test_no_first_neighbors_where_all_are_there_as_soon(exact_rows, first_rows, k):
    graph = compute_graph(CLUSTERS.copy(), k, "cosine", exact_rows=exact_rows, first_rows=first_rows)
    assert graph.first is None


def test_an_exact_search_has_its_first_neighbors_from_lists():
    graph = compute_graph(NOISE.copy(), 45, "euclidean", exact_rows=100, first_rows=100)
    assert (graph.method, graph.first.method) == ("exact", "ivf")


def test_where_nothing_is_faster_search_is_exact():
    graph = compute_graph(NOISE.copy(), 20, "euclidean", exact_rows=100)
    assert graph.method == "exact"
    assert recall_of(NOISE, graph, 20, "euclidean") == 1


@pytest.mark.parametrize("exact_rows", [100, 5000])
@pytest.mark.parametrize("offset", [1000, -1000, 0.001])
@pytest.mark.parametrize("metric", METRICS)
def test_recall_of_real_vectors_wherever_they_lie(metric, offset, exact_rows, approximate):
    """The pixels are integers: an offset of an integer causes no rounding."""
    moved = DIGITS + np.float32(offset)
    graph = compute_graph(moved.copy(), 90, metric, exact_rows=exact_rows)
    assert graph.method == ("exact" if exact_rows > len(DIGITS) else approximate)
    assert recall_of(moved, graph, 90, metric) >= 0.99


@pytest.mark.parametrize("scale", [1e-25, 1e25])
@pytest.mark.parametrize("metric", METRICS)
def test_numbers_whose_squares_leave_float32(metric, scale):
    vectors = CLUSTERS[:300] * np.float32(scale)
    if metric == "dot":
        scale = scale**0.5
        vectors = CLUSTERS[:300] * np.float32(scale)
    near = compute_graph(CLUSTERS[:300].copy(), 10, metric)
    graph = compute_graph(vectors.copy(), 10, metric)
    assert (graph.neighbors == near.neighbors).mean() > 0.999
    factor = {"cosine": 1, "euclidean": scale, "dot": scale**2}[metric]
    np.testing.assert_allclose(graph.distances, near.distances * factor, rtol=1e-3)


@pytest.mark.parametrize("far", [1e6, 1e10, 1e15, 1e25])
def test_one_row_far_away_leaves_the_others_their_neighbors(far, approximate):
    """As one that diverged in training, which takes the mean of all rows with it."""
    vectors = CLUSTERS.copy()
    vectors[700] *= np.float32(far)
    rows = np.delete(np.arange(1500), 700)
    graph = compute_graph(vectors.copy(), 15, "euclidean", exact_rows=100)
    last = true_distances(vectors[rows], 15, "euclidean")[:, -1:]
    measured = np.linalg.norm(vectors[rows, None].astype(np.float64) - vectors[graph.neighbors[rows]], axis=2)
    assert (measured <= last * (1 + 1e-5)).mean() >= 0.99
    np.testing.assert_allclose(graph.distances[rows], measured, rtol=1e-3)


@pytest.mark.parametrize("metric", METRICS)
def test_duplicates_by_the_thousand(metric):
    vectors = np.repeat(NOISE[:3], 1000, axis=0)
    graph = compute_graph(vectors.copy(), 15, metric)
    check_form(graph, 3000, 15)
    if metric != "dot":
        assert graph.distances.max() == pytest.approx(0, abs=1e-6)
        assert (graph.neighbors // 1000 == np.arange(3000)[:, None] // 1000).all()


def test_nearly_equal_rows_are_distinguished():
    """Steps of 1/1024 around a point at distance 100: their squares, around 10,000, cannot be resolved in float32."""
    line = np.full((400, 8), 100, np.float32)
    line[:, 0] += np.arange(400, dtype=np.float32) / 1024
    others = -line[:200] + 40 * NOISE[:200, :8]
    graph = compute_graph(np.vstack([line, others]), 2, "euclidean")
    middle = np.arange(1, 399)
    assert (np.sort(graph.neighbors[middle], axis=1) == np.stack([middle - 1, middle + 1], axis=1)).all()


@pytest.mark.parametrize("metric", METRICS)
def test_constant_columns_and_one_column(metric):
    vectors = NOISE[:200].copy()
    vectors[:, 3:] = 7
    graph = compute_graph(vectors.copy(), 5, metric)
    assert recall_of(vectors, graph, 5, metric) == 1
    check_form(compute_graph(np.abs(NOISE[:50, :1]) + 1, 5, metric), 50, 5)


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_constant_columns_by_every_search(metric, approximate):
    vectors = np.hstack([CLUSTERS, np.full((1500, 8), 3, np.float32), np.zeros((1500, 8), np.float32)])
    graph = compute_graph(vectors.copy(), 15, metric, exact_rows=100)
    check_form(graph, 1500, 15)
    assert graph.method == approximate
    assert recall_of(vectors, graph, 15, metric) >= 0.985


def test_two_rows_have_each_other():
    graph = compute_graph(NOISE[:2].copy(), 1, "euclidean")
    assert graph.neighbors.tolist() == [[1], [0]]


def test_progress_rises_to_the_end():
    shares = []
    compute_graph(np.vstack([CLUSTERS, CLUSTERS + 1, CLUSTERS + 2]), 5, "cosine", exact_rows=100, report=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_progress_rises_through_every_stage(approximate):
    """The trials, the first neighbors, and the whole: none of them is silent."""
    vectors = np.vstack([CLUSTERS, CLUSTERS + 1, CLUSTERS + 2])
    shares, at_first = [], []
    compute_graph(
        vectors,
        90,
        "euclidean",
        exact_rows=100,
        first_rows=100,
        report=shares.append,
        deliver_first=lambda _: at_first.append(len(shares)),
    )
    before, after = shares[: at_first[0]], shares[at_first[0] :]
    assert min(before) < 0.1
    assert len({share for share in before if share > 0.15}) >= 2, (
        "the search for the first neighbors reports its progress"
    )
    assert len(set(after)) >= 2
    assert shares == sorted(shares)
    assert shares[-1] == 1


def widened(vectors, dims, noise=0.01):
    """The same vectors, rotated into a space of `dims` dimensions in which the others hold almost nothing."""
    random = np.random.default_rng(5)
    axes = np.linalg.qr(random.standard_normal((dims, vectors.shape[1])))[0]
    return (vectors @ axes.T + noise * random.standard_normal((len(vectors), dims))).astype(np.float32)


@pytest.mark.parametrize("metric", METRICS)
def test_many_dimensions_are_searched_in_few(metric, approximate):
    vectors = widened(CLUSTERS, 200)
    axes = find_axes(vectors).keep(0.95)
    assert axes.shape[0] == 200
    assert axes.shape[1] < 24
    np.testing.assert_allclose(axes.T @ axes, np.eye(axes.shape[1]), atol=1e-5)
    graph = compute_graph(vectors.copy(), 20, metric, exact_rows=100)
    check_form(graph, 1500, 20)
    assert graph.method == approximate
    assert graph.recall >= 0.99
    assert recall_of(vectors, graph, 20, metric) == pytest.approx(graph.recall, abs=0.005)
    np.testing.assert_allclose(distances_of(vectors, graph.neighbors, metric), graph.distances, rtol=2e-4, atol=2e-6)


def test_noise_in_all_dimensions_is_not_reduced():
    assert find_axes(np.random.default_rng(0).standard_normal((2000, 64)).astype(np.float32)).keep(0.95) is None


@pytest.mark.parametrize("value", [0, 3])
def test_rows_that_are_all_the_same(value, approximate):
    graph = compute_graph(np.full((500, 64), value, np.float32), 5, "euclidean", exact_rows=100)
    check_form(graph, 500, 5)
    assert graph.recall == 1
    assert graph.method == approximate


@pytest.mark.parametrize("metric", METRICS)
def test_duplicates_among_others(metric, approximate):
    """Three points a thousand times each; none of the others is left without neighbors."""
    vectors = np.vstack([np.repeat(NOISE[:3], 1000, axis=0), CLUSTERS])
    graph = compute_graph(vectors.copy(), 15, metric, exact_rows=100)
    check_form(graph, 4500, 15)
    assert graph.method == approximate
    assert recall_of(vectors, graph, 15, metric) == pytest.approx(graph.recall, abs=0.01)


@pytest.mark.parametrize("approximate", ["ivf"], indirect=True)
@pytest.mark.parametrize("k", [1, 100, 299])
def test_lists_shorter_than_the_neighbors_wanted(k, approximate):
    graph = compute_graph(NOISE[:300, :8].copy(), k, "euclidean", exact_rows=100)
    check_form(graph, 300, k)
    assert graph.method == approximate
    assert all(len(set(row)) == k for row in graph.neighbors.tolist())


@pytest.mark.parametrize("approximate", ["ivf"], indirect=True)
def test_long_lists_are_searched_in_blocks(approximate, monkeypatch):
    whole = compute_graph(CLUSTERS.copy(), 20, "euclidean", exact_rows=100)
    monkeypatch.setattr(graph_lists, "_QUERY_ROWS", 7)
    assert np.array_equal(compute_graph(CLUSTERS.copy(), 20, "euclidean", exact_rows=100).neighbors, whole.neighbors)


@pytest.mark.parametrize("metric", ["dot", "euclidean"])
def test_an_index_makes_no_copy_but_its_own(metric, monkeypatch):
    """numpy's memory is traced; that of the index is not numpy's."""
    monkeypatch.setattr(graph_index, "_BUILD_ROWS", 512)
    monkeypatch.setattr(graph_index, "_QUERY_ROWS", 512)
    monkeypatch.setattr(graph_axes, "_SAMPLE_ROWS", 512)
    importlib.import_module("faiss")  # Before the trace: modules are not vectors.
    vectors = np.tile(NOISE, (4, 2)) + np.random.default_rng(2).standard_normal((6000, 48)).astype(np.float32) / 8
    searched = prepare(vectors, metric)
    tracemalloc.start()
    try:
        index = graph_index.GraphIndex(searched, lambda _: None)
        neighbors, _ = index.search(np.arange(512), 10, 64)
        assert neighbors.shape == (512, 10)
        assert tracemalloc.get_traced_memory()[1] < vectors.nbytes / 2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("reached", [1, None])
def test_searching_lists_takes_no_second_copy(monkeypatch, reached):
    """However many threads search: each gathers what its list is searched among, which may be all rows."""
    faiss = importlib.import_module("faiss")
    monkeypatch.setattr(faiss, "omp_get_max_threads", lambda: 8)
    vectors = np.random.default_rng(3).standard_normal((20_000, 64)).astype(np.float32)
    searched = prepare(vectors, "euclidean")
    lists = graph_lists.VectorLists(searched, graph_projection.project(searched, None))
    width = graph_lists.Width(reached or len(lists.sizes), 20)
    tracemalloc.start()
    try:
        for _ in lists.search(range(16), 10, width):
            pass
        assert tracemalloc.get_traced_memory()[1] < (1.5 if reached is None else 0.5) * vectors.nbytes
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("are_enough", [True, False])
def test_planning_lists_takes_one_copy_of_what_is_searched(monkeypatch, are_enough):
    """Of the leading components, or, if these are not enough, of the vectors: each try makes room for the next."""
    monkeypatch.setattr(graph_projection, "_BLOCK_ROWS", 512)
    monkeypatch.setattr(graph_axes, "_SAMPLE_ROWS", 512)
    monkeypatch.setattr(graph_lists, "_MAX_LISTS", 50)
    monkeypatch.setattr(graph_list_plan, "_estimate_s", lambda *_: 1.0)  # It searches, which is another test's.
    monkeypatch.setattr(graph_list_plan, "_ENOUGH_RECALL", 0.9 if are_enough else 2.0)
    spread = np.linspace(1, 0, 64, dtype=np.float32)
    vectors = np.random.default_rng(4).standard_normal((20_000, 64), dtype=np.float32) * spread
    searched = prepare(vectors, "euclidean")
    (trial,) = draw_trials(searched, 15, 100)
    tracemalloc.start()
    try:
        plan = graph_list_plan.plan_lists(trial, 0.9)
        assert (plan.lists.dims < 64) == are_enough
        assert tracemalloc.get_traced_memory()[1] < (plan.lists.dims / 64 + 0.4) * vectors.nbytes
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("rows", "dims"), [(1000, 1), (300, 40), (1, 16)])
def test_rows_are_put_in_order_in_place(rows, dims):
    matrix = np.random.default_rng(5).standard_normal((rows, dims)).astype(np.float32)
    order = np.random.default_rng(6).permutation(rows)
    expected = matrix[order]
    graph_lists._put_in_order(matrix, order)
    assert np.array_equal(matrix, expected)


@pytest.mark.parametrize(("threads", "factor"), [(8, 1), (2, 4), (1, 8)])
def test_processors_that_a_search_cannot_use_count_as_if_they_were_used(threads, factor, monkeypatch):
    """Other searches use all of them; each step of the clock is a second here."""
    searched = prepare(CLUSTERS.copy(), "euclidean")
    lists = graph_lists.VectorLists(searched, graph_projection.project(searched, None))
    clock = itertools.count()
    monkeypatch.setattr(faiss, "omp_get_max_threads", lambda: 8)
    monkeypatch.setattr(graph_list_plan.time, "process_time", lambda: float(next(clock)))
    monkeypatch.setattr(lists, "count_threads", lambda _: threads)
    monkeypatch.setattr(graph_list_plan, "_TIMED_LISTS", len(lists.sizes))  # All: their work is all work.
    assert graph_list_plan._estimate_s(lists, 15, graph_lists.Width(3, 20)) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("exact_s", "lists_s", "build_s", "taken"),
    [(1, 2, 0.2, "exact"), (2, 1, 0.2, "ivf"), (9e8, 1e8, 0, "ivf"), (9e8, 5e8, 0, "hnsw"), (5e8, 9e8, 0, "hnsw")],
)
def test_the_search_that_costs_least_is_taken(exact_s, lists_s, build_s, taken, monkeypatch):
    """Of those that reach the recall, by the costs that their trials measure; each is in the answer."""
    draw, plan = graph_module.draw_trials, graph_module.plan_lists
    monkeypatch.setattr(limits, "GRAPH_INDEX_ROWS", 0)
    monkeypatch.setattr(
        graph_module,
        "draw_trials",
        lambda *args, **named: [replace(one, exact_s=exact_s) for one in draw(*args, **named)],
    )
    monkeypatch.setattr(graph_module, "plan_lists", lambda *args: replace(plan(*args), seconds=lists_s))
    monkeypatch.setattr(graph_module, "estimate_build_s", lambda _: build_s)
    graph = compute_graph(CLUSTERS.copy(), 15, "euclidean", exact_rows=100)
    assert graph.method == taken
    assert graph.recall >= 0.99
    tried = {one.method: one.seconds for one in graph.tried}
    assert (tried["exact"], tried["ivf"]) == (exact_s, lists_s)
    assert ("hnsw" in tried) == (taken == "hnsw")
    assert min(tried, key=tried.__getitem__) == taken


def test_an_index_that_misses_too_much_gives_way(monkeypatch):
    """It finds too few neighbors in noise, so another search is used, however long it takes."""
    monkeypatch.setattr(limits, "GRAPH_INDEX_ROWS", 0)
    monkeypatch.setattr(graph_module, "_INDEX_MARGIN", 0)
    monkeypatch.setattr(graph_module, "_SOON_S", 0)
    monkeypatch.setattr(graph_index, "_MAX_SLOWDOWN", np.inf)
    monkeypatch.setattr(graph_index, "_MAX_WIDENINGS", 1)
    wide = np.random.default_rng(7).standard_normal((3000, 100)).astype(np.float32)
    shares = []
    graph = compute_graph(wide, 90, "euclidean", exact_rows=100, report=shares.append)
    assert graph.method in {"exact", "ivf"}
    assert graph.recall >= 0.99
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.parametrize("metric", METRICS)
def test_rows_that_the_index_does_not_reach_are_searched_exactly(monkeypatch, metric):
    """As in an index of parts that no link joins."""
    force_search("hnsw", monkeypatch)
    build = graph_index._build

    class Parted:
        def __init__(self, index):
            self.hnsw, self.ntotal, self._index = index.hnsw, index.ntotal, index

        def search(self, queries, k):
            distances, found = self._index.search(queries, k)
            found[::3, 2:] = -1
            return distances, found

    monkeypatch.setattr(graph_index, "_build", lambda *arguments: Parted(build(*arguments)))
    graph = compute_graph(CLUSTERS.copy(), 15, metric, exact_rows=100)
    check_form(graph, 1500, 15)
    assert graph.method == "hnsw"
    assert recall_of(CLUSTERS, graph, 15, metric) > 0.98


def test_a_row_is_no_true_neighbor_of_its_own():
    searched = prepare(CLUSTERS.copy(), "euclidean")
    (trial,) = draw_trials(searched, 15, 100)
    graph = np.repeat(np.arange(1500)[:, None], 15, axis=1)
    assert trial.measure_recalls(graph) == [0] * graph.shape[1]


def test_each_number_of_nearest_neighbors_has_its_recall(approximate):
    """The nearest are found more surely than those at the edge; each number's recall is that of a cut graph."""
    graph = compute_graph(CLUSTERS.copy(), 30, "euclidean", exact_rows=100)
    assert graph.method == approximate
    assert len(graph.recalls) == 30
    assert graph.recall == graph.recalls[-1]
    for count in (1, 7, 30):
        cut = replace(graph, neighbors=graph.neighbors[:, :count])
        assert graph.recalls[count - 1] == pytest.approx(recall_of(CLUSTERS, cut, count, "euclidean"), abs=0.01)
