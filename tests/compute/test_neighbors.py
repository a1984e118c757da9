"""Nearest rows against a float64 brute force and scikit-learn, at offsets, with ties, with rows without a distance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from tb_projector_plugin.compute import neighbors
from tb_projector_plugin.compute.distances import METRICS as METRIC_CLASSES
from tb_projector_plugin.compute.distances import Spherized
from tb_projector_plugin.compute.neighbors import compute_neighbors
from tb_projector_plugin.compute.row_lengths import RowLengths

METRICS = ["euclidean", "cosine", "dot"]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Splits even small matrices into many pieces: only then does the lower bound skip rows."""
    monkeypatch.setattr(neighbors, "_PIECE_BYTES", 4096)


def in_blocks(matrix):
    for first in range(0, len(matrix), 100):
        yield first, matrix[first : first + 100]


def find(matrix, query, k, metric, **options):
    return compute_neighbors(lambda: in_blocks(matrix), matrix.shape, query, k, metric, **options)


def brute_force(matrix, query, metric):
    rows, query = matrix.astype(np.float64), np.asarray(query, np.float64)
    if metric == "euclidean":
        return np.sqrt(((rows - query) ** 2).sum(axis=1))
    if metric == "dot":
        return -(rows * query).sum(axis=1)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return ((unit - query / np.linalg.norm(query)) ** 2).sum(axis=1) / 2


def make_matrix(rows=1500, dims=24, dtype=np.float32, offset=0.0, seed=0):
    random = np.random.default_rng(seed)
    return (random.standard_normal((rows, dims)) + offset).astype(dtype)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("offset", [0, 100, 1000, 10_000])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_equals_brute_force_at_any_offset(metric, offset, dtype):
    matrix = make_matrix(dtype=dtype, offset=offset)
    for row in (0, 733, 1499):
        result = find(matrix, matrix[row], 50, metric, exclude=[row])
        expected = brute_force(matrix, matrix[row], metric)
        expected[row] = np.inf
        order = np.argsort(expected, kind="stable")[:50]
        assert result.rows.tolist() == order.tolist()
        np.testing.assert_allclose(result.distances, expected[order], rtol=1e-5)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("offset", [0, 1000, 10_000])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_spherized_equals_brute_force_at_any_offset(metric, offset, dtype):
    matrix = make_matrix(dtype=dtype, offset=offset)
    mean = matrix.astype(np.float64).mean(axis=0)
    unit = matrix.astype(np.float64) - mean
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    for query in (unit[0], unit[733], unit[[1, 2, 3]].sum(axis=0) - unit[4]):
        result = find(matrix, query, 50, metric, mean=mean)
        expected = brute_force(unit, query, metric)
        order = np.argsort(expected, kind="stable")[:50]
        assert result.rows.tolist() == order.tolist()
        np.testing.assert_allclose(result.distances, expected[order], rtol=1e-5, atol=1e-7)


def test_spherized_near_duplicates_keep_their_order():
    """Their directions from the mean differ by 1e-5: with cosine 1e-10, far below what float32 can tell from zero."""
    matrix = make_matrix(600, offset=1000)
    cluster = np.arange(100, 200)
    away = 50 * np.ones(24) + np.random.default_rng(1).standard_normal((100, 24)) * 1e-3
    matrix = matrix.astype(np.float64)
    matrix[cluster] = 1000 + away
    mean = matrix.mean(axis=0)
    unit = (matrix - mean) / np.linalg.norm(matrix - mean, axis=1, keepdims=True)
    expected = ((unit - unit[150]) ** 2).sum(axis=1) / 2
    order = np.argsort(expected, kind="stable")[:40]
    assert find(matrix, unit[150], 40, "cosine", mean=mean).rows.tolist() == order.tolist()


