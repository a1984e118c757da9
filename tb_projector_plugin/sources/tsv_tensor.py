"""Vectors as text: a line for each row, numbers separated by tabs, as PyTorch's `add_embedding` writes it.

Other separators, a header line and missing numbers are read too, and reported in `problems`.

The text is parsed once per version of the file and kept in a bounded cache: parsing numbers from text takes a hundred
times as long as reading them from memory. Numbers become float32, as in TensorBoard's projector.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.sources.element_types import FLOAT32, Floats
from tb_projector_plugin.sources.tensor_source import RowReader, TensorSource
from tb_projector_plugin.sources.tsv_numbers import parse_tsv, scan_tsv
from tb_projector_plugin.stamped_file import FileStamps, read_stamps

_parsed = Cache(limits.CACHE_BYTES)


class TsvTensor(TensorSource):
    """`TsvTensor(path, display)` examines the first lines and counts the others; they are parsed when they are read.

    Raises NotFoundError, LimitError, DataError for an empty file; reading raises DataError naming the bad line.
    """

    def __init__(self, path: str, display: str, stamps: FileStamps | None = None) -> None:
        stamps = read_stamps([path]) if stamps is None else stamps
        self._layout = scan_tsv(path, display, stamps.stamps[0])
        super().__init__((self._layout.rows, self._layout.dims), FLOAT32, (path,), display, stamps)
        self.problems = self._layout.problems
        self.blank_rows = self._layout.blanks

    def _open(self) -> AbstractContextManager[RowReader]:
        return self._reader()

    @contextmanager
    def _reader(self) -> Iterator[RowReader]:
        (path,), (stamp,) = self.files, self._stamps.stamps
        key = f"{path}\0{self.version()}"
        yield _ArrayReader(_parsed.get(key, lambda: parse_tsv(path, self._layout, self.display, stamp), _nbytes))


class _ArrayReader:
    """A RowReader over an array in memory."""

    def __init__(self, array: NDArray[np.float32]) -> None:
        self._array = array

    def read(self, first_row: int, out: Floats) -> None:
        out[...] = self._array[first_row : first_row + len(out)]

    def finish(self) -> None:
        """Text has no checksum."""


def _nbytes(array: NDArray[np.float32]) -> int:
    return array.nbytes
