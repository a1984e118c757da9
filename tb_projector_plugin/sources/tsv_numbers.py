"""Numbers written as text, parsed as float32; a missing one is NaN, and so is a whole row whose line is blank.

Arrow parses regular files. It parses others block by block, once they are written regularly; only if it rejects that
too is a file parsed line by line, which names the bad line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Any, BinaryIO, NoReturn

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError, are_expected, could_not_read, plural
from tb_projector_plugin.sources.missing_numbers import MISSING_WORDS, is_missing
from tb_projector_plugin.sources.tsv_layout import TsvLayout, find_tsv_layout, refuse_number
from tb_projector_plugin.sources.tsv_lines import FIX, blank_bytes, find_blank, read_line, read_lines
from tb_projector_plugin.stamped_file import Stamp, reading


def scan_tsv(path: str, display: str, stamp: Stamp | None = None) -> TsvLayout:
    """Raises NotFoundError, LimitError, DataError for a file without numbers, StaleError for one without `stamp`."""
    try:
        with _buffered(path, display, stamp) as file:
            _check_size(file, display)
            return find_tsv_layout(file, display)
    except FileNotFoundError as error:
        fix = "Write the file, or correct tensor_path in projector_config.pbtxt."
        raise NotFoundError(f"{display} is not there.", fix, file=display) from error
    except OSError as error:
        fix = "Check that it is a file that may be read."
        raise DataError(could_not_read(display, error), fix, file=display) from error


def parse_tsv(path: str, layout: TsvLayout, display: str, stamp: Stamp | None = None) -> NDArray[np.float32]:
    """The numbers [rows, dims] of a file with the layout from `scan_tsv`.

    Raises DataError with a line, LimitError for one that is too long, StaleError for a file without `stamp`.
    """
    with _buffered(path, display, stamp) as file:
        if not _can_hold(file, layout):
            _refuse_irregular(file, layout, display)
        numbers = np.empty((layout.rows, layout.dims), np.float32)
        if not any(_succeeds(parse, file, layout, numbers) for parse in (_parse_regular, _parse_blocks)):
            for row, parsed in enumerate(_parse_lines(file, layout, display)):
                numbers[row] = parsed
    return numbers


def _succeeds(parse: _Parse, file: BinaryIO, layout: TsvLayout, numbers: NDArray[np.float32]) -> bool:
    import pyarrow as pa

    try:
        parse(file, layout, numbers)
    except (pa.ArrowInvalid, _IrregularError):
        return False
    return True


@contextmanager
def _buffered(path: str, display: str, stamp: Stamp | None) -> Iterator[BinaryIO]:
    with reading(path, stamp, display) as (file, _):
        buffered = BufferedReader(file)
        try:
            yield buffered
        finally:
            buffered.detach()


def _can_hold(file: BinaryIO, layout: TsvLayout) -> bool:
    """Whether the file has a separator or line end for each number; checked before memory is allocated for them."""
    return (layout.rows - layout.blanks) * layout.dims <= os.fstat(file.fileno()).st_size + 1


_Parse = Callable[[BinaryIO, TsvLayout, NDArray[np.float32]], None]


class _IrregularError(ValueError):
    """The lines are not those of the layout, or Arrow skipped one."""


def _parse_regular(file: BinaryIO, layout: TsvLayout, numbers: NDArray[np.float32]) -> None:
    from pyarrow import csv

    if layout.blanks or layout.ends_in_separator:
        raise _IrregularError
    first_row = 0
    file.seek(layout.start)  # Moves the copy too.
    with (
        os.fdopen(os.dup(file.fileno()), "rb") as copy,  # Arrow closes the file it receives.
        csv.open_csv(copy, *_make_options(layout, _block_bytes(file, layout.rows), [])) as batches,
    ):
        for batch in batches:
            _copy_batch(batch, numbers[first_row : first_row + batch.num_rows])
            first_row += batch.num_rows
    if first_row != layout.rows:
        raise _IrregularError


def _make_options(layout: TsvLayout, block_bytes: int, missing: list[str]) -> tuple[Any, Any, Any]:
    """How Arrow reads, splits and converts. `missing` are cells that become null."""
    import pyarrow as pa
    from pyarrow import csv

    names = [str(number) for number in range(layout.dims)]
    return (
        csv.ReadOptions(column_names=names, block_size=block_bytes),
        csv.ParseOptions(delimiter=layout.separation.separator, quote_char=False, double_quote=False),
        csv.ConvertOptions(column_types=dict.fromkeys(names, pa.float32()), null_values=missing, check_utf8=False),
    )


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


def _parse_blocks(file: BinaryIO, layout: TsvLayout, numbers: NDArray[np.float32]) -> None:
    """Parses blocks of whole lines, written regularly; the rows of blank lines are left out for Arrow."""
    options = _make_options(layout, limits.BLOCK_BYTES + 2 * limits.TSV_LINE_BYTES, ["", *MISSING_WORDS])
    row = 0
    for lines in read_lines(file, layout.start):
        regular = _write_regularly(lines, layout)
        blank = find_blank(regular, blank_bytes(layout.separation))
        block = numbers[row : row + len(blank)]
        if len(block) != len(blank):
            raise _IrregularError
        block[blank] = np.nan
        if not blank.all():
            _parse_block(_without(regular, blank), options, block, np.flatnonzero(~blank))
        row += len(blank)
    if row != layout.rows:
        raise _IrregularError


def _parse_block(lines: bytes, options: tuple[Any, Any, Any], out: NDArray[np.float32], rows: NDArray[np.intp]) -> None:
    """Fills `rows` of `out`."""
    import pyarrow as pa
    from pyarrow import csv

    table = csv.read_csv(pa.BufferReader(lines), *options)
    if table.num_rows != len(rows):
        raise _IrregularError
    for number, column in enumerate(table.columns):
        out[rows, number] = column.to_numpy()


def _write_regularly(lines: bytes, layout: TsvLayout) -> bytes:
    """Without quotes, blanks that align columns, separators at line ends, and carriage returns."""
    separation = layout.separation
    lines = lines.replace(b"\r\n", b"\n")
    if separation.is_quoting:
        lines = lines.replace(b'"', b"")
    lines = separation.tidy(lines)
    if layout.ends_in_separator:
        lines = re.sub(rb"%b *$" % re.escape(separation.separator.encode()), b"", lines, flags=re.MULTILINE)
    return lines


def _without(lines: bytes, blank: NDArray[np.bool_]) -> bytes:
    """The lines that are not blank."""
    if not blank.any():
        return lines
    codes = np.frombuffer(lines, np.uint8)
    ends = np.flatnonzero(codes == ord("\n")) + 1
    ends = ends if len(ends) == len(blank) else np.append(ends, len(lines))
    return codes[np.repeat(~blank, np.diff(ends, prepend=0))].tobytes()


def _refuse_irregular(file: BinaryIO, layout: TsvLayout, display: str) -> NoReturn:
    """Names the first line that differs from the first: a file with too few bytes for its shape has one."""
    for _ in _parse_lines(file, layout, display):
        pass
    raise DataError(f"{display} changed while it was read.", "Reload.", file=display)


def _parse_lines(file: BinaryIO, layout: TsvLayout, display: str) -> Iterator[list[float]]:
    file.seek(layout.start)
    for number in range(layout.first_line, layout.first_line + layout.rows):
        yield _parse_line(read_line(file, display, number), layout, display, number)


def _parse_line(line: bytes, layout: TsvLayout, display: str, number: int) -> list[float]:
    line = _write_regularly(line, layout).rstrip(b"\r\n")
    if not line.strip(blank_bytes(layout.separation)):
        return [np.nan] * layout.dims
    cells = line.split(layout.separation.separator.encode())
    if len(cells) != layout.dims:
        raise DataError(
            f"{display}, line {number} has {plural(len(cells), 'cell')}; {are_expected(layout.dims, 'number')}, "
            f"separated by {layout.separation.words}, as on the first line with numbers.",
            FIX,
            file=display,
            line=number,
        )
    return [_parse_number(cell, display, number, column) for column, cell in enumerate(cells, start=1)]


def _parse_number(cell: bytes, display: str, line: int, column: int) -> float:
    text = cell.decode("utf-8", "replace")
    if is_missing(text):
        return np.nan
    try:
        if b"_" in cell:  # Only Python accepts 1_000.
            raise ValueError
        return float(cell)
    except ValueError:
        refuse_number(text, line, column, display)


def _check_size(file: BinaryIO, display: str) -> None:
    size = os.fstat(file.fileno()).st_size
    if size > limits.TSV_BYTES:
        raise LimitError(
            f"{display} has {size} bytes; vectors as text are read up to {limits.TSV_BYTES}.",
            "Write them as raw float32 (tensor_path with tensor_shape) or save a checkpoint.",
            file=display,
        )
