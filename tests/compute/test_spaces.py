"""Means and spherized rows against float64 brute force, at any offset, and on rows without a direction."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tb_projector_plugin.compute.blocks import choose_rows, open_finite
from tb_projector_plugin.compute.row_means import compute_row_means
from tb_projector_plugin.compute.spaces import compute_mean, spherize_blocks, spherize_rows
from tb_projector_plugin.errors import DataError


def opener(matrix, rows_per_block=64):
    """Opens passes over `matrix` in one reused buffer, as the sources do."""

    def open_blocks():
        buffer = np.empty((rows_per_block, matrix.shape[1]), matrix.dtype)
        for first in range(0, len(matrix), rows_per_block):
            block = buffer[: len(matrix) - first]
            block[:] = matrix[first : first + rows_per_block]
            yield first, block

    return open_blocks


def gather(open_blocks, shape):
    """Assembles the matrix that a pass yields."""
    gathered = np.full(shape, np.nan)
    for first, block in open_blocks():
        gathered[first : first + len(block)] = block
    return gathered


def brute_force(matrix):
    exact = matrix.astype(np.longdouble)
    centered = exact - exact.mean(axis=0)
    return (centered / np.sqrt((centered**2).sum(axis=1, keepdims=True))).astype(np.float64)


def spherize(matrix, rows_per_block=64, central=None):
    mean = compute_mean(opener(matrix, rows_per_block), matrix.shape[1])
    return gather(spherize_blocks(opener(matrix, rows_per_block), mean, central), matrix.shape)


def make_matrix(rows=700, dims=24, dtype=np.float32, offset=0.0, seed=0):
    random = np.random.default_rng(seed)
    return (random.standard_normal((rows, dims)) + offset).astype(dtype)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("offset", [0, 1000, 1e6])
def test_mean_is_that_of_extended_precision_at_any_offset(dtype, offset):
    matrix = make_matrix(20_000, 8, dtype, offset)
    exact = matrix.astype(np.longdouble).mean(axis=0).astype(np.float64)
    np.testing.assert_allclose(compute_mean(opener(matrix), 8), exact, rtol=0, atol=np.spacing(offset) + 1e-14)


def test_mean_leaves_out_rows_that_are_not_finite():
    matrix = make_matrix()
    matrix[[0, 63, 64, 699], [0, 1, 2, 3]] = [np.nan, np.inf, -np.inf, np.nan]
    finite = matrix[np.isfinite(matrix).all(axis=1)].astype(np.float64)
    np.testing.assert_allclose(compute_mean(opener(matrix), 24), finite.mean(axis=0), rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("shape", [(0, 4), (3, 4)])
def test_mean_of_no_finite_row_is_zero(shape):
    assert (compute_mean(opener(np.full(shape, np.nan, np.float32)), 4) == 0).all()


def test_mean_of_equal_rows_is_that_row():
    """If it were off in the last digit, every row would have a direction: that of the rounding error."""
    for dtype in (np.float32, np.float64):
        matrix = np.tile(make_matrix(1, 24, dtype, 0.1), (1234, 1))
        assert (compute_mean(opener(matrix), 24) == matrix[0]).all()


def test_sums_that_overflow_are_refused():
    with pytest.raises(DataError, match=r"too large to average: .*training diverged"):
        compute_mean(opener(np.array([[1.7e308], [-1.7e308], [-1.7e308]])), 1)


def test_means_of_many_sets_in_one_pass():
    matrix = make_matrix(offset=1000)
    matrix[7] = np.nan
    sets = [None, np.array([3]), np.array([7]), np.arange(0, 700, 3), np.array([5, 7, 699]), np.array([], int)]
    opened = []

    def open_blocks():
        opened.append(True)
        return opener(matrix)()

    means = compute_row_means(open_blocks, 24, sets)
    assert len(opened) == 1
    for rows, offset, count in zip(sets, means.offsets, means.counts, strict=True):
        chosen = matrix.astype(np.float64) if rows is None else matrix[rows].astype(np.float64)
        finite = chosen[np.isfinite(chosen).all(axis=1)]
        assert count == len(finite)
        if count:
            np.testing.assert_allclose(means.origin + offset, finite.mean(axis=0), rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("offset", [0, 1000, 10_000])
@pytest.mark.parametrize("rows_per_block", [1, 64, 5000])
def test_spherized_rows_equal_brute_force(dtype, offset, rows_per_block):
    matrix = make_matrix(dtype=dtype, offset=offset)
    tolerance = 3e-7 if dtype == np.float32 else 1e-11
    np.testing.assert_allclose(spherize(matrix, rows_per_block), brute_force(matrix), atol=tolerance)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(2, 200),
    dims=st.integers(1, 30),
    scale=st.floats(-44, 37),
)
def test_any_shape_and_scale(seed, rows, dims, scale):
    """Their squares over- and underflow float32; the smallest are denormal, and their means may not be float32."""
    matrix = (np.random.default_rng(seed).standard_normal((rows, dims)) * 10**scale).astype(np.float32)
    spherized = spherize(matrix)
    expected = brute_force(matrix)
    has_direction = np.isfinite(expected).all(axis=1)
    np.testing.assert_allclose(spherized[has_direction], expected[has_direction], atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(spherized[has_direction], axis=1), 1, rtol=1e-6)


def test_largest_differences():
    matrix = np.array([[3.4e38, 0], [-3.4e38, 0], [-3.4e38, 1e38]], np.float32)
    np.testing.assert_allclose(spherize(matrix), brute_force(matrix), atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_equal_to_the_mean_stay_zero_and_are_named(dtype):
    matrix = np.array([[0.1, 7], [0.1, 9], [0.1, 8], [0.1, 8]], dtype)
    central = np.zeros(4, bool)
    assert spherize(matrix, 3, central).tolist() == [[0, -1], [0, 1], [0, 0], [0, 0]]
    assert central.tolist() == [False, False, True, True]


@pytest.mark.parametrize("count", [1, 1000])
def test_all_rows_in_one_point(count):
    matrix = np.full((count, 12), 7.3, np.float32)
    central = np.zeros(count, bool)
    assert not spherize(matrix, central=central).any()
    assert central.all()


def test_one_float_beside_a_thousand_equal_ones_has_a_direction():
    matrix = np.full((1000, 3), 0.7, np.float32)
    matrix[500, 1] = np.nextafter(np.float32(0.7), np.float32(1))
    np.testing.assert_allclose(spherize(matrix), brute_force(matrix), atol=1e-6)


def test_rows_that_are_not_finite_stay_so():
    matrix = make_matrix()
    bad = [0, 3, 64, 699]
    matrix[bad, [0, 1, 2, 3]] = [np.nan, np.inf, -np.inf, np.nan]
    good = np.delete(np.arange(700), bad)
    central = np.zeros(700, bool)
    spherized = spherize(matrix, central=central)
    assert (~np.isfinite(spherized).all(axis=1)).nonzero()[0].tolist() == bad
    np.testing.assert_allclose(spherized[good], brute_force(matrix[good]), atol=3e-7)
    assert not central.any()


def test_rows_alone_are_spherized_as_in_a_pass():
    matrix = make_matrix(offset=50)
    mean = compute_mean(opener(matrix), 24)
    np.testing.assert_array_equal(spherize_rows(matrix[5:9], mean), spherize(matrix)[5:9].astype(np.float32))
    np.testing.assert_allclose(spherize_rows(matrix[5:9].astype(np.float64), mean), brute_force(matrix)[5:9], rtol=1e-9)


@settings(max_examples=60)
@given(data=st.data(), count=st.integers(1, 200), rows_per_block=st.integers(1, 210))
def test_a_subset_is_a_matrix_again(data, count, rows_per_block):
    rows = np.array(sorted(data.draw(st.sets(st.integers(0, count - 1)))), np.int32)
    matrix = make_matrix(count, 3)
    np.testing.assert_array_equal(
        gather(choose_rows(opener(matrix, rows_per_block), rows), (len(rows), 3)), matrix[rows].astype(np.float64)
    )


def test_finite_rows_and_where_they_stand():
    matrix = make_matrix(300)
    matrix[::7, 3] = np.nan
    matrix[64:128] = np.inf
    positions = [np.arange(300)[where] for where, _ in open_finite(opener(matrix))]
    assert np.concatenate(positions).tolist() == np.flatnonzero(np.isfinite(matrix).all(axis=1)).tolist()
    for where, block in open_finite(opener(matrix)):
        np.testing.assert_array_equal(block, matrix[where])
