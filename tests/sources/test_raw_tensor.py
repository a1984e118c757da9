"""Raw float32, as numpy writes it."""

from __future__ import annotations

import numpy as np
import pytest
from tensor_source_conformance import TensorSourceConformance

from tb_projector_plugin.errors import DataError
from tb_projector_plugin.sources.raw_tensor import RawTensor


class TestRawTensor(TensorSourceConformance):
    @pytest.fixture
    def expected(self):
        return np.random.default_rng(2).normal(size=(40, 9)).astype(np.float32)

    @pytest.fixture
    def source(self, tmp_path, expected):
        expected.astype("<f4").tofile(tmp_path / "vectors.bytes")
        return RawTensor(str(tmp_path / "vectors.bytes"), expected.shape, "run/vectors.bytes")


@pytest.mark.parametrize("size", [0, 100, 159, 161, 320])
def test_a_size_that_is_not_the_shapes(size, tmp_path) -> None:
    (tmp_path / "v.bytes").write_bytes(bytes(size))
    with pytest.raises(DataError, match=f"has {size} bytes; tensor_shape 8 x 5 of float32 takes 160") as raised:
        RawTensor(str(tmp_path / "v.bytes"), (8, 5), "run/v.bytes")
    assert "tensor_shape" in raised.value.fix
    assert raised.value.file == "run/v.bytes"


@pytest.mark.parametrize("shape", [(), (40,), (2, 4, 5), (-1, -40)])
def test_a_shape_that_is_not_rows_and_dimensions(shape, tmp_path) -> None:
    with pytest.raises(DataError, match="two numbers"):
        RawTensor(str(tmp_path / "v.bytes"), shape, "run/v.bytes")


def test_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(DataError, match="could not be read"):
        RawTensor(str(tmp_path / "none"), (8, 5), "run/none")


def test_no_rows(tmp_path) -> None:
    (tmp_path / "v.bytes").write_bytes(b"")
    assert RawTensor(str(tmp_path / "v.bytes"), (0, 5), "run/v.bytes").read_all().shape == (0, 5)
