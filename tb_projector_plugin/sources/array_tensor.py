"""Vectors held in memory: those of an upload."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.sources.element_types import BY_TENSORFLOW_NUMBER, ElementType, Floats
from tb_projector_plugin.sources.tensor_source import RowReader, TensorSource

_BY_DTYPE = {element.name: element for element in BY_TENSORFLOW_NUMBER.values()}


def element_of(dtype: np.dtype[Any]) -> ElementType | None:
    """How numbers of this type, of either byte order, are stored and read; None for a type that is not real numbers."""
    return _BY_DTYPE.get(dtype.newbyteorder("=").name)


class ArrayTensor(TensorSource):
    """`array` [rows, dims] must not be modified; `version` identifies its content."""

    def __init__(self, array: NDArray[Any], version: str, display: str) -> None:
        element = element_of(array.dtype)
        assert element is not None, array.dtype
        super().__init__(array.shape, element, (), display)
        self._array = array.astype(element.stored, copy=False) if element.name != "bool" else array.view(np.uint8)
        self._version = version

    @property
    def nbytes(self) -> int:
        return self._array.nbytes

    def version(self) -> str:
        return self._version

    def current_version(self) -> str:
        return self._version

    def _open(self) -> AbstractContextManager[RowReader]:
        return self._reader()

    @contextmanager
    def _reader(self) -> Iterator[RowReader]:
        yield _ArrayReader(self._array, self._element)


class _ArrayReader:
    """A RowReader over numbers as stored."""

    def __init__(self, array: NDArray[Any], element: ElementType) -> None:
        self._array, self._element = array, element

    def read(self, first_row: int, out: Floats) -> None:
        self._element.convert_into(out, self._array[first_row : first_row + len(out)])

    def finish(self) -> None:
        """An array in memory has no checksum."""
