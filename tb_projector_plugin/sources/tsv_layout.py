"""The layout of a file of vectors as text: its shape and separator, and where its numbers begin.

What looks like a mistake, or was understood other than written, becomes a problem, which names the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, NoReturn

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, Level, Problem
from tb_projector_plugin.sources.delimited_text import Separation
from tb_projector_plugin.sources.header_line import is_number_text
from tb_projector_plugin.sources.missing_numbers import is_missing
from tb_projector_plugin.sources.named_lines import NamedLines
from tb_projector_plugin.sources.tsv_head import TsvHead, read_tsv_head
from tb_projector_plugin.sources.tsv_lines import FIX, count_lines, find_content, read_last_line
from tb_projector_plugin.sources.utf8_text import holds_wide_text

#: Rows below which a first column that counts them may as well be a coordinate.
_INDEX_ROWS: Final = 3
_NAMES_SHOWN: Final = 3
_CELL_SHOWN: Final = 40
#: Bytes that show an encoding.
_SAMPLE_BYTES: Final = 4096
#: Bytes of the last line that are read: its first number.
_FIRST_CELL_BYTES: Final = 100


@dataclass(frozen=True)
class TsvLayout:
    """`rows` lines from byte `start` on, the first of them line `first_line`; `blanks` of them hold no numbers.

    With `ends_in_separator`, a separator follows the last number of a line too.
    """

    rows: int
    dims: int
    separation: Separation
    ends_in_separator: bool
    start: int
    first_line: int
    blanks: int
    problems: tuple[Problem, ...]


def find_tsv_layout(file: BinaryIO, display: str) -> TsvLayout:
    """Raises LimitError, DataError for a file without numbers."""
    content = find_content(file)
    if content is None:
        raise DataError(f"{display} holds no vectors.", FIX, file=display)
    _check_encoding(file, display)
    problems: list[Problem] = []
    head = read_tsv_head(file, content.first_line, content.number, display, problems)
    _check_numbers(head, display)
    start, line = (content.start, 1) if head.header is None else (head.header_end, head.header_number + 1)
    rows, blank = count_lines(file, start, line, head.dims, head.separation, display=display)
    problems += [] if problems else _header_problems(head, display)
    problems += _form_problems(head, blank, display)
    problems += _index_problems(head, _index_base(file, head, rows - blank.count), display)
    return TsvLayout(
        rows, head.dims, head.separation, head.ends_in_separator, start, line, blank.count, tuple(problems)
    )


def _check_encoding(file: BinaryIO, display: str) -> None:
    file.seek(0)
    if holds_wide_text(file.read(_SAMPLE_BYTES)):
        raise DataError(
            f"{display} is text in UTF-16 or UTF-32; UTF-8 is expected.",
            "Save it as UTF-8, or as plain ASCII: it holds numbers only.",
            file=display,
        )


def refuse_number(cell: str, line: int, column: int, display: str) -> NoReturn:
    """`column` counts from 1."""
    raise DataError(
        f"{display}, line {line}, column {column}: received {cell[:_CELL_SHOWN]!r}, a number is expected.",
        f"{FIX} Words that describe the points belong into a file of their own, named in metadata_path.",
        file=display,
        line=line,
    )


def _check_numbers(head: TsvHead, display: str) -> None:
    for column, cell in enumerate(head.rows[0], start=1):
        if column <= limits.UPLOAD_COLUMNS and not is_missing(cell) and not is_number_text(cell):
            refuse_number(cell, head.first_number, column, display)


def _header_problems(head: TsvHead, display: str) -> Iterator[Problem]:
    if head.header is None:
        return
    written = [name.strip() for name in head.header if name.strip()]
    names = ", ".join(name[:_CELL_SHOWN] for name in written[:_NAMES_SHOWN])
    more = ", …" if len(written) > _NAMES_SHOWN else ""
    yield _problem(
        "info",
        f"{display}, line {head.header_number} holds names ({names}{more}) and was skipped; the first vector is on "
        f"line {head.first_number}.",
        "Nothing; remove the line if TensorBoard's built-in projector is to read the file too.",
        display,
        head.header_number,
    )


def _form_problems(head: TsvHead, blank: NamedLines, display: str) -> Iterator[Problem]:
    yield from _separator_problems(head, display)
    yield from _empty_column_problems(head, display)
    yield from _blank_problems(blank, display)


def _separator_problems(head: TsvHead, display: str) -> Iterator[Problem]:
    if head.separation.name not in ("tab", "lines"):
        yield _problem(
            "info",
            f"{display} separates its numbers by {head.separation.words} instead of tabs; {head.dims:,} were found on "
            f"line {head.first_number}.",
            "If that is their number, do nothing; otherwise write tabs: numpy.savetxt(path, vectors, delimiter='\\t').",
            display,
            head.first_number,
        )


def _empty_column_problems(head: TsvHead, display: str) -> Iterator[Problem]:
    if head.ends_in_separator:
        yield _problem(
            "info",
            f"{display}, line {head.first_number} has an empty cell after its last number, as the next lines do; it is "
            "not a dimension.",
            "Nothing; write no separator at the end of a line if the built-in projector is to read the file too.",
            display,
            head.first_number,
        )


def _blank_problems(blank: NamedLines, display: str) -> Iterator[Problem]:
    if blank.count:
        is_one = blank.count == 1
        yield _problem(
            "warning",
            f"{display}: {blank} {'is' if is_one else 'are'} blank: {'a row' if is_one else 'rows'} without a "
            "position, not drawn.",
            "Write numbers there; if no point is meant, remove the line, and its line of metadata if it has one.",
            display,
            blank.numbers[0],
        )


def _index_problems(head: TsvHead, base: int | None, display: str) -> Iterator[Problem]:
    if base is not None:
        yield _problem(
            "warning",
            f"{display}: the first of {head.dims:,} columns counts the rows ({base}, {base + 1}, {base + 2}, …), and "
            "was read as a dimension.",
            "If it is an index, remove the column (pandas: to_csv(path, sep='\\t', header=False, index=False)).",
            display,
            head.first_number,
        )


def _index_base(file: BinaryIO, head: TsvHead, rows: int) -> int | None:
    """0 or 1 if the first column counts the rows from there on, by the first lines and the last one; else None."""
    if head.dims < 2 or rows < _INDEX_ROWS:
        return None
    first = [_number_of(row) for row in head.rows]
    base = first[0]
    if base not in (0, 1) or first != [base + place for place in range(len(first))]:
        return None
    last = _number_of(head.separation.split(read_last_line(file)[:_FIRST_CELL_BYTES]))
    return int(base) if last == base + rows - 1 else None


def _number_of(cells: list[str]) -> float | None:
    return float(cells[0]) if is_number_text(cells[0]) else None


def _problem(level: Level, message: str, fix: str, display: str, line: int) -> Problem:
    return Problem(level, DataError.kind, message, fix, display, line)
