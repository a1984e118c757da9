"""The layout of vectors in text: the separator, the line of names, and which columns hold numbers.

All of it is inferred from the first lines. A cell that does not match its column is found when the text is parsed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError, DataError, LimitError, Problem
from tb_projector_plugin.sources.delimited_text import CellError, Separation, first_lines, refuse_cell, sniff_separation
from tb_projector_plugin.sources.header_line import has_names, is_number_text

FIX: Final = (
    "Write the same number of cells on every line, a number in each column of numbers; nan where there is none."
)


@dataclass(frozen=True)
class VectorLayout:
    """`body` is the text without the names; its first line is line `first_line` of the file."""

    separation: Separation
    header: list[str] | None
    is_number: NDArray[np.bool_]
    body: bytes
    first_line: int
    display: str

    @property
    def dims(self) -> int:
        return int(self.is_number.sum())

    @property
    def has_quotes(self) -> bool:
        """Whether a cell may hold line ends."""
        return self.separation.is_quoting and b'"' in self.body

    @property
    def lines(self) -> int:
        return self.body.count(b"\n")

    def name_of(self, column: int) -> str:
        name = self.header[column].strip() if self.header is not None and column < len(self.header) else ""
        return name or f"column {column + 1}"


def find_layout(text: bytes, display: str, metadata: Collection[str], problems: list[Problem]) -> VectorLayout:
    blank = len(text) - len(text.lstrip(b"\n"))
    text = text[blank:]
    _check_first_line(text, display)
    separation = sniff_separation(text)
    text = separation.tidy(text)
    text, first_line = _without_word2vec_line(text, separation, display, problems)
    first_line += blank
    rows = _first_records(text, separation, display, first_line - 1)
    width = len(rows[0])
    if width > limits.UPLOAD_COLUMNS:
        raise _too_wide(f"a line of over {limits.UPLOAD_COLUMNS:,} cells", display)
    is_number = _find_numbers(rows, width) | _find_numbers(rows[1:], width)
    has_header = has_names(rows, is_number, display, problems)
    names = _first_record(text, separation) if has_header else b""
    layout = VectorLayout(
        separation,
        rows[0] if has_header else None,
        is_number,
        text[len(names) :],
        first_line + names.count(b"\n"),
        display,
    )
    _set_metadata(layout, metadata)
    _check_layout(layout)
    return layout


def _check_first_line(text: bytes, display: str) -> None:
    end = text.index(b"\n")
    if end > limits.UPLOAD_LINE_BYTES:
        raise _too_wide(f"a first line of {end:,} bytes", display)


def _too_wide(what: str, display: str) -> LimitError:
    return LimitError(
        f"{display} has {what}; at most {limits.UPLOAD_COLUMNS:,} numbers on a line are read.",
        "Write a line for each point, or save the vectors with numpy.save.",
        file=display,
    )


def _without_word2vec_line(
    text: bytes, separation: Separation, display: str, problems: list[Problem]
) -> tuple[bytes, int]:
    """Strips word2vec's line `count dimensions` above the words; returns the rest and the number of its first line."""
    head = text.partition(b"\n")[0].split()
    rest = text[text.index(b"\n") + 1 :]
    cells = rest.partition(b"\n")[0].count(separation.separator.encode()) + 1
    is_shape = len(head) == 2 and all(part.isdigit() and len(part) < 10 for part in head)
    if not is_shape or not rest or cells != int(head[1]) + 1 or separation.name != "blank":
        return text, 1
    lines = rest.count(b"\n")
    if lines != int(head[0]):
        problems.append(
            Problem(
                "warning",
                DataError.kind,
                f"{display} says on line 1 that it has {int(head[0]):,} vectors; {lines:,} are there.",
                "The file may be cut off: write or download it again.",
                display,
                1,
            )
        )
    return rest, 2


def _first_records(text: bytes, separation: Separation, display: str, above: int) -> list[list[str]]:
    """Cells of the first lines; only records as long as the first: a bad line is found later, with its number."""
    head = first_lines(text, limits.UPLOAD_LINES_SNIFFED)
    try:
        records = [record for _, record in islice(separation.records(head), limits.UPLOAD_LINES_SNIFFED)]
    except CellError as error:
        refuse_cell(error, display, above)
    return [record for record in records if len(record) == len(records[0])]


def _first_record(text: bytes, separation: Separation) -> bytes:
    """The bytes of the first record with its line end; names may hold line ends in quotes.

    Where it ends is what the reader of records says: a quote inside a cell is a character like any other.
    """
    head = first_lines(text, limits.UPLOAD_LINES_SNIFFED)
    starts = [number for number, _ in islice(separation.records(head), 2)]
    if len(starts) < 2:
        return head
    end = 0
    for _ in range(starts[1] - 1):
        end = text.index(b"\n", end) + 1
    return text[:end]


def _find_numbers(rows: list[list[str]], width: int) -> NDArray[np.bool_]:
    """Columns in which more than half of the non-empty cells are numbers."""
    numbers, filled = np.zeros(width, np.int64), np.zeros(width, np.int64)
    for row in rows:
        numbers += [is_number_text(cell) for cell in row]
        filled += [bool(cell.strip()) for cell in row]
    return 2 * numbers > filled


def _set_metadata(layout: VectorLayout, metadata: Collection[str]) -> None:
    if not metadata:
        return
    places = {layout.name_of(column): column for column in reversed(range(len(layout.is_number)))}
    for name in metadata:
        if name not in places:
            shown = ", ".join(list(places)[::-1][:5])
            raise BadParameterError(
                f'The parameter "metadata" names {name[:80]!r}; {layout.display} has the columns {shown[:200]}, ….',
                "Name columns of the file, separated by commas.",
            )
        layout.is_number[places[name]] = False


def _check_layout(layout: VectorLayout) -> None:
    texts = len(layout.is_number) - layout.dims
    if not layout.dims:
        raise DataError(
            f"{layout.display} has no column of numbers: it holds no vectors.",
            "If it describes the points of an embedding, choose that embedding and load the file as its metadata; else "
            "write numbers separated by tabs, a line for each point, with a point as the decimal mark.",
            file=layout.display,
        )
    if texts > limits.METADATA_COLUMNS:
        raise LimitError(
            f"{layout.display} has {texts:,} columns of text; at most {limits.METADATA_COLUMNS:,} are read.",
            "Write the columns that you want to see.",
            file=layout.display,
        )
    if 4 * layout.dims * layout.lines > limits.UPLOADS_BYTES:
        raise LimitError(
            f"{layout.display} has {layout.lines:,} lines of {layout.dims:,} numbers; "
            f"{limits.UPLOADS_BYTES:,} bytes are kept.",
            "Write the vectors into the logdir: files there have no such limit.",
            file=layout.display,
        )
