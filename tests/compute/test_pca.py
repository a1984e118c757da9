"""PCA against numpy's SVD and scikit-learn, at offsets, by every algorithm, and on degenerate input."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from tb_projector_plugin.compute import pca
from tb_projector_plugin.compute.blocks import choose_rows
from tb_projector_plugin.compute.pca import compute_pca
from tb_projector_plugin.compute.spaces import compute_mean, spherize_blocks
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


def project(matrix, components=10, rows=None, rows_per_block=64):
    open_blocks = opener(matrix, rows_per_block)
    if rows is None:
        return compute_pca(open_blocks, matrix.shape, components)
    return compute_pca(choose_rows(open_blocks, rows), (len(rows), matrix.shape[1]), components)


def make_matrix(rows, dims, dtype=np.float32, offset=0.0, seed=0):
    """A decaying spectrum with well-separated leading directions, so that the subspace is well determined."""
    random = np.random.default_rng(seed)
    scales = 10 * 0.8 ** np.arange(min(dims, 40))
    factors = random.standard_normal((rows, len(scales))) * scales
    mixing = np.linalg.qr(random.standard_normal((dims, len(scales))))[0]
    return (factors @ mixing.T + 0.05 * random.standard_normal((rows, dims)) + offset).astype(dtype)


def subspace_error(loadings, reference):
    """The sine of the largest angle between two row spaces."""
    return np.linalg.norm(loadings - (loadings @ reference.T) @ reference, 2)


def find_directions(matrix):
    """The ten directions [10, dims] of largest variance, in float64 from a matrix that is whole in memory."""
    centered = matrix - matrix.mean(axis=0, dtype=np.float64)
    return np.linalg.eigh(centered.T @ centered)[1][:, :-11:-1].T


def check_against_numpy(result, matrix, components, tolerance=1e-4):
    exact = matrix.astype(np.float64)
    centered = exact - exact.mean(axis=0)
    _, values, directions = np.linalg.svd(centered, full_matrices=False)
    assert subspace_error(result.loadings[:components], directions[:components]) < tolerance
    np.testing.assert_allclose(
        result.explained_variance[:components], values[:components] ** 2 / (len(matrix) - 1), rtol=1e-4
    )
    np.testing.assert_allclose(result.total_variance, (values**2).sum() / (len(matrix) - 1), rtol=1e-4)
    np.testing.assert_allclose(result.mean, exact.mean(axis=0), rtol=1e-6, atol=1e-6)
    scale = np.abs(centered).max()
    np.testing.assert_allclose(result.coordinates, centered @ result.loadings.T, atol=1e-4 * scale)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("offset", [0, 1000, 10_000])
def test_covariance_equals_svd_at_any_offset(dtype, offset):
    matrix = make_matrix(3000, 60, dtype, offset)
    check_against_numpy(project(matrix), matrix, 10)


def test_equals_scikit_learn():
    matrix = make_matrix(1000, 30)
    reference = PCA(n_components=10, svd_solver="full").fit(matrix.astype(np.float64))
    result = project(matrix)
    np.testing.assert_allclose(result.explained_variance, reference.explained_variance_, rtol=1e-5)
    np.testing.assert_allclose(result.explained_variance_ratio, reference.explained_variance_ratio_, rtol=1e-5)
    expected = reference.transform(matrix.astype(np.float64))
    signs = np.sign((result.coordinates * expected).sum(axis=0))
    np.testing.assert_allclose(result.coordinates * signs, expected, atol=1e-3)


def test_mean_that_drifts_from_block_to_block():
    matrix = make_matrix(2000, 20) + np.linspace(0, 5000, 2000, dtype=np.float32)[:, None]
    check_against_numpy(project(matrix), matrix, 10)


@pytest.mark.parametrize("offset", [0, 1000])
def test_a_subspace_with_a_small_gap_below_it_is_exact(offset):
    """Ten components stand clear of rounding, but the eleventh is close: float32 products turn the subspace."""
    random, dims, last = np.random.default_rng(1), 16, 1.03e-4
    values = [1, *np.linspace(4, 2, 8) * last, last, 0.6 * last, *[0.06 * last] * (dims - 11)]
    turned = np.linalg.qr(random.standard_normal((dims, dims)))[0]
    scale = 100 if offset else 1
    matrix = scale * (random.standard_normal((200_000, dims)) * np.sqrt(values)) @ turned.T + offset
    matrix = matrix.astype(np.float32)
    assert subspace_error(project(matrix, rows_per_block=65_536).loadings, find_directions(matrix)) < 1e-4


def make_with_spectrum(rows, values, seed=1):
    """Centered float32 rows whose covariance has exactly these eigenvalues, but for rounding."""
    random = np.random.default_rng(seed)
    centered = random.standard_normal((rows, len(values)))
    whitened = np.linalg.qr(centered - centered.mean(axis=0))[0] * np.sqrt(rows)
    turned = np.linalg.qr(random.standard_normal((len(values), len(values))))[0]
    return (whitened * np.sqrt(values) @ turned.T).astype(np.float32)


def test_a_small_gap_above_many_equal_values_is_exact():
    """Each of ten directions turns a little toward each of the others, which adds up."""
    matrix = make_with_spectrum(20_000, [*[1] * 10, *[1 - 2.5e-4] * 118])
    assert subspace_error(project(matrix, rows_per_block=2048).loadings, find_directions(matrix)) < 1e-4


def test_a_gap_that_rounding_leaves_as_it_is_takes_no_further_pass():
    values = [*np.linspace(2, 1, 10), 1 - 1.3e-4, *np.linspace(0.5, 0.4, 5)]
    matrix = make_with_spectrum(50_000, values)
    noted, passes = note_expected(matrix, components=10, rows_per_block=2048)
    assert (noted, passes) == ([(0, 2), (1, 1)], 2)
    assert subspace_error(project(matrix, rows_per_block=2048).loadings, find_directions(matrix)) < 1e-4


def test_steep_spectrum_is_computed_in_float64():
    random = np.random.default_rng(3)
    matrix = (random.standard_normal((2000, 8)) * 10.0 ** -np.arange(8)) @ np.linalg.qr(random.standard_normal((8, 8)))[
        0
    ]
    matrix = matrix.astype(np.float32)
    exact = matrix.astype(np.float64)
    values = np.linalg.svd(exact - exact.mean(axis=0), compute_uv=False) ** 2 / 1999
    np.testing.assert_allclose(project(matrix).explained_variance, values, rtol=1e-3)


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_few_long_rows_go_by_their_products(dtype, offset):
    matrix = make_matrix(70, 5000, dtype, offset)
    check_against_numpy(project(matrix, rows_per_block=16), matrix, 10)


def test_hundred_thousand_dimensions():
    matrix = make_matrix(50, 100_000)
    check_against_numpy(project(matrix, rows_per_block=7), matrix, 10)


@pytest.mark.parametrize("offset", [0, 1000])
def test_krylov_subspace_equals_svd(monkeypatch, offset):
    monkeypatch.setattr(pca, "EXACT_SIDE", 16)
    matrix = make_matrix(700, 300, np.float32, offset)
    result = project(matrix)
    assert result.converged
    check_against_numpy(result, matrix, 10)


def test_krylov_subspace_of_noise_without_gaps(monkeypatch):
    """A flat spectrum converges slowest; its values must still be correct, and the vectors eigenvectors."""
    monkeypatch.setattr(pca, "EXACT_SIDE", 16)
    matrix = np.random.default_rng(5).standard_normal((900, 400)).astype(np.float32)
    result = project(matrix)
    exact = matrix.astype(np.float64) - matrix.mean(axis=0, dtype=np.float64)
    covariance = exact.T @ exact / 899
    values = np.linalg.eigvalsh(covariance)[::-1][:10]
    np.testing.assert_allclose(result.explained_variance, values, rtol=1e-6)
    np.testing.assert_allclose(covariance @ result.loadings.T, result.loadings.T * values, atol=1e-5)


def test_krylov_of_low_rank(monkeypatch):
    monkeypatch.setattr(pca, "EXACT_SIDE", 16)
    random = np.random.default_rng(6)
    matrix = (random.standard_normal((500, 3)) @ random.standard_normal((3, 200))).astype(np.float32)
    result = project(matrix)
    assert result.converged
    np.testing.assert_allclose(result.explained_variance_ratio[:3].sum(), 1, rtol=1e-5)


def test_sides_beyond_both_limits(monkeypatch):
    monkeypatch.setattr(pca, "EXACT_SIDE", 256)
    matrix = make_matrix(300, 320)
    check_against_numpy(project(matrix), matrix, 10)


@pytest.mark.parametrize("side", [16, 2048])
def test_rows_that_are_not_finite_are_left_out_and_counted(monkeypatch, side):
    monkeypatch.setattr(pca, "EXACT_SIDE", side)
    matrix = make_matrix(500, 40)
    bad = [0, 3, 64, 499]
    matrix[bad, [0, 1, 2, 3]] = [np.nan, np.inf, -np.inf, np.nan]
    good = np.delete(np.arange(500), bad)
    result = project(matrix)
    alone = project(matrix[good])
    assert result.finite_rows == 496
    assert result.nonfinite_rows == (0, 3, 64, 499)
    assert np.isnan(result.coordinates[bad]).all()
    np.testing.assert_allclose(result.explained_variance, alone.explained_variance, rtol=1e-5)
    np.testing.assert_allclose(result.coordinates[good], alone.coordinates, atol=1e-3)


def test_no_row_is_finite():
    result = project(np.full((5, 4), np.nan, np.float32))
    assert result.finite_rows == 0
    assert result.nonfinite_rows == (0, 1, 2, 3, 4)
    assert np.isnan(result.coordinates).all()
    assert result.total_variance == 0


def test_large_finite_values_are_not_taken_for_infinite():
    matrix = make_matrix(100, 5) * np.float32(1e30)
    result = project(matrix)
    assert result.finite_rows == 100
    check_against_numpy(result, matrix, 5)


def test_values_whose_squares_overflow_are_refused():
    with pytest.raises(DataError, match=r"too large to project: .*training diverged"):
        project(make_matrix(100, 5, np.float64) * 1e200)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0)])
def test_nothing_to_project(shape):
    with pytest.raises(DataError, match="at least one of each"):
        project(np.empty(shape, np.float32))


@pytest.mark.parametrize("shape", [(1, 5), (1, 5000), (7, 1), (2, 2), (1, 1)])
def test_small_shapes_have_what_components_exist(shape):
    matrix = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    result = project(matrix)
    assert result.coordinates.shape == (shape[0], min(10, *shape))
    assert np.isfinite(result.coordinates).all()
    assert np.isfinite(result.explained_variance_ratio).all()


def test_one_dimension_is_the_values_less_their_mean():
    matrix = np.array([[3.0], [5.0], [10.0]], np.float32)
    np.testing.assert_allclose(project(matrix).coordinates, [[-3], [-1], [4]])


@pytest.mark.parametrize("shape", [(300, 12), (30, 3000)])
@pytest.mark.parametrize("side", [16, 2048])
def test_all_rows_in_one_point(monkeypatch, shape, side):
    monkeypatch.setattr(pca, "EXACT_SIDE", side)
    result = project(np.full(shape, 7.3, np.float32))
    np.testing.assert_allclose(result.coordinates, 0, atol=1e-4)
    np.testing.assert_allclose(result.explained_variance_ratio * result.total_variance, 0, atol=1e-6)


def test_constant_columns_have_no_loading():
    matrix = make_matrix(400, 20)
    matrix[:, 5] = 1000
    result = project(matrix)
    np.testing.assert_allclose(result.loadings[:, 5], 0, atol=1e-6)


@pytest.mark.parametrize("shape", [(400, 30), (40, 3000)])
def test_largest_loading_is_positive(shape):
    loadings = project(make_matrix(*shape)).loadings
    assert (loadings[np.arange(len(loadings)), np.abs(loadings).argmax(axis=1)] > 0).all()


@pytest.mark.parametrize("rows_per_block", [1, 64, 1000])
@pytest.mark.parametrize("count", [1, 2, 7, 150, 399, 400])
def test_rows_of_a_subset_are_a_matrix_of_their_own(count, rows_per_block):
    matrix = make_matrix(400, 20, offset=1000)
    rows = np.sort(np.random.default_rng(1).permutation(400)[:count]).astype(np.int32)
    result = project(matrix, rows=rows, rows_per_block=rows_per_block)
    assert result.coordinates.shape == (count, min(10, count))
    components = min(10, count - 1)
    if components:
        check_against_numpy(result, matrix[rows], components)


def test_rows_of_a_subset_that_are_not_finite_are_counted_within_it():
    matrix = make_matrix(400, 20)
    matrix[[77, 90], 3] = np.nan
    rows = np.arange(70, 300, 7)
    result = project(matrix, rows=rows)
    assert result.nonfinite_rows == (1,)
    assert np.isnan(result.coordinates[1]).all()
    assert result.finite_rows == len(rows) - 1


def spherize(matrix):
    """In float64, by the definition; rows equal to the mean stay at zero."""
    centered = matrix.astype(np.float64) - matrix.astype(np.float64).mean(axis=0)
    lengths = np.linalg.norm(centered, axis=1, keepdims=True)
    return centered / np.where(lengths > 0, lengths, 1)


def project_spherized(matrix):
    open_blocks = opener(matrix)
    return compute_pca(spherize_blocks(open_blocks, compute_mean(open_blocks, matrix.shape[1])), matrix.shape)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize("shape", [(3000, 60), (70, 5000)])
def test_spherized_equals_svd_at_any_offset(dtype, offset, shape):
    matrix = make_matrix(*shape, dtype, offset)
    check_against_numpy(project_spherized(matrix), spherize(matrix), 10)


@pytest.mark.parametrize("shape", [(1, 5), (7, 1), (2, 2), (3, 40)])
def test_spherized_small_shapes(shape):
    matrix = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    result = project_spherized(matrix)
    assert result.coordinates.shape == (shape[0], min(10, *shape))
    expected = spherize(matrix)
    expected -= expected.mean(axis=0)
    np.testing.assert_allclose(result.coordinates @ result.loadings, expected, atol=1e-5)


def test_spherized_with_a_constant_column_and_duplicates_by_the_thousand():
    matrix = np.tile(make_matrix(7, 20, offset=100), (1000, 1))
    matrix[:, 5] = 1000
    check_against_numpy(project_spherized(matrix), spherize(matrix), 6)


def test_coordinates_do_not_depend_on_how_rows_are_cut():
    matrix = make_matrix(999, 20, offset=500)
    np.testing.assert_allclose(
        project(matrix, rows_per_block=1).coordinates, project(matrix, rows_per_block=4096).coordinates, atol=1e-3
    )


def test_each_column_of_coordinates_is_contiguous():
    coordinates = project(make_matrix(100, 20)).coordinates
    assert all(coordinates[:, column].flags.c_contiguous for column in range(10))


def note_expected(matrix, components=3, rows_per_block=64):
    """The numbers of passes to come that are reported, with the number of passes taken by then."""
    noted, opened, open_blocks = [], [], opener(matrix, rows_per_block)

    def count():
        opened.append(True)
        return open_blocks()

    compute_pca(count, matrix.shape, components, lambda passes: noted.append((len(opened), passes)))
    return noted, len(opened)


def test_it_reports_how_many_passes_are_to_come(monkeypatch):
    noted, passes = note_expected(make_matrix(300, 20))
    assert (noted, passes) == ([(0, 2), (1, 1)], 2)
    noted, passes = note_expected(make_with_spectrum(300, 1e-3 ** np.arange(20)))
    assert (noted, passes) == ([(0, 2), (1, 2), (2, 1)], 3)
    monkeypatch.setattr(pca, "EXACT_SIDE", 8)
    noted, passes = note_expected(make_matrix(300, 60))
    assert noted[-2][1] > 2
    assert noted[-1] == (passes - 1, 1)
