"""Vectors in a `.npy` file, as `numpy.save` writes them: rows are read in place, nothing is unpickled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import DataError, could_not_read
from tb_projector_plugin.sources.array_tensor import element_of
from tb_projector_plugin.sources.element_types import ElementType, Floats
from tb_projector_plugin.sources.npy_array import HEAD_BYTES, NpyHeader, parse_npy_header
from tb_projector_plugin.sources.pieces import Piece, PieceReader
from tb_projector_plugin.sources.positional_file import PositionalFile
from tb_projector_plugin.sources.tensor_source import RowReader, TensorSource
from tb_projector_plugin.stamped_file import FileStamps, Stamp, open_stamped, read_stamps, size_of


class NpyTensor(TensorSource):
    """`NpyTensor(path, display)`.

    Raises DataError unless it is a complete two-dimensional array of real numbers, LimitError for too many rows.
    """

    def __init__(self, path: str, display: str, stamps: FileStamps | None = None) -> None:
        stamps = read_stamps([path]) if stamps is None else stamps
        self._header = _read_header(path, display, stamps.stamps[0])
        element = element_of(self._header.dtype)
        assert element is not None, self._header.dtype  # Checked with the header.
        shape = (self._header.rows, self._header.dims)
        super().__init__(shape, _as_stored(element, self._header.dtype), (path,), display, stamps)
        self.stored_shape = self._header.stored_shape

    def _open(self) -> AbstractContextManager[RowReader]:
        if self._header.is_fortran:
            return self._column_reader()
        path, stamp = self.files[0], self._stamps.stamps[0]
        piece = Piece(path, stamp, self.display, 0, self._header.start, 0, self._header.rows, 0, self._header.dims)
        return PieceReader([piece], self._element, verify=False, on_verified=lambda: None)

    @contextmanager
    def _column_reader(self) -> Iterator[RowReader]:
        with PositionalFile(self.files[0], self._stamps.stamps[0], self.display) as file:
            yield _ColumnReader(file, self._header, self._element)
            file.check_unchanged()


class _ColumnReader:
    """A RowReader over numbers stored column by column: one read for each column of a block."""

    def __init__(self, file: PositionalFile, header: NpyHeader, element: ElementType) -> None:
        self._file, self._header, self._element = file, header, element

    def read(self, first_row: int, out: Floats) -> None:
        stored: NDArray[Any] = np.empty(len(out), self._element.stored)
        for column in range(self._header.dims):
            offset = (column * self._header.rows + first_row) * self._element.stored.itemsize
            self._file.read_into(self._header.start + offset, stored.view(np.uint8).data)
            self._element.convert_into(out[:, column], stored)

    def finish(self) -> None:
        """The format has no checksum."""


def _as_stored(element: ElementType, dtype: np.dtype[Any]) -> ElementType:
    """The element type with the file's byte order; booleans are stored as bytes."""
    return element if element.name == "bool" else replace(element, stored=dtype)


def _read_header(path: str, display: str, stamp: Stamp | None) -> NpyHeader:
    try:
        with open_stamped(path, stamp, display) as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise DataError(
            could_not_read(display, error),
            "Check that the file is there and may be read, or correct tensor_path in projector_config.pbtxt.",
            file=display,
        ) from error
    return parse_npy_header(head, size_of(stamp) if stamp else len(head), display)
