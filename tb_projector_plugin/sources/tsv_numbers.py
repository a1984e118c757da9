"""Numbers written as text: counts them, and parses them as float32.

Arrow parses regular files; a file that it rejects is parsed again number by number, to name the bad line.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import BinaryIO, NoReturn

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError
from tb_projector_plugin.stamped_file import Stamp, reading

_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_FIX = "Write numbers separated by tabs, the same count on every line, with no header."


def scan_tsv_shape(path: str, display: str, stamp: Stamp | None = None) -> tuple[int, int]:
    """`(lines, numbers on the first line)`; blank lines at the end do not count.

    Raises NotFoundError, LimitError, DataError for a file without numbers, StaleError for one without `stamp`.
    """
    try:
        with _buffered(path, display, stamp) as file:
            end = _content_end(file, _checked_size(file, display))
            if end == 0:
                raise DataError(f"{display} holds no vectors.", _FIX, file=display)
            file.seek(0)
            dims = _read_line(file, display, 1).count(b"\t") + 1
            return _count_newlines(file, end) + 1, dims
    except FileNotFoundError as error:
        fix = "Write the file, or correct tensor_path in projector_config.pbtxt."
        raise NotFoundError(f"{display} is not there.", fix, file=display) from error
    except OSError as error:
        fix = "Check that it is a file that may be read."
        raise DataError(f"{display} could not be read: {error.strerror}.", fix, file=display) from error


def parse_tsv_numbers(
    path: str, shape: tuple[int, ...], display: str, stamp: Stamp | None = None
) -> NDArray[np.float32]:
    """The numbers [rows, dims] of a file, in the shape from `scan_tsv_shape`.

    Raises DataError with a line, LimitError for one that is too long, StaleError for a file without `stamp`.
    """
    import pyarrow as pa

    with _buffered(path, display, stamp) as file:
        if not _can_hold(file, shape):
            _refuse_irregular(file, shape, display)
        try:
            return _parse_regular(file, shape)
        except (pa.ArrowInvalid, _IrregularError):
            file.seek(0)
            return _parse_line_by_line(file, shape, display)


@contextmanager
def _buffered(path: str, display: str, stamp: Stamp | None) -> Iterator[BinaryIO]:
    with reading(path, stamp, display) as (file, _):
        buffered = BufferedReader(file)
        try:
            yield buffered
        finally:
            buffered.detach()


def _can_hold(file: BinaryIO, shape: tuple[int, ...]) -> bool:
    """Whether the file has a digit and a separator for each number; checked before memory is allocated for them."""
    return 2 * math.prod(shape) <= os.fstat(file.fileno()).st_size + 1


class _IrregularError(ValueError):
    """Arrow skipped a line."""


def _parse_regular(file: BinaryIO, shape: tuple[int, ...]) -> NDArray[np.float32]:
    import pyarrow as pa
    from pyarrow import csv

    rows, dims = shape
    names = [str(number) for number in range(dims)]
    numbers = np.empty((rows, dims), np.float32)
    with (
        os.fdopen(os.dup(file.fileno()), "rb") as copy,  # Arrow closes the file it receives.
        csv.open_csv(
            copy,
            csv.ReadOptions(column_names=names, block_size=_block_bytes(file, rows)),
            csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False),
            csv.ConvertOptions(column_types=dict.fromkeys(names, pa.float32()), null_values=[], check_utf8=False),
        ) as batches,
    ):
        first_row = 0
        for batch in batches:
            _copy_batch(batch, numbers[first_row : first_row + batch.num_rows])
            first_row += batch.num_rows
    if first_row != rows:
        raise _IrregularError
    return numbers


def _copy_batch(batch: object, out: NDArray[np.float32]) -> None:
    import pyarrow as pa

    assert isinstance(batch, pa.RecordBatch)
    if len(out) != batch.num_rows:
        raise _IrregularError
    for number, column in enumerate(batch.columns):
        out[:, number] = column.to_numpy()


def _block_bytes(file: BinaryIO, rows: int) -> int:
    """A block must hold a whole line: eight times the average length, at most twice the limit on lines."""
    return min(max(limits.BLOCK_BYTES, 8 * os.fstat(file.fileno()).st_size // rows), 2 * limits.TSV_LINE_BYTES)


def _parse_line_by_line(file: BinaryIO, shape: tuple[int, ...], display: str) -> NDArray[np.float32]:
    numbers = np.empty(shape, np.float32)
    for row, parsed in enumerate(_parse_lines(file, shape, display)):
        numbers[row] = parsed
    return numbers


def _refuse_irregular(file: BinaryIO, shape: tuple[int, ...], display: str) -> NoReturn:
    """Names the first line that differs from line 1: a file with too few bytes for its shape has one."""
    for _ in _parse_lines(file, shape, display):
        pass
    raise DataError(f"{display} changed while it was read.", "Reload.", file=display)


def _parse_lines(file: BinaryIO, shape: tuple[int, ...], display: str) -> Iterator[list[float]]:
    for row in range(shape[0]):
        line = _read_line(file, display, row + 1)
        yield _parse_line(line.removeprefix(_BOM) if row == 0 else line, shape[1], display, row + 1)


def _read_line(file: BinaryIO, display: str, number: int) -> bytes:
    line = file.readline(limits.TSV_LINE_BYTES + 1)
    if len(line) > limits.TSV_LINE_BYTES:
        raise LimitError(
            f"{display}, line {number} has over {limits.TSV_LINE_BYTES:,} bytes; as many at most are read.",
            _FIX,
            file=display,
            line=number,
        )
    return line


def _parse_line(line: bytes, dims: int, display: str, number: int) -> list[float]:
    cells = line.rstrip(b"\r\n").split(b"\t")
    if len(cells) != dims:
        received = "is blank" if not line.strip() else f"has {len(cells)} cell(s)"
        raise DataError(
            f"{display}, line {number} {received}; {dims} numbers are expected, as on line 1.",
            _FIX,
            file=display,
            line=number,
        )
    return [_parse_number(cell, display, number, column) for column, cell in enumerate(cells, start=1)]


def _parse_number(cell: bytes, display: str, line: int, column: int) -> float:
    try:
        if b"_" in cell:  # Only Python accepts 1_000.
            raise ValueError
        return float(cell)
    except ValueError as error:
        shown = cell[:40].decode("utf-8", "replace")
        raise DataError(
            f"{display}, line {line}, column {column}: received {shown!r}, a number is expected.",
            _FIX if line > 1 else f"If line 1 is a header, remove it. {_FIX}",
            file=display,
            line=line,
        ) from error


def _checked_size(file: BinaryIO, display: str) -> int:
    size = os.fstat(file.fileno()).st_size
    if size > limits.TSV_BYTES:
        raise LimitError(
            f"{display} has {size} bytes; vectors as text are read up to {limits.TSV_BYTES}.",
            "Write them as raw float32 (tensor_path with tensor_shape) or save a checkpoint.",
            file=display,
        )
    return size


def _content_end(file: BinaryIO, size: int) -> int:
    """Offset of the end of the last number, searched from the end of the file."""
    end = size
    while end > 0:
        start = max(0, end - limits.BLOCK_BYTES)
        file.seek(start)
        content = file.read(end - start).rstrip(_BLANKS)
        if content.removeprefix(_BOM if start == 0 else b""):
            return start + len(content)
        end = start
    return 0


def _count_newlines(file: BinaryIO, end: int) -> int:
    file.seek(0)
    newlines, left = 0, end
    while left > 0 and (part := file.read(min(left, limits.BLOCK_BYTES))):
        newlines += part.count(b"\n")
        left -= len(part)
    return newlines
