"""Quality of pictures against scikit-learn's trustworthiness and brute-force distances."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.preprocessing import normalize

from tb_projector_plugin.compute import quality as quality_module
from tb_projector_plugin.compute.graph import compute_graph
from tb_projector_plugin.compute.quality import Estimate, choose_k, compute_quality

METRICS = ("cosine", "euclidean", "dot")
DIGITS = load_digits().data.astype(np.float32)
#: The largest data set compared with scikit-learn's figure; all distances differ.
NOISE = np.random.default_rng(0).standard_normal((2000, 30)).astype(np.float32)


def measure(vectors, coordinates, k=15, metric="euclidean", **options):
    graph = compute_graph(vectors.copy(), k + 1, metric)
    return compute_quality(vectors, graph.neighbors, coordinates, k, metric, **options)


def place(vectors, dimensions):
    return PCA(dimensions, random_state=0).fit_transform(vectors).astype(np.float32)


def as_euclidean(vectors, metric):
    """Vectors whose Euclidean distances give the same ranking as the metric."""
    return normalize(vectors.astype(np.float64)) if metric == "cosine" else vectors.astype(np.float64)


def measure_distances(vectors, metric):
    products = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    if metric == "dot":
        return -products
    vectors = as_euclidean(vectors, metric)
    return np.square(vectors[:, None] - vectors[None]).sum(axis=2)


@pytest.mark.parametrize("k", [1, 15, 60])
@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_equals_scikit_learn(metric, dimensions, k):
    vectors = NOISE + (10 if metric == "euclidean" else 0)
    coordinates = place(vectors, dimensions).astype(np.float64)
    quality = measure(vectors, coordinates, k, metric)
    space = as_euclidean(vectors, metric)
    assert quality.trustworthiness.value == pytest.approx(trustworthiness(space, coordinates, n_neighbors=k), abs=1e-6)
    assert quality.continuity.value == pytest.approx(trustworthiness(coordinates, space, n_neighbors=k), abs=1e-6)
    assert quality.sampled_rows == 2000


@pytest.mark.parametrize("dimensions", [2, 3])
def test_ties_get_what_scikit_learn_gives_them_on_average(dimensions):
    """Squared distances of digits are integers, many of them equal: in scikit-learn the order of rows breaks ties."""
    vectors, coordinates = DIGITS[:600], place(DIGITS[:600], dimensions)
    quality = measure(vectors, coordinates)
    orders = [np.random.default_rng(seed).permutation(600) for seed in range(10)]
    given = [trustworthiness(vectors[order], coordinates[order], n_neighbors=15) for order in orders]
    assert np.ptp(given) > 1e-6
    assert min(given) - 1e-6 <= quality.trustworthiness.value <= max(given) + 1e-6
    assert quality.trustworthiness.value == pytest.approx(np.mean(given), abs=4e-6)


@pytest.mark.parametrize("metric", METRICS)
def test_kept_is_the_share_of_neighbors_in_both(metric):
    vectors = NOISE[:700]
    coordinates = place(vectors, 2)
    quality = measure(vectors, coordinates, metric=metric)
    nearest = [np.argsort(square_without_self(d))[:, :15] for d in two_spaces(vectors, coordinates, metric)]
    shares = [len(set(one) & set(two)) / 15 for one, two in zip(*map(np.ndarray.tolist, nearest), strict=True)]
    assert quality.kept == pytest.approx(shares)
    assert quality.kept.dtype == np.float32


@pytest.mark.parametrize("metric", METRICS)
def test_ranks_are_those_of_all_distances(metric):
    vectors = NOISE[:300] + np.float32(0.3)
    coordinates = place(vectors, 2)
    quality = measure(vectors, coordinates, 10, metric)
    space, picture = two_spaces(vectors, coordinates, metric)
    assert quality.trustworthiness.value == pytest.approx(score_slowly(space, picture, 10), abs=1e-12)
    assert quality.continuity.value == pytest.approx(score_slowly(picture, space, 10), abs=1e-12)


def two_spaces(vectors, coordinates, metric):
    return measure_distances(vectors, metric), measure_distances(coordinates, "euclidean")


def square_without_self(distances):
    distances = distances.copy()
    np.fill_diagonal(distances, np.inf)
    return distances


def score_slowly(ranked, near, k):
    """Venna and Kaski 2001, eq. 1, implemented literally."""
    rows, total = len(ranked), 0
    for row in range(rows):
        others = [other for other in range(rows) if other != row]
        rank = {other: 1 + place for place, other in enumerate(sorted(others, key=lambda j: ranked[row, j]))}
        total += sum(max(0, rank[other] - k) for other in sorted(others, key=lambda j: near[row, j])[:k])
    return 1 - 2 / (rows * k * (2 * rows - 3 * k - 1)) * total


@pytest.mark.parametrize("metric", METRICS)
def test_a_picture_that_is_the_space_is_perfect(metric):
    coordinates = NOISE[:300, :2] / np.linalg.norm(NOISE[:300, :2], axis=1, keepdims=True)
    quality = measure(coordinates, coordinates, metric=metric)
    assert quality.kept.min() == 1
    assert quality.trustworthiness == quality.continuity == Estimate(1, 1, 1)


@pytest.mark.parametrize("metric", METRICS)
def test_duplicates_by_the_thousand_are_kept_where_they_stay_together(metric):
    points = NOISE[:6]
    vectors, coordinates = np.repeat(points, 500, axis=0), np.repeat(place(points, 2), 500, axis=0)
    quality = measure(vectors, coordinates, metric=metric)
    assert quality.kept.min() == 1
    assert quality.trustworthiness.value == quality.continuity.value == 1


def test_a_picture_that_is_one_point_keeps_what_chance_keeps():
    quality = measure(NOISE, np.zeros((2000, 2), np.float32))
    assert quality.kept.mean() == pytest.approx(15 / 1999, abs=0.003)
    assert quality.trustworthiness.value == pytest.approx(0.5, abs=0.01)
    assert quality.continuity.value == 1


@pytest.mark.parametrize("metric", METRICS)
def test_a_space_that_is_one_point_has_no_false_neighbors(metric):
    quality = measure(np.ones((400, 8), np.float32), NOISE[:400, :2], metric=metric)
    assert quality.kept.min() == 1
    assert quality.trustworthiness.value == 1


def test_far_from_zero_nothing_is_lost():
    vectors = np.round(NOISE * 64) / 64  # So that sums are exact.
    coordinates = place(vectors, 2)
    near, far = measure(vectors, coordinates), measure(vectors + np.float32(1024), coordinates)
    assert near.trustworthiness.value == pytest.approx(far.trustworthiness.value, abs=1e-6)
    assert np.array_equal(near.kept, far.kept)


def test_the_interval_of_a_sample_holds_the_value_of_all_rows(monkeypatch):
    vectors, coordinates = NOISE[:1500], place(NOISE[:1500], 2)
    true = measure(vectors, coordinates)
    assert true.trustworthiness.low == true.trustworthiness.value == true.trustworthiness.high
    monkeypatch.setattr(quality_module, "SAMPLED_ROWS", 300)
    held = 0
    for seed in range(40):
        quality = measure(vectors, coordinates, seed=seed)
        assert quality.sampled_rows == 300
        for sampled, whole in ((quality.trustworthiness, true.trustworthiness), (quality.continuity, true.continuity)):
            held += sampled.low <= whole.value <= sampled.high
            assert 0 < sampled.high - sampled.low < 0.05
    assert 70 <= held <= 80  # 76 of 80 are expected.


def test_a_sample_is_the_same_with_the_same_seed(monkeypatch):
    monkeypatch.setattr(quality_module, "SAMPLED_ROWS", 100)
    coordinates = place(DIGITS, 2)
    one, same, other = (measure(DIGITS, coordinates, seed=seed) for seed in (3, 3, 4))
    assert one.trustworthiness == same.trustworthiness != other.trustworthiness
    assert np.array_equal(one.kept, other.kept)


def test_in_many_blocks_as_in_one(monkeypatch):
    coordinates = place(NOISE, 3)
    whole = measure(NOISE, coordinates)
    monkeypatch.setattr("tb_projector_plugin.compute.rank_distances._MAX_BLOCK_ROWS", 301)
    monkeypatch.setattr("tb_projector_plugin.compute.rank_distances._DISTANCES_BYTES", 1 << 16)
    monkeypatch.setattr("tb_projector_plugin.compute.rank_distances._PAIRS_BYTES", 1 << 12)
    monkeypatch.setattr("tb_projector_plugin.compute.screen_neighbors._POINTS", 77)
    monkeypatch.setattr(quality_module, "_BLOCK_ROWS", 123)
    cut = measure(NOISE, coordinates)
    assert np.array_equal(whole.kept, cut.kept)
    assert (whole.trustworthiness, whole.continuity) == (cut.trustworthiness, cut.continuity)


@pytest.mark.parametrize(("k", "rows", "chosen"), [(15, 1000, 15), (15, 31, 15), (15, 30, 14), (15, 4, 1), (1, 3, 1)])
def test_k_is_less_than_half_of_the_rows(k, rows, chosen):
    assert choose_k(k, rows) == chosen
    coordinates = NOISE[:rows, :2]
    quality = compute_quality(
        coordinates, compute_graph(coordinates.copy(), chosen, "euclidean").neighbors, coordinates, chosen, "euclidean"
    )
    assert quality.trustworthiness.value == 1


def test_progress_rises_to_the_end():
    shares = []
    measure(DIGITS, place(DIGITS, 2), report=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.3
    assert shares[-1] == 1
