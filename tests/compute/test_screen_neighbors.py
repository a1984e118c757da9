"""Neighbors in the picture against all distances, with thousands of points at the same coordinates."""

import numpy as np
import pytest

from tb_projector_plugin.compute.screen_neighbors import find_screen_neighbors

RANDOM = np.random.default_rng(0)
PICTURES = {
    "plane": RANDOM.standard_normal((500, 2)),
    "space": RANDOM.standard_normal((500, 3)),
    "line": np.column_stack([RANDOM.standard_normal(500), np.zeros(500)]),
    "grid": RANDOM.integers(0, 6, (500, 2)),
    "grid_in_space": RANDOM.integers(0, 3, (500, 3)),
    "two_places": np.repeat([[0.0, 0.0], [1.0, 1.0]], [490, 10], axis=0),
    "one_place": np.full((500, 2), 3.5),
    "far_outlier": np.vstack([RANDOM.standard_normal((499, 2)) * 1e-6, [[3e38, -3e38]]]),
    "zeros_of_both_signs": np.where(RANDOM.random((500, 2)) < 0.5, -0.0, 0.0),
}


def measure_all(coordinates):
    squares = np.square(coordinates[:, None].astype(np.float64) - coordinates[None]).sum(axis=2)
    np.fill_diagonal(squares, np.inf)
    return squares


@pytest.mark.parametrize("k", [1, 15, 499])
@pytest.mark.parametrize("name", PICTURES)
def test_they_are_as_near_as_the_nearest_and_each_another(name, k):
    coordinates = PICTURES[name].astype(np.float32)
    found = find_screen_neighbors(coordinates, k)
    squares = measure_all(coordinates)
    assert np.take_along_axis(squares, found.astype(np.int64), 1) == pytest.approx(np.sort(squares)[:, :k])
    assert all(len(set(row)) == k for row in found.tolist())
    assert not (found == np.arange(500)[:, None]).any()


def test_which_of_many_in_one_place_is_drawn_by_chance():
    """Adjacent rows are often similar: taken in order, a picture collapsed to one point would seem faithful."""
    found = find_screen_neighbors(np.zeros((3000, 2)), 15, seed=1)
    away = np.abs(found - np.arange(3000)[:, None])
    assert 900 < away.mean() < 1100  # 1,000 expected by chance.
    assert np.bincount(found.ravel(), minlength=3000).max() == 15
    assert np.array_equal(found, find_screen_neighbors(np.zeros((3000, 2)), 15, seed=1))
    assert not np.array_equal(found, find_screen_neighbors(np.zeros((3000, 2)), 15, seed=2))


@pytest.mark.parametrize("rows", [100_000])
def test_places_shared_by_the_thousand_take_no_longer(rows):
    """A k-d tree of the points themselves would take minutes."""
    shares = []
    coordinates = np.zeros((rows, 3), np.float32)
    coordinates[: rows // 2] = RANDOM.integers(0, 3, (rows // 2, 3))
    found = find_screen_neighbors(coordinates, 15, report=shares.append)
    assert np.array_equal(coordinates[found[:, -1]], coordinates)
    assert shares == sorted(shares)
    assert shares[-1] == 1
