"""Reads the bytes of a metadata file as text columns: handles line ends and lines of unequal length.

A quote is an ordinary character unless `metadata_quotes` finds otherwise, a blank line is an empty row, and no cell is
lost: the extra cells of a line go into columns of their own. Every irregularity is reported with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, Problem
from tb_projector_plugin.sources.delimited_text import find_line
from tb_projector_plugin.sources.line_blocks import line_blocks
from tb_projector_plugin.sources.metadata_quotes import read_quotes
from tb_projector_plugin.sources.named_lines import NamedLines
from tb_projector_plugin.sources.quoted_cells import LINE_END, Quotes, restore, restore_text
from tb_projector_plugin.sources.utf8_text import to_utf8

if TYPE_CHECKING:
    import pyarrow as pa

_PARSE_BYTES = 4 * limits.MIB
_BLANK_TO_THE_END = re.compile(rb"[\t\n]*\Z")


@dataclass
class MetadataText:
    """`columns` have equal length and exclude the header; `header` holds the first line's names, `None` without one.

    `lines` counts all lines of the file; the columns may hold fewer: `rest_is_blank` is whether the others are blank.
    If there are too many, `blank_line` is the first blank one. If their number does not fit the points, `quotes` are
    those that could make it fit; where quotes were read as such, a line is a record.
    """

    columns: list[pa.StringArray]
    header: list[str] | None
    lines: int
    problems: list[Problem] = field(default_factory=list)
    rest_is_blank: bool = True
    quotes: Quotes | None = None
    blank_line: int | None = None


def parse_metadata_text(data: bytes, display: str, rows: int | None = None) -> MetadataText:
    """Reads the first `rows` lines (`None`: all) and counts the others.

    Raises DataError for UTF-16 that does not decode, LimitError for too many columns and for a line that is too long.
    """
    problems: list[Problem] = []
    return parse_normalized_text(normalize_text(data, display, problems), display, rows, problems)


def parse_normalized_text(plain: bytes, display: str, rows: int | None, problems: list[Problem]) -> MetadataText:
    """The same of text from `normalize_text`; adds to `problems`, which the result holds."""
    text, quotes = read_quotes(plain, display, rows, problems)
    first_line = text[: max(0, text.find(b"\n"))]
    width = first_line.count(b"\t") + 1
    _check_width(width, display)
    header = None if width == 1 else [restore_text(cell) for cell in first_line.split(b"\t")]
    start = 0 if header is None else len(first_line) + 1
    lines = text.count(b"\n", start)
    end = len(text) if rows is None or lines <= rows else find_line(text, rows, start)
    first_number = text.count(b"\n", 0, start) + first_line.count(LINE_END) + 1
    columns = _parse_body(text[start:end], width, first_number, display, problems)
    if text is not plain:
        columns = [restore(column) for column in columns]
    rest_is_blank = _BLANK_TO_THE_END.match(text, end) is not None
    blank_line = None if rows is None or lines <= rows else _find_blank(text, start)
    return MetadataText(columns, header, lines, problems, rest_is_blank, quotes, blank_line)


def _find_blank(text: bytes, start: int) -> int | None:
    """The number of the first blank line from `start` on that has text after it."""
    if not text.startswith(b"\n", start):
        start = text.find(b"\n\n", start) + 1
        if not start:
            return None
    if _BLANK_TO_THE_END.match(text, start):
        return None
    return text.count(b"\n", 0, start) + text.count(LINE_END, 0, start) + 1


def normalize_text(data: bytes, display: str, problems: list[Problem]) -> bytes:
    """UTF-8 with every line ended by a line feed. Raises DataError for UTF-16 that does not decode, LimitError."""
    text = _unify_line_ends(to_utf8(data, display, problems), display, problems)
    if len(text) > limits.METADATA_LINE_BYTES and text.find(b"\n", 0, limits.METADATA_LINE_BYTES) < 0:
        raise _line_too_long(1, display)
    return _end_last_line(text)


def _parse_body(
    body: bytes, width: int, first_number: int, display: str, problems: list[Problem]
) -> list[pa.StringArray]:
    import pyarrow as pa

    try:
        return _parse_regular(body, width, _PARSE_BYTES)
    except pa.ArrowInvalid:
        widest, longest = _measure_lines(body, width, first_number, display, problems)
        return _parse_regular(_pad_lines(body, widest), widest, max(_PARSE_BYTES, longest + widest + 1))


def _parse_regular(body: bytes, width: int, block_bytes: int) -> list[pa.StringArray]:
    """Raises ArrowInvalid when a line does not have `width` cells or is longer than a block."""
    import pyarrow as pa
    from pyarrow import csv

    if not body:
        return [pa.array([], pa.string()) for _ in range(width)]
    names = [str(number) for number in range(width)]
    table = csv.read_csv(
        pa.BufferReader(body),
        csv.ReadOptions(column_names=names, block_size=block_bytes),
        csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False, ignore_empty_lines=False),
        csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[], check_utf8=False),
    )
    return [_one_array(table.column(name)) for name in names]


def _one_array(column: pa.ChunkedArray) -> pa.StringArray:
    import pyarrow as pa

    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _pad_lines(body: bytes, width: int) -> bytes:
    return b"".join(
        b"".join(
            line + b"\t" * (width - 1 - line.count(b"\t")) + b"\n" for line in block.removesuffix(b"\n").split(b"\n")
        )
        for block in line_blocks(body)
    )


def _measure_lines(
    body: bytes, width: int, first_number: int, display: str, problems: list[Problem]
) -> tuple[int, int]:
    """`(most cells, most bytes)` of a line; reports short and long lines. A blank line is neither."""
    short, long = NamedLines(), NamedLines()
    widest, longest, number = width, 0, first_number
    for block in line_blocks(body):
        for line in block.removesuffix(b"\n").split(b"\n"):
            cells = line.count(b"\t") + 1 if line else width
            if len(line) > limits.METADATA_LINE_BYTES:
                raise _line_too_long(number, display)
            if cells != width:
                (short if cells < width else long).add(number)
            widest, longest = max(widest, cells), max(longest, len(line))
            number += 1 + line.count(LINE_END)
    _check_width(widest, display)
    check_cells(widest, body.count(b"\n"), "lines", display)
    if short.count:
        problems.append(_ragged(short, f"fewer cells than the {width} of line 1; the rest is shown as empty", display))
    if long.count:
        problems.append(
            _ragged(long, f"more cells than the {width} of line 1; they are shown in further columns", display)
        )
    return widest, longest


def _ragged(lines: NamedLines, what: str, display: str) -> Problem:
    return Problem(
        "warning",
        DataError.kind,
        f"{display}: {lines} {'has' if lines.count == 1 else 'have'} {what}.",
        "Write the same number of tab-separated cells on every line.",
        display,
        lines.numbers[0],
    )


def _check_width(width: int, display: str) -> None:
    if width > limits.METADATA_COLUMNS:
        raise LimitError(
            f"{display} has a line of {width} cells; at most {limits.METADATA_COLUMNS} columns are read.",
            "Write the columns that you want to see, separated by tabs.",
            file=display,
        )


def check_cells(columns: int, rows: int, what: str, display: str) -> None:
    """To be called before lines are padded or missing ones filled with nulls, which takes memory out of proportion.

    Raises LimitError. `what` names the unit of `rows`.
    """
    if columns * rows > limits.METADATA_CELLS:
        raise LimitError(
            f"{display} has {columns:,} columns, which for {rows:,} {what} are {columns * rows:,} cells; "
            f"at most {limits.METADATA_CELLS:,} are read.",
            "Write fewer columns, or save fewer points.",
            file=display,
        )


def _line_too_long(number: int, display: str) -> LimitError:
    return LimitError(
        f"{display}, line {number} has over {limits.METADATA_LINE_BYTES:,} bytes, the maximum for a line.",
        "Write one line for each point, and shorter text.",
        file=display,
        line=number,
    )


def _unify_line_ends(data: bytes, display: str, problems: list[Problem]) -> bytes:
    r"""Lines end at CRLF, or at CR in a file without LF; any other CR cannot be shown and becomes a space."""
    if b"\r" not in data:
        return data
    if b"\n" not in data:
        return data.replace(b"\r", b"\n")
    data = data.replace(b"\r\n", b"\n").removesuffix(b"\r")
    if b"\r" not in data:
        return data
    number = data[: data.index(b"\r")].count(b"\n") + 1
    problems.append(
        Problem(
            "info",
            DataError.kind,
            f"{display}: line {number} holds a carriage return inside a cell; it is shown as a space.",
            "Remove carriage returns from the labels.",
            display,
            number,
        )
    )
    return data.replace(b"\r", b" ")


def _end_last_line(data: bytes) -> bytes:
    return data if not data or data.endswith(b"\n") else data + b"\n"
