"""Vectors and their metadata in one text: numeric columns are the vectors, text columns the metadata.

Arrow reads regular text. Where it stops, lines are parsed one by one from there on, so that the error can name the
line, the column and the cell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, Problem
from tb_projector_plugin.sources.delimited_text import CellError, find_line, open_columns, refuse_cell
from tb_projector_plugin.sources.header_line import is_number_text
from tb_projector_plugin.sources.metadata_text import MetadataText, normalize_text
from tb_projector_plugin.sources.vector_layout import FIX, VectorLayout, find_layout

if TYPE_CHECKING:
    import pyarrow as pa

_Columns = tuple[NDArray[np.float32], "list[pa.StringArray]"]


@dataclass
class VectorText:
    """`vectors` [rows, dims] float32; `metadata` is the text columns, None without any."""

    vectors: NDArray[np.float32]
    metadata: MetadataText | None
    dimensions: list[str]
    separation: str
    has_header: bool
    problems: list[Problem] = field(default_factory=list)


def parse_vector_text(data: bytes, display: str, metadata: Collection[str] = ()) -> VectorText:
    """`metadata` names numeric columns that are not dimensions.

    Raises DataError with the bad line, LimitError, BadParameterError for a name that no column has.
    """
    problems: list[Problem] = []
    text = _without_last_blanks(normalize_text(data, display, problems))
    if not text:
        raise DataError(f"{display} holds nothing.", FIX, file=display)
    layout = find_layout(text, display, metadata, problems)
    vectors, columns = _parse(layout)
    return VectorText(
        vectors,
        _make_metadata(layout, columns) if columns else None,
        [layout.name_of(int(column)) for column in np.flatnonzero(layout.is_number)[: limits.METADATA_COLUMNS]],
        layout.separation.name,
        layout.header is not None,
        problems,
    )


def _without_last_blanks(text: bytes) -> bytes:
    """Blank lines at the end of a file come from an editor; an empty last cell of the last line is kept."""
    content = len(text.rstrip())
    return text[: text.index(b"\n", content) + 1] if content else b""


def _parse(layout: VectorLayout) -> _Columns:
    lines = layout.lines
    if not lines:
        raise DataError(f"{layout.display} holds names and no numbers.", FIX, file=layout.display)
    try:
        return _parse_regular(layout, lines)
    except _IrregularError as error:
        if len(layout.body) <= limits.UPLOAD_RECORDS_BYTES:
            return _parse_by_record(layout)
        _find_bad_line(layout, error.row)


class _IrregularError(ValueError):
    """Arrow skipped a line, found an extra one, or stopped after `row` rows."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def _parse_regular(layout: VectorLayout, lines: int) -> _Columns:
    import pyarrow as pa

    # Checked before allocating: each number takes at least a digit and a separator.
    if 2 * layout.dims * lines > len(layout.body):
        raise _IrregularError(0)
    types = [pa.float32() if number else pa.string() for number in layout.is_number]
    number_places, text_places = np.flatnonzero(layout.is_number), np.flatnonzero(~layout.is_number)
    vectors = np.empty((lines, layout.dims), np.float32)
    texts: list[list[pa.Array]] = [[] for _ in text_places]
    row = 0
    try:
        for columns in open_columns(layout.body, types, layout.separation, lines):
            first, row = row, row + len(columns[0])
            if row > lines:
                raise _IrregularError(0)
            for dim, place in enumerate(number_places):
                vectors[first:row, dim] = columns[place].to_numpy()
            for chunks, place in zip(texts, text_places, strict=True):
                chunks.append(columns[place])
    except pa.ArrowInvalid as error:
        raise _IrregularError(row) from error
    if row != lines and not layout.has_quotes:
        raise _IrregularError(0)
    return vectors[:row], [pa.concat_arrays(chunks) for chunks in texts]


def _parse_by_record(layout: VectorLayout) -> _Columns:
    """Parses what Arrow does not, such as digits of another script; raises for the first line that is invalid."""
    import pyarrow as pa

    vectors: list[NDArray[np.float32]] = []
    texts: list[list[str]] = [[] for _ in range(len(layout.is_number) - layout.dims)]
    text_places = np.flatnonzero(~layout.is_number)
    try:
        for number, record in layout.separation.records(layout.body):
            vectors.append(_parse_numbers(record, layout, layout.first_line + number - 1))
            for column, place in zip(texts, text_places, strict=True):
                column.append(record[place])
    except CellError as error:
        refuse_cell(error, layout.display, layout.first_line - 1)
    return np.stack(vectors), [pa.array(column, pa.string()) for column in texts]


def _find_bad_line(layout: VectorLayout, row: int) -> NoReturn:
    """For text too large to parse record by record: searches from the row where Arrow stopped, keeping nothing."""
    row = 0 if layout.has_quotes else row
    rest = layout.body[find_line(layout.body, row) :]
    try:
        for number, record in layout.separation.records(rest):
            _parse_numbers(record, layout, layout.first_line + row + number - 1)
    except CellError as error:
        refuse_cell(error, layout.display, layout.first_line + row - 1)
    raise DataError(
        f"{layout.display} has lines that are not written as the first ones, from line {layout.first_line + row:,} on.",
        "Write numbers in the digits 0 to 9, with a point and an exponent at most, the same count on every line.",
        file=layout.display,
        line=layout.first_line + row,
    )


def _parse_numbers(record: Sequence[str], layout: VectorLayout, line: int) -> NDArray[np.float32]:
    """The numbers of a record. Raises DataError for a record of another width or a cell that is not a number."""
    _check_width(record, layout, line)
    numbers = []
    for column in np.flatnonzero(layout.is_number).tolist():
        if not is_number_text(record[column]):
            _refuse_number(record[column], layout, line, column)
        numbers.append(float(record[column]))
    with np.errstate(over="ignore"):  # Infinite, as in Arrow: such rows are reported where they are omitted.
        return np.array(numbers).astype(np.float32)


def _check_width(record: Sequence[str], layout: VectorLayout, line: int) -> None:
    width = len(layout.is_number)
    if len(record) == width and (width > 1 or record[0].strip()):
        return
    received = f"has {len(record):,} cell{'s' * (len(record) != 1)}" if any(record) else "is blank"
    raise DataError(
        f"{layout.display}, line {line} {received}; {width:,} are expected, separated by {layout.separation.words}.",
        FIX,
        file=layout.display,
        line=line,
    )


def _refuse_number(cell: str, layout: VectorLayout, line: int, column: int) -> NoReturn:
    name = f" ({layout.name_of(column)})" if layout.header is not None else ""
    raise DataError(
        f"{layout.display}, line {line}, column {column + 1}{name[:80]}: received {cell[:40]!r}, a number is expected.",
        f"{FIX} A column that describes the points, instead of being a dimension, is named in the parameter metadata.",
        file=layout.display,
        line=line,
    )


def _make_metadata(layout: VectorLayout, columns: list[pa.StringArray]) -> MetadataText:
    places = np.flatnonzero(~layout.is_number)
    header = None
    if layout.header is not None or len(places) > 1:
        header = [layout.name_of(int(place)) for place in places]
    return MetadataText(columns, header, len(columns[0]))
