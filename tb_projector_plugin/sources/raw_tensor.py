"""Vectors as raw little-endian float32, row by row: `tensor_path` with `tensor_shape`."""

from __future__ import annotations

import math
from contextlib import AbstractContextManager
from typing import NoReturn

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError
from tb_projector_plugin.sources.element_types import FLOAT32
from tb_projector_plugin.sources.matrix_shape import as_matrix
from tb_projector_plugin.sources.pieces import Piece, PieceReader
from tb_projector_plugin.sources.tensor_source import RowReader, TensorSource
from tb_projector_plugin.stamped_file import MISSING, FileStamps, size_of


class RawTensor(TensorSource):
    """`RawTensor(path, (rows, dims), display)`; dimensions of size 1 besides these two are left out.

    Raises DataError if the file's size is not 4 * rows * dims bytes, LimitError for more rows than can be numbered.
    """

    def __init__(self, path: str, shape: tuple[int, ...], display: str, stamps: FileStamps | None = None) -> None:
        matrix = as_matrix(shape)
        if len(matrix) != 2 or min(matrix) < 0:
            _refuse_shape(shape, display)
        _check_rows(matrix[0], display)
        super().__init__(matrix, FLOAT32, (path,), display, stamps)
        self.stored_shape = shape
        self._settings = (matrix,)
        self._check_size()

    def _check_size(self) -> None:
        expected = 4 * math.prod(self.shape)
        stamp = self._stamps.stamps[0]
        if stamp is None or stamp == MISSING:
            raise DataError(
                f"{self.display} could not be read: there is no such file.",
                "Write the file, or correct tensor_path in projector_config.pbtxt.",
                file=self.display,
            )
        received = size_of(stamp)
        if received != expected:
            rows, dims = self.shape
            raise DataError(
                f"{self.display} has {received} bytes; tensor_shape {rows} x {dims} of float32 takes {expected}.",
                "Correct tensor_shape in projector_config.pbtxt, or write the vectors again as little-endian float32.",
                file=self.display,
            )

    def _open(self) -> AbstractContextManager[RowReader]:
        rows, dims = self.shape
        piece = Piece(self.files[0], self._stamps.stamps[0], self.display, 0, 0, 0, rows, 0, dims)
        return PieceReader([piece], self._element, verify=False, on_verified=lambda: None)


def _refuse_shape(shape: tuple[int, ...], display: str) -> NoReturn:
    raise DataError(
        f"{display}: tensor_shape is {list(shape)}; two numbers, rows and dimensions, are expected.",
        "Write `tensor_shape: <rows>` and `tensor_shape: <dimensions>` into projector_config.pbtxt.",
        file=display,
    )


def _check_rows(rows: int, display: str) -> None:
    """With no dimensions, any number of rows takes zero bytes, so the file's size does not bound it."""
    if rows > limits.ROWS:
        raise LimitError(
            f"{display}: tensor_shape says {rows:,} rows; at most {limits.ROWS:,} can be shown.",
            "Correct tensor_shape in projector_config.pbtxt, or write a part of the rows.",
            file=display,
        )