def test_spherized_row_at_the_mean():
    """It has no angle; its distance from every unit vector is one."""
    matrix = np.array([[1, 2], [3, 2], [2, 2], [2, 5], [2, -1]], np.float32)
    mean = np.array([2.0, 2.0])
    assert 2 not in find(matrix, [1, 0], 5, "cosine", mean=mean).rows
    result = find(matrix, [1, 0], 5, "euclidean", mean=mean)
    assert result.rows.tolist() == [1, 2, 3, 4, 0]
    np.testing.assert_allclose(result.distances, [0, 1, np.sqrt(2), np.sqrt(2), 2], rtol=1e-6)


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_equals_scikit_learn(metric):
    matrix = make_matrix(2000, 64)
    reference = NearestNeighbors(n_neighbors=31, metric=metric, algorithm="brute").fit(matrix.astype(np.float64))
    for row in range(0, 2000, 97):
        distances, rows = reference.kneighbors(matrix[row : row + 1].astype(np.float64))
        result = find(matrix, matrix[row], 30, metric, exclude=[row])
        assert result.rows.tolist() == rows[0, 1:].tolist()
        np.testing.assert_allclose(result.distances, distances[0, 1:], rtol=1e-5)


@pytest.mark.parametrize("metric", METRICS)
@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(1, 300),
    dims=st.integers(1, 40),
    scale=st.floats(-6, 6),
    k=st.integers(1, 40),
)
def test_any_shape_and_scale(metric, seed, rows, dims, scale, k):  # noqa: PLR0917 - hypothesis passes them by name.
    random = np.random.default_rng(seed)
    matrix = (random.standard_normal((rows, dims)) * 10**scale).astype(np.float32)
    query = random.standard_normal(dims) * 10**scale
    result = find(matrix, query, k, metric)
    expected = np.sort(brute_force(matrix, query, metric))[:k]
    np.testing.assert_allclose(result.distances, expected, rtol=1e-5, atol=1e-12 * 10 ** (2 * scale))


@pytest.mark.parametrize("metric", METRICS)
def test_ties_are_in_the_order_of_rows(metric):
    matrix = np.tile(make_matrix(3, 8), (400, 1))
    result = find(matrix, matrix[1], 10, metric)
    nearest = np.argmin(brute_force(matrix[:3], matrix[1], metric))
    assert result.rows.tolist() == list(range(nearest, 30, 3))


@pytest.mark.parametrize("metric", METRICS)
def test_rows_that_are_not_finite_are_left_out(metric):
    matrix = make_matrix(500)
    matrix[::7, 3] = np.nan
    matrix[1::7, 3] = np.inf
    matrix[2::7, 3] = -np.inf
    finite = np.flatnonzero(np.isfinite(matrix).all(axis=1))
    result = find(matrix, matrix[3], 500, metric)
    assert sorted(result.rows.tolist()) == finite.tolist()


def test_rows_of_length_zero_have_no_cosine():
    matrix = make_matrix(300)
    matrix[::5] = 0
    assert not set(range(0, 300, 5)) & set(find(matrix, matrix[1], 300, "cosine").rows.tolist())
    assert 0 in find(matrix, matrix[1], 300, "euclidean").rows


@pytest.mark.parametrize("scale", [1e-30, 1e-22, 1e25])
def test_squares_that_do_not_fit_float32(scale):
    matrix = (make_matrix(800).astype(np.float64) * scale).astype(np.float32)
    for metric in METRICS:
        expected = np.argsort(brute_force(matrix, matrix[9], metric), kind="stable")[:20]
        assert find(matrix, matrix[9], 20, metric).rows.tolist() == expected.tolist()


def test_near_duplicates_keep_their_order_under_cosine():
    """1 - cos is about 1e-9 here: below what float32 can tell from zero."""
    random = np.random.default_rng(2)
    base = random.standard_normal(24)
    matrix = base + random.standard_normal((600, 24)) * 1e-5 * base.std()
    expected = brute_force(matrix, matrix[0], "cosine")
    order = np.argsort(expected, kind="stable")[:20]
    result = find(matrix, matrix[0], 20, "cosine")
    assert result.rows.tolist() == order.tolist()
    np.testing.assert_allclose(result.distances[1:], expected[order][1:], rtol=1e-5)


