"""Metadata separated by commas or semicolons, with quotes, as spreadsheets save it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, Problem, are_expected, plural
from tb_projector_plugin.sources.delimited_text import (
    CellError,
    Separation,
    open_columns,
    refuse_cell,
    sniff_separation,
)
from tb_projector_plugin.sources.metadata_text import MetadataText, normalize_text, parse_normalized_text

if TYPE_CHECKING:
    import pyarrow as pa


def parse_metadata_csv(data: bytes, display: str, rows: int | None = None) -> MetadataText:
    """The first line is a header if it has two or more cells. Text with neither separator is read as tab-separated,
    its first `rows` lines only.

    Raises DataError for a line whose number of cells differs from the first and for a quote that is never closed,
    LimitError for too many cells.
    """
    problems: list[Problem] = []
    text = normalize_text(data, display, problems)
    separation = sniff_separation(text, ("tab", "semicolon", "comma")) if text else Separation("lines")
    if not separation.is_quoting:
        return parse_normalized_text(text, display, rows, problems)
    try:
        header = next(record for _, record in separation.records(text))
    except CellError as error:
        refuse_cell(error, display)
    if len(header) > limits.METADATA_COLUMNS:
        raise LimitError(
            f"{display} has a line of {len(header):,} cells; at most {limits.METADATA_COLUMNS:,} columns are read.",
            "Write the columns that you want to see.",
            file=display,
        )
    columns = _parse(text, len(header), separation, display)
    _check_closed(text, columns[-1], display)
    return MetadataText([column.slice(1) for column in columns], header, len(columns[0]) - 1, problems)


def _parse(text: bytes, width: int, separation: Separation, display: str) -> list[pa.StringArray]:
    import pyarrow as pa

    lines = text.count(b"\n")
    try:
        batches = list(open_columns(text, [pa.string()] * width, separation, lines))
    except pa.ArrowInvalid:
        _refuse_line(text, width, separation, display)
    return [pa.concat_arrays(chunks) for chunks in zip(*batches, strict=True)]


def _check_closed(text: bytes, last_column: pa.StringArray, display: str) -> None:
    """A quote that is never closed takes all that follows into the last cell, the file's last line end included."""
    cell: str = last_column[-1].as_py()
    if cell.endswith("\n") and not text.endswith(b'"\n'):
        line = text.count(b"\n") - cell.count("\n") + 1
        refuse_cell(CellError(line, "its quote is never closed"), display)


def _refuse_line(text: bytes, width: int, separation: Separation, display: str) -> NoReturn:
    try:
        for line, record in separation.records(text):
            if len(record) != width:
                raise DataError(
                    f"{display}, line {line} has {plural(len(record), 'cell')}; "
                    f"{are_expected(width, 'cell')}, as on line 1.",
                    'Write the same number of cells on every line, and "…" around text that holds a separator.',
                    file=display,
                    line=line,
                )
    except CellError as error:
        refuse_cell(error, display)
    raise DataError(f"{display} is not regular.", "Save it as tab-separated text.", file=display)
