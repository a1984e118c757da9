"""The interface of every format of vectors: rows are streamed, selected, or read whole.

A format declares its files and how rows are read (`_open`); passes, and comparing the files before and after, are
implemented here. A source never looks for newer files: the catalog does, which knows the ones that may be read.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError, DamagedError, DataError, Problem, could_not_read
from tb_projector_plugin.sources.element_types import ElementType, Floats
from tb_projector_plugin.sources.read_ahead import read_ahead
from tb_projector_plugin.stamped_file import FileStamps, changed_while_read, read_stamps, stale_if_young


class RowReader(Protocol):
    """Rows of a tensor whose files are open; belongs to one pass, and is called by one thread at a time."""

    def read(self, first_row: int, out: Floats) -> None:
        """Fills `out` [n, dims] with rows `first_row` to `first_row + n`."""

    def finish(self) -> None:
        """Called after every row was read once, in order. Raises DataError if a checksum differs."""


class TensorSource(ABC):
    """Vectors in files: `shape` (rows, dims), `dtype` as stored, `files`, and `display`, the display path.

    `problems` are those of files that are read, but may mean something else than what was understood.

    A source belongs to one version of its files, that of `stamps`: reading raises StaleError once they have changed.
    """

    def __init__(
        self,
        shape: tuple[int, ...],
        element: ElementType,
        files: tuple[str, ...],
        display: str,
        stamps: FileStamps | None = None,
    ) -> None:
        self.shape = shape
        #: The shape in the file, which may have more dimensions, of size 1.
        self.stored_shape = shape
        #: Damage that leaves some rows incomplete, if any.
        self.problem: DamagedError | None = None
        self.dtype = element.name
        self.files = files
        self.display = display
        #: Problems of vectors that are shown all the same.
        self.problems: tuple[Problem, ...] = ()
        #: Number of rows without numbers, which `problems` reports.
        self.blank_rows = 0
        #: What the version depends on besides the files: how a config says that they are read.
        self._settings: tuple[object, ...] = ()
        self._element = element
        self._stamps = read_stamps(files) if stamps is None else stamps

    @property
    def item_bytes(self) -> int:
        """Bytes of a number as it is read."""
        return self._element.block.itemsize

    @abstractmethod
    def _open(self) -> AbstractContextManager[RowReader]:
        """Opens the files for one pass. Raises DataError for a missing or short file."""

    def version(self) -> str:
        """The version of the files that this source reads."""
        return self._stamps.version(*self._settings)

    def current_version(self) -> str:
        """The version of the files as they are now."""
        return read_stamps(self.files).version(*self._settings)

    def blocks(self, rows_per_block: int | None = None) -> Iterator[tuple[int, Floats]]:
        """Yields `(first_row, block)` over all rows; `block` [n, dims] is valid until the next iteration.

        Raises StaleError if the files changed since this source was made or during the pass, DataError if they are
        damaged, which a checksum shows only at the end.
        """
        with self._unchanged(), self._open() as reader:
            shape = (self._rows_per_block(rows_per_block), self._dims)
            yield from read_ahead(reader.read, self.shape[0], lambda: np.empty(shape, self._element.block))
            reader.finish()

    def read_rows(self, rows: Sequence[int] | NDArray[Any]) -> Floats:
        """The given rows, in the given order, [len(rows), dims].

        Raises BadParameterError for a row that does not exist, else as `blocks`.
        """
        wanted = self._checked_rows(rows)
        distinct, inverse = np.unique(wanted, return_inverse=True)
        cuts = np.flatnonzero(np.diff(distinct, prepend=-2, append=-2) != 1)
        with self._unchanged(), self._open() as reader:
            found = np.empty((len(distinct), self._dims), self._element.block)
            for start, end in itertools.pairwise(cuts):
                reader.read(int(distinct[start]), found[start:end])
        in_order = np.array_equal(distinct, wanted)
        return found if in_order else found[inverse]

    def read_all(self) -> Floats:
        """Every row, [rows, dims], in newly allocated memory. Raises as `blocks`."""
        step = max(1, self._rows_per_block(None))
        with self._unchanged(), self._open() as reader:
            everything = np.empty((self.shape[0], self._dims), self._element.block)
            for first_row in range(0, self.shape[0], step):
                reader.read(first_row, everything[first_row : first_row + step])
            reader.finish()
        return everything

    @property
    def _dims(self) -> int:
        return self.shape[1]

    def _rows_per_block(self, requested: int | None) -> int:
        """Number of rows that fit BLOCK_BYTES, at least one, at most all."""
        row_bytes = max(1, self._dims * self._element.block.itemsize)
        rows = requested if requested is not None else limits.BLOCK_BYTES // row_bytes
        return min(max(1, rows), self.shape[0])

    def _checked_rows(self, rows: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
        wanted = np.asarray(rows, dtype=np.int64).reshape(-1)
        outside = wanted[(wanted < 0) | (wanted >= self.shape[0])]
        if len(outside):
            raise BadParameterError(
                f"Row {outside[0]} is not in {self.display}, which has {self.shape[0]} rows.",
                f"Ask for rows 0 to {self.shape[0] - 1}.",
            )
        return wanted

    def _unchanged(self) -> _Unchanged:
        return _Unchanged(self.files, self._stamps, self.display)


class _Unchanged:
    """Compares the files' stamps before and after a pass; an error caused by a change becomes a StaleError.

    So does damage in files written a moment ago.
    """

    def __init__(self, files: tuple[str, ...], stamps: FileStamps, display: str) -> None:
        self._files, self._stamps, self._display = files, stamps, display

    def __enter__(self) -> None:
        self._compare()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, (DataError, OSError)):
            self._compare(error)
        if isinstance(error, DamagedError):
            raise stale_if_young(error, self._stamps, self._display) from error
        if isinstance(error, OSError):
            raise DataError(
                could_not_read(self._display, error),
                "Check that the file is there and may be read, then reload.",
                file=self._display,
            ) from error

    def _compare(self, cause: BaseException | None = None) -> None:
        stamps = read_stamps(self._files)
        if stamps != self._stamps or None in stamps.stamps:
            raise changed_while_read(self._display) from cause
