"""The first lines of vectors as text: they show the separator, and whether there are names above the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np

from tb_projector_plugin import limits
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.sources.delimited_text import CellError, Separation, refuse_cell, sniff_separation
from tb_projector_plugin.sources.header_line import has_names
from tb_projector_plugin.sources.tsv_lines import read_line

#: Bytes of the first lines that are examined: a hundred lines of a thousand numbers.
_HEAD_BYTES: Final = limits.MIB


@dataclass(frozen=True)
class _RawLine:
    """A line with content, without its line end; `end` is the offset of the next one."""

    number: int
    end: int
    text: bytes


@dataclass(frozen=True)
class TsvHead:
    """`rows` are the cells of the first lines with numbers, at least of one; the first of them is line `first_number`.

    `header` is the cells of the names above them, None without; `header_number` is their line and `header_end` the
    offset of the next one. With `ends_in_separator`, a separator follows the last number of a line too.
    """

    separation: Separation
    ends_in_separator: bool
    header: list[str] | None
    header_number: int
    header_end: int
    rows: list[list[str]]
    first_number: int
    dims: int


def read_tsv_head(file: BinaryIO, start: int, number: int, display: str, problems: list[Problem]) -> TsvHead:
    """`start` is the offset of the first line with content, `number` its number.

    Raises LimitError, DataError for a quote that is not closed.
    """
    lines = _read_lines(file, start, number, display)
    separation = sniff_separation(b"".join(line.text + b"\n" for line in lines))
    rows = [_split(separation, line, display) for line in lines]
    ends_in_separator = all(len(row) > 1 and not row[-1].strip() for row in rows)
    if ends_in_separator:
        rows = [row[:-1] for row in rows]
    has_header = _has_header(rows, display, problems, number)
    return TsvHead(
        separation,
        ends_in_separator,
        rows[0] if has_header else None,
        number,
        lines[0].end,
        rows[has_header:],
        lines[has_header].number,
        _count_dims(lines[has_header].text, rows[has_header], separation),
    )


def _read_lines(file: BinaryIO, start: int, number: int, display: str) -> list[_RawLine]:
    """At least two lines with content, if there are two."""
    file.seek(start)
    lines: list[_RawLine] = []
    end, left = start, _HEAD_BYTES
    while left > 0 and len(lines) < limits.UPLOAD_LINES_SNIFFED and (text := read_line(file, display, number)):
        is_blank = not text.strip()
        left -= len(text) if is_blank or len(lines) > 1 else 0
        if not is_blank:
            lines.append(_RawLine(number, end + len(text), text.rstrip(b"\r\n")))
        number, end = number + 1, end + len(text)
    return lines


def _split(separation: Separation, line: _RawLine, display: str) -> list[str]:
    try:
        return separation.split(line.text)
    except CellError as error:
        refuse_cell(error, display, line.number - 1)


def _has_header(rows: list[list[str]], display: str, problems: list[Problem], number: int) -> bool:
    alike = [row for row in rows if len(row) == len(rows[0])]
    return has_names(alike, np.ones(len(rows[0]), np.bool_), display, problems, number)


def _count_dims(line: bytes, row: list[str], separation: Separation) -> int:
    """Only the first cells of a very long line are in `row`."""
    if len(row) <= limits.UPLOAD_COLUMNS:
        return len(row)
    return separation.tidy(line).count(separation.separator.encode()) + 1
