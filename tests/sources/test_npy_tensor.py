"""`.npy` files of a logdir, as numpy writes them, in row-major and column-major order and either byte order."""

from __future__ import annotations

import numpy as np
import pytest
from tensor_source_conformance import TensorSourceConformance

from tb_projector_plugin.errors import DataError
from tb_projector_plugin.sources.npy_tensor import NpyTensor

VECTORS = np.random.default_rng(4).normal(size=(40, 9))


def save(path, array: np.ndarray) -> NpyTensor:
    np.save(path / "vectors.npy", array)
    return NpyTensor(str(path / "vectors.npy"), "run/vectors.npy")


class TestByRows(TensorSourceConformance):
    @pytest.fixture
    def expected(self):
        return VECTORS.astype(np.float32)

    @pytest.fixture
    def source(self, tmp_path, expected):
        return save(tmp_path, expected)


class TestByColumns(TensorSourceConformance):
    @pytest.fixture
    def expected(self):
        return VECTORS.copy()

    @pytest.fixture
    def source(self, tmp_path, expected):
        return save(tmp_path, np.asfortranarray(expected))


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", [">f4", "<f8", ">f8", "<f2", "<i8", ">i2", "u1", "?", "<u4"])
def test_every_kind_of_number(dtype, order, tmp_path) -> None:
    array = np.asarray(10 * VECTORS, order=order).astype(dtype, order=order)
    source = save(tmp_path, array)
    assert source.dtype == array.dtype.newbyteorder("=").name
    np.testing.assert_array_equal(source.read_all(), array)
    np.testing.assert_array_equal(source.read_rows([39, 3]), array[[39, 3]])


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros(40, np.float32), "two dimensions"),
        (np.zeros((2, 3, 4), np.float32), "two dimensions"),
        (np.zeros((4, 3), np.complex64), "real numbers are expected"),
        (np.array([["a", "b"]]), "real numbers are expected"),
        (np.array([[{}]], dtype=object), "never unpickled"),
        (np.zeros((0, 3), np.float32), "nothing to show"),
    ],
)
def test_what_cannot_be_shown_says_why(array, words, tmp_path) -> None:
    with pytest.raises(DataError, match=words) as raised:
        save(tmp_path, array)
    assert raised.value.file == "run/vectors.npy"


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"0", lambda data: data[:20]])
def test_a_file_that_is_cut_off_or_longer(change, tmp_path) -> None:
    np.save(tmp_path / "vectors.npy", VECTORS)
    path = tmp_path / "vectors.npy"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(DataError, match=r"run/vectors\.npy has"):
        NpyTensor(str(path), "run/vectors.npy")


def test_a_header_with_bytes_that_are_no_text(tmp_path) -> None:
    """NumPy parses it twice, the second time word by word, which failed in the interpreter itself."""
    np.save(tmp_path / "vectors.npy", VECTORS)
    path = tmp_path / "vectors.npy"
    path.write_bytes(path.read_bytes().replace(b"'shape'", b"'sha\r\n\0'"))
    with pytest.raises(DataError, match=r"run/vectors\.npy has no header that can be read"):
        NpyTensor(str(path), "run/vectors.npy")


def test_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(DataError, match="could not be read"):
        NpyTensor(str(tmp_path / "none.npy"), "run/none.npy")
