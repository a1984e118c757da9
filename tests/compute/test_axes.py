"""Custom axes against numpy in float64: coordinates, variances, counts, and axes without a direction."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from tb_projector_plugin.compute.axes import DifferenceAxis, RandomAxis, compute_axes
from tb_projector_plugin.errors import BadParameterError, DataError


def opener(matrix, passes=None):
    def open_blocks():
        if passes is not None:
            passes.append(True)
        buffer = np.empty((64, matrix.shape[1]), matrix.dtype)
        for first in range(0, len(matrix), 64):
            block = buffer[: len(matrix) - first]
            block[:] = matrix[first : first + 64]
            yield first, block

    return open_blocks


def project(matrix, *axes, rows=None):
    return compute_axes(opener(matrix), matrix.shape, axes, rows)


def difference(add, subtract=None):
    return DifferenceAxis(np.unique(add), None if subtract is None else np.unique(subtract))


def make_matrix(rows=500, dims=30, dtype=np.float32, offset=0.0):
    return (np.random.default_rng(0).standard_normal((rows, dims)) * 3 + offset).astype(dtype)


def check(result, matrix, directions):
    exact = matrix.astype(np.float64)
    centered = exact - exact.mean(axis=0)
    units = np.array([direction / np.linalg.norm(direction) for direction in directions]).T
    expected = centered @ units
    np.testing.assert_allclose(result.coordinates, expected, atol=2e-6 * np.abs(centered).max() * 5)
    np.testing.assert_allclose(result.variance_ratio, expected.var(axis=0) / centered.var(axis=0).sum(), rtol=1e-5)
    assert all(result.coordinates[:, axis].flags.c_contiguous for axis in range(len(directions)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("offset", [0, 1000, 10_000])
def test_equals_numpy_at_any_offset(dtype, offset):
    matrix = make_matrix(dtype=dtype, offset=offset)
    exact = matrix.astype(np.float64)
    add, subtract = [3, 64, 499], list(range(100, 230))
    result = project(matrix, difference(add, subtract), difference([7]), difference([1], [2]))
    mean = exact.mean(axis=0)
    directions = [exact[add].mean(0) - exact[subtract].mean(0), exact[7] - mean, exact[1] - exact[2]]
    check(result, matrix, directions)
    assert [(d.added, d.subtracted) for d in result.directions] == [(3, 130), (1, 500), (1, 1)]
    lengths = [np.linalg.norm(direction) for direction in directions]
    np.testing.assert_allclose([d.length for d in result.directions], lengths, rtol=1e-9)


def test_two_passes_however_many_axes():
    passes = []
    matrix = make_matrix()
    compute_axes(opener(matrix, passes), matrix.shape, [difference([1], [2]), RandomAxis(3), difference([4])])
    assert len(passes) == 2


def test_along_a_principal_component_the_ratio_is_that_of_pca():
    """Two added rows far out along one direction define the axis; scikit-learn gives its share of the variance."""
    matrix = make_matrix() * np.linspace(1, 5, 30, dtype=np.float32)
    pca = PCA(svd_solver="full").fit(matrix.astype(np.float64))
    ends = np.stack([pca.mean_ - 50 * pca.components_[0], pca.mean_ + 50 * pca.components_[0]])
    whole = np.vstack([matrix, ends]).astype(np.float32)
    result = project(whole, difference([501], [500]), rows=np.arange(500))
    np.testing.assert_allclose(result.variance_ratio, pca.explained_variance_ratio_[0], rtol=1e-5)


def test_random_axis_is_that_of_the_seed():
    matrix = make_matrix()
    numbers = np.random.Generator(np.random.PCG64(7)).standard_normal(30)
    result = project(matrix, RandomAxis(7))
    check(result, matrix, [numbers])
    assert (result.directions[0].added, result.directions[0].subtracted) == (None, None)
    assert result.directions[0].length == 1
    assert not np.array_equal(project(matrix, RandomAxis(8)).coordinates, result.coordinates)


def test_rows_of_a_subset_on_an_axis_between_rows_outside_of_it():
    matrix = make_matrix(offset=1000)
    rows = np.arange(40, 400, 3)
    exact = matrix.astype(np.float64)
    result = project(matrix, difference([0, 499], [1]), difference([2]), rows=rows)
    directions = [exact[[0, 499]].mean(0) - exact[1], exact[2] - exact[rows].mean(0)]
    check(result, matrix[rows], directions)
    assert [d.subtracted for d in result.directions] == [1, len(rows)]


def test_rows_that_are_not_finite_are_neither_averaged_nor_placed():
    matrix = make_matrix()
    bad = [0, 64, 130]
    matrix[bad, [0, 5, 9]] = [np.nan, np.inf, -np.inf]
    finite = np.delete(np.arange(500), bad)
    result = project(matrix, difference([0, 1, 2], [64, 7]))
    exact = matrix.astype(np.float64)
    assert (result.directions[0].added, result.directions[0].subtracted) == (2, 1)
    assert np.isnan(result.coordinates[bad]).all()
    assert result.finite_rows == 497
    assert result.nonfinite_rows == (0, 64, 130)
    direction = exact[[1, 2]].mean(0) - exact[7]
    placed = (exact[finite] - exact[finite].mean(0)) @ direction / np.linalg.norm(direction)
    np.testing.assert_allclose(result.coordinates[finite, 0], placed, atol=1e-5)


def test_no_finite_row_to_average():
    matrix = make_matrix()
    matrix[5] = np.nan
    with pytest.raises(BadParameterError, match=r"axis 2 averages \(subtract\)"):
        project(matrix, RandomAxis(0), difference([1], [5]))


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("add", "subtract"), [([1, 2, 3], [1, 2, 3]), ([1], [4]), ([1, 4], [1]), (range(500), None)])
def test_means_in_the_same_point(add, subtract, offset):
    matrix = make_matrix(offset=offset)
    matrix[4] = matrix[1]
    with pytest.raises(BadParameterError, match="Axis 1 has no direction"):
        project(matrix, difference(add, subtract))


def test_all_rows_in_one_point():
    matrix = np.full((300, 5), 0.1, np.float32)
    with pytest.raises(BadParameterError, match="same point"):
        project(matrix, difference([1], [2]))
    result = project(matrix, RandomAxis(0))
    assert not result.coordinates.any()
    assert result.variance_ratio.tolist() == [0]


@pytest.mark.parametrize("axis", [RandomAxis(0), difference([1], [2])])
@pytest.mark.parametrize(("dtype", "scale"), [(np.float64, 1e200), (np.float32, 1e38)])
def test_values_whose_squares_overflow_are_refused(axis, dtype, scale):
    matrix = np.random.default_rng(0).standard_normal((20, 400)) * scale
    with pytest.raises(DataError, match=r"too large to project: .*training diverged"):
        project(np.clip(matrix, -3e38, 3e38).astype(dtype) if dtype == np.float32 else matrix, axis)


@pytest.mark.parametrize("scale", [1e-40, 1e30])
def test_values_at_the_ends_of_float32(scale):
    matrix = (make_matrix() * scale).astype(np.float32)
    exact = matrix.astype(np.float64)
    result = project(matrix, difference([1], [2]))
    unit = (exact[1] - exact[2]) / np.linalg.norm(exact[1] - exact[2])
    expected = (exact - exact.mean(axis=0)) @ unit
    np.testing.assert_allclose(result.coordinates[:, 0], expected, atol=1e-4 * np.abs(expected).max())


def test_one_row():
    result = project(make_matrix(1), RandomAxis(0))
    assert result.coordinates.tolist() == [[0]]