def test_query_that_float32_does_not_hold():
    matrix = make_matrix(400, offset=10_000)
    query = matrix[5].astype(np.float64) + 1e-5
    result = find(matrix, query, 5, "euclidean")
    np.testing.assert_allclose(result.distances[0], 1e-5 * np.sqrt(24), rtol=1e-5)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_fewer_rows_than_asked_for(k):
    assert len(find(make_matrix(2), make_matrix(1)[0], k, "euclidean").rows) == min(k, 2)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("spherized", [False, True])
@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    dims=st.integers(1, 300),
    scale=st.one_of(st.floats(-24, 24), st.floats(-22.5, -18)),
    offset=st.sampled_from([0, 1, 30, 1000, 1e5]),
    nearness=st.floats(-8, 0),
)
def test_estimates_are_lower_bounds(metric, spherized, seed, dims, scale, offset, nearness):  # noqa: PLR0917 - see above.
    """Also of rows close to the query, far from zero, and near the limits of float32."""
    random = np.random.default_rng(seed)
    query = random.standard_normal(dims) + offset
    away = random.standard_normal((50, dims)) * 10.0 ** np.linspace(nearness, 0, 50)[:, None]
    matrix = ((query + away) * 10**scale).astype(np.float32)
    query *= 10**scale
    mean = matrix.astype(np.float64).mean(axis=0) if spherized else None
    exact = METRIC_CLASSES[metric]
    with np.errstate(all="ignore"):
        meter = exact(query, np.dtype(np.float32)) if mean is None else Spherized(exact, query, matrix.dtype, mean)
        for first_row, block, lengths in RowLengths(origin=mean).along(lambda: in_blocks(matrix)):
            assert first_row == 0
            bounds = meter.estimate(block, lengths).astype(np.float64)
            distances = meter.measure(block.astype(np.float64))
    known = np.isfinite(bounds) & np.isfinite(distances)
    assert np.all(bounds[known] <= distances[known])


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("offset", [0, 1000])
def test_searches_share_the_lengths_of_rows(metric, offset):
    matrix = make_matrix(offset=offset)
    lengths = RowLengths(is_kept=True)
    for row in (7, 8, 1400):
        alone = find(matrix, matrix[row], 30, metric, exclude=[row])
        sharing = find(matrix, matrix[row], 30, metric, exclude=[row], lengths=lengths)
        assert sharing.rows.tolist() == alone.rows.tolist()
        assert sharing.distances.tolist() == alone.distances.tolist()


def test_lengths_are_measured_in_one_whole_pass():
    matrix = make_matrix(250)
    lengths = RowLengths(is_kept=True)
    for _ in lengths.along(lambda: in_blocks(np.zeros_like(matrix))):
        break  # The matrix changed: what was measured of it is not used.
    [first, second] = [[part.copy() for *_, part in lengths.along(lambda: in_blocks(matrix))] for _ in range(2)]
    np.testing.assert_allclose(np.concatenate(first), np.linalg.norm(matrix, axis=1), rtol=1e-6)
    np.testing.assert_array_equal(np.concatenate(first), np.concatenate(second))
    [third] = [part for *_, part in lengths.along(lambda: iter([(0, np.zeros_like(matrix))]))]
    np.testing.assert_array_equal(third, np.concatenate(first))  # Kept, not measured again.


def test_no_rows():
    result = find(np.empty((0, 4), np.float32), np.ones(4), 5, "cosine")
    assert len(result.rows) == len(result.distances) == 0


def test_every_row_excluded():
    assert len(find(make_matrix(10), np.ones(24), 5, "dot", exclude=range(10)).rows) == 0
