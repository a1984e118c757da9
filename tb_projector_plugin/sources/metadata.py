"""Metadata: a tab-separated file with a line for each point.

The first line is a header if it has two or more columns, and a point if it has one (a vocabulary): the rule of
TensorBoard's projector, on which existing files rely. Missing and extra lines are reported, never hidden.
"""

from __future__ import annotations

from collections.abc import Container
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, Problem, plural
from tb_projector_plugin.sources.metadata_columns import TypedColumn, type_column
from tb_projector_plugin.sources.metadata_text import MetadataText, check_cells, parse_metadata_text
from tb_projector_plugin.sources.quoted_cells import Quotes
from tb_projector_plugin.stamped_file import Stamp, read_whole

if TYPE_CHECKING:
    import pyarrow as pa

_ONE_COLUMN = "label"
_QUOTE = "Write one line for each point, and labels that hold line ends in quotes, as pandas' to_csv does."


@dataclass
class MetadataTable:
    """`table` has a record for each row of the tensor; each field's metadata has its `kind`, and its `spelling` if
    that is a number.

    `spellings` has the texts of the columns of numbers whose spelling is `own`, each under the name of its column.
    `lines` counts the file's lines without the header; `header` is whether there is one.
    """

    table: pa.Table
    spellings: pa.Table
    lines: int
    header: bool
    problems: list[Problem]

    @property
    def nbytes(self) -> int:
        return int(self.table.nbytes + self.spellings.nbytes)


def read_metadata(path: str, display: str, rows: int | None, stamp: Stamp | None = None) -> MetadataTable:
    """The columns of the file at `path`, cut or filled with nulls to `rows` (`None`: the number of lines).

    Raises NotFoundError, LimitError, DataError for a file that cannot be read at all, StaleError for one without
    `stamp`.
    """
    text = read_whole(
        path,
        stamp,
        display,
        limits.METADATA_BYTES,
        fix="Write a file that may be read, or correct metadata_path in projector_config.pbtxt.",
        limit_fix="Write fewer columns, or shorter text.",
    )
    return make_metadata_table(parse_metadata_text(text, display, rows), rows, display)


def make_metadata_table(text: MetadataText, rows: int | None, display: str) -> MetadataTable:
    """The same for text that is already parsed."""
    problems = [*text.problems, *_count_problems(text, rows, display)]
    check_cells(len(text.columns), text.lines if rows is None else rows, "points", display)
    names = _name_columns(text.header, len(text.columns), display, problems)
    typed = dict(zip(names, _type_columns(text, rows), strict=True))
    return MetadataTable(_make_table(typed), _make_spellings(typed), text.lines, text.header is not None, problems)


def _type_columns(text: MetadataText, rows: int | None) -> list[TypedColumn]:
    """In parallel: Arrow releases the interpreter lock."""
    import pyarrow as pa

    with ThreadPoolExecutor(pa.cpu_count()) as threads:
        return list(threads.map(lambda column: type_column(_fit(column, rows)), text.columns))


def _make_table(typed: dict[str, TypedColumn]) -> pa.Table:
    import pyarrow as pa

    fields = [pa.field(name, column.values.type, metadata=_describe(column)) for name, column in typed.items()]
    return pa.Table.from_arrays([column.values for column in typed.values()], schema=pa.schema(fields))


def _describe(column: TypedColumn) -> dict[str, str]:
    return {"kind": column.kind, **({} if column.spelling is None else {"spelling": column.spelling})}


def _make_spellings(typed: dict[str, TypedColumn]) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: column.texts for name, column in typed.items() if column.texts is not None})


def _fit(column: pa.StringArray, rows: int | None) -> pa.StringArray:
    import pyarrow as pa

    if rows is None or len(column) == rows:
        return column
    if len(column) > rows:
        return column.slice(0, rows)
    return pa.concat_arrays([column, pa.nulls(rows - len(column), pa.string())])


def _name_columns(header: list[str] | None, count: int, display: str, problems: list[Problem]) -> list[str]:
    """Names from the header; an empty one becomes `column 3`, a second `a` becomes `a (2)`."""
    if header is None:
        return [_ONE_COLUMN, *(f"column {number}" for number in range(2, count + 1))]
    written = [*header, *[""] * (count - len(header))]
    names: dict[str, None] = {}
    for number, name in enumerate(written, start=1):
        names[_free_name(name.strip() or f"column {number}", names)] = None
    renamed = [name for name, given in zip(names, header, strict=False) if name != given.strip()]
    if renamed:
        problems.append(
            Problem(
                "info",
                DataError.kind,
                f"{display}, line 1: a column's name is empty or there twice; shown as {', '.join(renamed)}.",
                "Give every column a name of its own on the first line.",
                display,
                1,
            )
        )
    return list(names)


def _free_name(name: str, taken: Container[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _count_problems(text: MetadataText, rows: int | None, display: str) -> list[Problem]:
    if rows is None or text.lines == rows or (text.lines > rows and _rest_is_blank(text, rows)):
        return []
    lines, points = plural(text.lines, "line"), plural(rows, "point")
    counts = f"{display} has {lines}{' after its header' if text.header else ''} for {points}"
    effect, fix = _explain_count(text, rows)
    cause, remedy, line = _find_cause(text)
    if remedy and (line == 1 or text.lines != rows + 1):
        fix = ""  # Line 1 is not a header, or a header would not explain the number.
    return [Problem("warning", DataError.kind, f"{counts}: {effect}{cause}.", f"{fix} {remedy}".strip(), display, line)]


def _find_cause(text: MetadataText) -> tuple[str, str, int | None]:
    """The likely cause of a line count that does not fit: description, fix and line."""
    quotes = text.quotes
    if quotes is not None and quotes.open_line is not None:
        unclosed = f"; the quote that opens a cell on line {quotes.open_line} never closes"
        return (
            unclosed + _count_records(text, quotes),
            f"If it is to quote a label, close it. {_QUOTE}",
            quotes.open_line,
        )
    if quotes is not None and quotes.line_ends:
        return _count_records(text, quotes), _QUOTE, None
    if text.blank_line is not None:
        blank = f"; line {text.blank_line} is blank, which may be the line end of a label that is written as it is"
        return blank, _QUOTE, text.blank_line
    return "", "", None


def _count_records(text: MetadataText, quotes: Quotes) -> str:
    if not quotes.line_ends:
        return ""
    records = text.lines - quotes.line_ends
    return f"; with quotes read as CSV has them, there {'is' if records == 1 else 'are'} {plural(records, 'record')}"


def _explain_count(text: MetadataText, rows: int) -> tuple[str, str]:
    header_fix = (
        "A file of one column has no header: if line 1 is one, every label stands one point too low; remove it."
    )
    if text.lines == rows + 1 and text.header is None:
        return "the last line is not shown", header_fix
    if text.lines > rows:
        more = text.lines - rows
        not_shown = "the last line is not shown" if more == 1 else f"the last {more} are not shown"
        return not_shown, "Write one line for each point, in the points' order."
    if text.lines == rows - 1 and text.header is not None:
        fix = "Line 1 was read as the names of the columns: if it is the first point, write a line of names above it."
        return "the last point has no metadata", fix
    less = rows - text.lines
    without = "the last point has no metadata" if less == 1 else f"the last {less} points have no metadata"
    return without, "Write one line for each point, blank if need be."


def _rest_is_blank(text: MetadataText, rows: int) -> bool:
    """Blank lines at the end of a file come from an editor and are not points."""
    import pyarrow.compute as pc

    return text.rest_is_blank and all(
        pc.all(pc.equal(column.slice(rows), "")).as_py() is not False for column in text.columns
    )
