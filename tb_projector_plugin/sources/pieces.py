"""A tensor made of pieces: rectangles of it, each stored row by row in one file without gaps.

A raw file and an ordinary checkpoint tensor are one piece; a partitioned variable has several, cut along rows, columns
or both. Bytes go straight into the caller's block where a piece is as wide as the tensor and needs no conversion, and
through one scratch block otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import DamagedError
from tb_projector_plugin.sources.element_types import ElementType, Floats
from tb_projector_plugin.sources.positional_file import PositionalFile
from tb_projector_plugin.stamped_file import Stamp


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows `first_row` to `end_row`, columns `first_column` to `end_column`, at byte `offset` of a file."""

    path: str
    stamp: Stamp | None
    display: str
    shard: int
    offset: int
    first_row: int
    end_row: int
    first_column: int
    end_column: int
    crc32c: int | None = None

    @property
    def columns(self) -> int:
        return self.end_column - self.first_column


class PieceReader:
    """A RowReader over pieces that together cover the tensor, except for the rows in `gaps`, which are NaN."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        element: ElementType,
        *,
        verify: bool,
        on_verified: Callable[[], None],
        gaps: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._pieces = pieces
        self._element = element
        self._crcs = [0] * len(pieces) if verify else None
        self._on_verified = on_verified
        self._gaps = gaps
        self._scratch: NDArray[Any] = np.empty(0, element.stored)
        self._files: dict[str, PositionalFile] = {}
        self._open_files = ExitStack()

    def __enter__(self) -> PieceReader:  # noqa: PYI034  (Self is in Python 3.11)
        for piece in self._pieces:
            if piece.path not in self._files:
                self._files[piece.path] = self._open_files.enter_context(
                    PositionalFile(piece.path, piece.stamp, piece.display)
                )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._open_files:
            for file in self._files.values():
                file.check_unchanged()

    def read(self, first_row: int, out: Floats) -> None:
        end_row = first_row + len(out)
        for number, piece in enumerate(self._pieces):
            first, end = max(first_row, piece.first_row), min(end_row, piece.end_row)
            if first < end:
                target = out[first - first_row : end - first_row, piece.first_column : piece.end_column]
                self._read_piece(number, first, target)
        for first, end in self._gaps:
            out[max(0, first - first_row) : max(0, end - first_row)] = np.nan

    def finish(self) -> None:
        """Compares each piece's checksum; every row must have been read once, in order."""
        if self._crcs is None:
            return
        for piece, received in zip(self._pieces, self._crcs, strict=True):
            if piece.crc32c is not None and received != piece.crc32c:
                raise _checksum_error(piece, received)
        self._on_verified()

    def _read_piece(self, number: int, first_row: int, target: Floats) -> None:
        piece = self._pieces[number]
        row_bytes = piece.columns * self._element.stored.itemsize
        offset = piece.offset + (first_row - piece.first_row) * row_bytes
        direct = self._element.is_native and target.flags.c_contiguous
        stored = target if direct else self._scratch_like(target)
        self._files[piece.path].read_into(offset, _bytes_of(stored))
        if self._crcs is not None:
            self._crcs[number] = _extend_crc32c(self._crcs[number], stored)
        if not direct:
            self._element.convert_into(target, stored)

    def _scratch_like(self, target: Floats) -> NDArray[Any]:
        if self._scratch.size < target.size:
            self._scratch = np.empty(target.size, self._element.stored)
        return self._scratch[: target.size].reshape(target.shape)


def _bytes_of(array: NDArray[Any]) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _extend_crc32c(crc: int, stored: NDArray[Any]) -> int:
    import google_crc32c

    return int(google_crc32c.extend(crc, stored.reshape(-1).view(np.uint8)))


def _checksum_error(piece: Piece, received: int) -> DamagedError:
    return DamagedError(
        f"{piece.display}: the bytes from {piece.offset} on have crc32c {received:08x}, "
        f"the index says {piece.crc32c:08x}.",
        "The file is damaged or being written: wait for the training job to finish saving, or copy it again.",
        file=piece.display,
    )
