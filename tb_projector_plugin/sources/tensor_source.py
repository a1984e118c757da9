"""What every format of vectors looks like from outside: rows that are streamed, picked or read whole.

A format says which files it lies in and how rows are read (`_open`); passes, retries and the comparison of the files
before and after are here, once for all.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError, DataError, NotFoundError, StaleError
from tb_projector_plugin.sources.element_types import ElementType, Floats
from tb_projector_plugin.sources.file_stamp import FileStamps, read_stamps


class RowReader(Protocol):
    """Rows of a tensor whose files are open; belongs to one pass on one thread."""

    def read(self, first_row: int, out: Floats) -> None:
        """Fills `out` [n, dims] with rows `first_row` to `first_row + n`."""

    def finish(self) -> None:
        """Called after every row was read once in order. Raises DataError when a checksum differs."""


class TensorSource(ABC):
    """Vectors in files: `shape` (rows, dims), `dtype` as stored, `files`, and `display`, the name shown to people."""

    def __init__(self, shape: tuple[int, ...], element: ElementType, files: tuple[str, ...], display: str) -> None:
        self.shape = shape
        self.dtype = element.name
        self.files = files
        self.display = display
        self._element = element
        self._stamps = read_stamps(files)

    @abstractmethod
    def _open(self) -> AbstractContextManager[RowReader]:
        """Opens the files for one pass. Raises DataError for a missing or short file."""

    def _reopen(self) -> None:
        """Looks at the files anew after they changed. Raises StaleError when they hold another shape or type."""
        self._stamps = read_stamps(self.files)

    def version(self) -> str:
        """The version of the files as they are now.

        A `read_*` that met a change has read the newer files: who answers for a version compares this afterwards.
        """
        return read_stamps(self.files).version()

    def blocks(self, rows_per_block: int | None = None) -> Iterator[tuple[int, Floats]]:
        """Yields `(first_row, block)` over all rows; `block` [n, dims] is valid until the next.

        Raises StaleError when the files changed since this source was made or during the pass, DataError when they are
        damaged: a checksum is known only at the end.
        """
        with self._unchanged(), self._open() as reader:
            buffer = np.empty((self._rows_per_block(rows_per_block), self._dims), self._element.block)
            for first_row in range(0, self.shape[0], max(1, len(buffer))):
                block = buffer[: self.shape[0] - first_row]
                reader.read(first_row, block)
                yield first_row, block
            reader.finish()

    def read_rows(self, rows: Sequence[int] | NDArray[Any]) -> Floats:
        """The rows named, in the order given, [len(rows), dims]. Raises BadParameterError for one that is not there."""
        wanted = self._checked_rows(rows)
        return self._with_one_retry(lambda: self._read_rows_once(wanted))

    def read_all(self) -> Floats:
        """Every row, [rows, dims], in new memory."""
        return self._with_one_retry(self._read_all_once)

    @property
    def _dims(self) -> int:
        return self.shape[1]

    def _rows_per_block(self, asked: int | None) -> int:
        """Rows that fit BLOCK_BYTES, at least one, at most all."""
        row_bytes = max(1, self._dims * self._element.block.itemsize)
        rows = asked if asked is not None else limits.BLOCK_BYTES // row_bytes
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

    def _read_rows_once(self, wanted: NDArray[np.int64]) -> Floats:
        distinct, inverse = np.unique(wanted, return_inverse=True)
        cuts = np.flatnonzero(np.diff(distinct, prepend=-2, append=-2) != 1)
        with self._unchanged(), self._open() as reader:
            rows = np.empty((len(distinct), self._dims), self._element.block)
            for start, end in itertools.pairwise(cuts):
                reader.read(int(distinct[start]), rows[start:end])
        in_order = np.array_equal(distinct, wanted)
        return rows if in_order else rows[inverse]

    def _read_all_once(self) -> Floats:
        step = max(1, self._rows_per_block(None))
        with self._unchanged(), self._open() as reader:
            everything = np.empty((self.shape[0], self._dims), self._element.block)
            for first_row in range(0, self.shape[0], step):
                reader.read(first_row, everything[first_row : first_row + step])
            reader.finish()
        return everything

    def _with_one_retry(self, read: Callable[[], Floats]) -> Floats:
        try:
            return read()
        except StaleError:
            self._look_again()
            return read()

    def _look_again(self) -> None:
        """Files that were there and are gone are a change too: a save that is under way takes its parts away."""
        try:
            self._reopen()
        except NotFoundError as error:
            raise StaleError(
                f"{self.display} was there and is gone.", "Reload: the run wrote it anew.", file=self.display
            ) from error

    def _unchanged(self) -> _Unchanged:
        return _Unchanged(self.files, self._stamps, self.display)


class _Unchanged:
    """Compares the files' stamps before and after a pass; an error caused by a change becomes a StaleError."""

    def __init__(self, files: tuple[str, ...], stamps: FileStamps, display: str) -> None:
        self._files, self._stamps, self._display = files, stamps, display

    def __enter__(self) -> None:
        self._compare()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, (DataError, OSError)):
            self._compare(error)
        if isinstance(error, OSError):
            raise DataError(
                f"{self._display} could not be read: {error.strerror or error}.",
                "Check that the file is there and may be read, then reload.",
                file=self._display,
            ) from error

    def _compare(self, cause: BaseException | None = None) -> None:
        stamps = read_stamps(self._files)
        if stamps != self._stamps or None in stamps.stamps:
            raise StaleError(
                f"{self._display} changed while it was read.",
                "Reload: the run wrote it anew.",
                file=self._display,
            ) from cause
