"""Writes metadata.tsv from any structure with a value for each row.

A single column is written without a header, and two or more with one, as every projector reads it; so the name of a
single column is lost. A cell cannot hold a tab or a line break: these become spaces. Text that is not UTF-8 gets
replacement characters. Warnings count both.
"""

from __future__ import annotations

import math
import os
import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from tb_projector_plugin.atomic_file import open_atomically
from tb_projector_plugin.errors import BadParameterError, are_expected, could_not_read, plural
from tb_projector_plugin.writer.arrays import to_array

_BREAKS = re.compile(r"[\t\r\n]+")
#: Halves of characters, and bytes that are not UTF-8 text, which Python decodes to these.
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class _Columns:
    """Columns of equal length, and their names."""

    names: list[str]
    values: Sequence[Sequence[Any]]

    @property
    def rows(self) -> int:
        return len(self.values[0]) if self.values else 0


def write_metadata(path: str, metadata: Any, rows: int | None = None) -> str:
    """Writes `metadata` to `path` atomically, and returns `path`.

    Args:
        path: the file to write; missing directories are made.
        metadata: a list or one-dimensional array of labels; a dict of columns; a DataFrame; a list of dicts; a list of
            rows or a two-dimensional array, whose first row has the columns' names if there is one row more than
            `rows` or `rows` is None; or the path of a TSV file, which is copied unchanged.
        rows: the tensor's number of rows.

    Raises:
        BadParameterError: the number of values is not `rows`, columns differ in length, or the file is missing.
    """
    if isinstance(metadata, (str, os.PathLike)):
        return _copy(os.fspath(metadata), path, rows)
    columns = _columns(metadata, rows)
    _check_rows(columns, rows)
    changed = Counter[str]()
    with open_atomically(path) as file:
        if len(columns.names) > 1:
            file.write(_line(columns.names, changed))
        for row in zip(*columns.values, strict=True):
            file.write(_line(row, changed))
    for what, count in changed.items():
        _warn(path, what, count)
    return path


def _copy(source: str, path: str, rows: int | None) -> str:
    try:
        with open(source, "rb") as original:
            _check_lines(original, source, rows)
            if os.path.exists(path) and os.path.samefile(source, path):
                return path
            with open_atomically(path) as file:
                while chunk := original.read(1 << 20):
                    file.write(chunk)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise BadParameterError(
            could_not_read(f"The metadata file {source!r}", error),
            "Give the path of a TSV file, or the values themselves.",
        ) from error
    return path


def _check_lines(file: IO[bytes], source: str, rows: int | None) -> None:
    """Checks for a line per row, after a header if the first line has tabs; trailing blank lines may be an editor's."""
    if rows is None:
        return
    first, lines, last_filled = b"", 0, 0
    for lines, line in enumerate(file, start=1):
        first = first or line
        last_filled = lines if line.strip() else last_filled
    headers = 1 if b"\t" in first else 0
    file.seek(0)
    if not last_filled - headers <= rows <= lines - headers:
        raise BadParameterError(
            f"The metadata file {source!r} has {plural(last_filled - headers, 'line')}"
            f"{' after its header' * headers}; {are_expected(rows, 'row')}.",
            "Write one line for each row of the tensor; a header belongs above two or more columns, never above one.",
        )


def _columns(metadata: Any, rows: int | None) -> _Columns:
    if isinstance(metadata, Mapping):
        return _Columns([str(name) for name in metadata], [_values(values) for values in metadata.values()])
    if hasattr(metadata, "iloc") and hasattr(metadata, "columns"):  # pandas; names may repeat
        values = [list(metadata.iloc[:, place]) for place in range(len(metadata.columns))]
        return _Columns([str(name) for name in metadata.columns], values)
    if hasattr(metadata, "column_names") and hasattr(metadata, "to_pydict"):  # pyarrow
        return _columns(metadata.to_pydict(), rows)
    if hasattr(metadata, "get_columns") and hasattr(metadata, "to_dict"):  # polars
        return _columns(metadata.to_dict(as_series=False), rows)
    return _columns_of_rows(_values(metadata), rows)


def _values(values: Any) -> list[Any]:
    if isinstance(values, (list, tuple)):
        return list(values)
    if isinstance(values, (str, bytes)):
        raise BadParameterError(f"A column is the text {values!r}.", "Give a list with one value for each row.")
    if hasattr(values, "iloc"):  # A pandas Series: its own scalars, not NumPy's view of them.
        return list(values)
    if hasattr(values, "__array__") or hasattr(values, "detach"):
        return list(to_array(values))
    return list(values)


def _columns_of_rows(items: Sequence[Any], rows: int | None) -> _Columns:
    if items and all(isinstance(item, Mapping) for item in items):
        names = list(dict.fromkeys(name for item in items for name in item))
        return _Columns([str(name) for name in names], [[item.get(name) for item in items] for name in names])
    if not items or not _is_row(items[0]):
        return _Columns(["label"], [items])
    width = len(items[0])
    _check_width(items, width)
    has_names = rows is None or len(items) == rows + 1
    names = [_text(cell) for cell in items[0]] if has_names else [f"column {place + 1}" for place in range(width)]
    body = items[1:] if has_names else items
    return _Columns(names, [[row[place] for row in body] for place in range(width)])


def _is_row(item: Any) -> bool:
    return isinstance(item, (list, tuple)) or (hasattr(item, "shape") and len(item.shape) == 1)


def _check_width(items: Sequence[Any], width: int) -> None:
    for number, row in enumerate(items):
        if not _is_row(row) or len(row) != width:
            received = len(row) if _is_row(row) else 1
            raise BadParameterError(
                f"Item {number} of the metadata has {plural(received, 'cell')}; item 0 has {width}.",
                "Give every row the same cells; an empty one is None.",
            )


def _check_rows(columns: _Columns, rows: int | None) -> None:
    expected = columns.rows if rows is None else rows
    for name, values in zip(columns.names, columns.values, strict=True):
        if len(values) != expected:
            raise BadParameterError(
                f"The metadata column {name!r} has {plural(len(values), 'value')}; {are_expected(expected, 'row')}.",
                "Give one value for each row of the tensor, in its order.",
            )


def _line(cells: Sequence[Any], changed: Counter[str]) -> bytes:
    """One line; counts the cells that had to be changed, by the reason."""
    line = "\t".join(_clean(_text(cell), changed) for cell in cells) + "\n"
    return line.encode()


def _clean(text: str, changed: Counter[str]) -> str:
    if _BREAKS.search(text):
        changed["tabs or line breaks, which a TSV file cannot; they became spaces"] += 1
        text = _BREAKS.sub(" ", text)
    if not text.isascii() and _SURROGATES.search(text):
        changed["bytes or half characters that are not UTF-8 text; each became \ufffd"] += 1
        text = _SURROGATES.sub("\ufffd", text)
    return text


def _text(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "surrogateescape")
    if hasattr(cell, "numpy") and hasattr(cell, "shape"):  # a scalar of a framework
        return _text(to_array(cell).item())
    return "" if cell is None or _is_missing(cell) else str(cell)


def _is_missing(cell: Any) -> bool:
    """Whether it is NaN, or pandas' NA or NaT, which do not equal themselves."""
    if isinstance(cell, float):
        return math.isnan(cell)
    return type(cell).__name__ in ("NAType", "NaTType")


def _warn(path: str, what: str, count: int) -> None:
    warnings.warn(f"{os.path.basename(path)}: {plural(count, 'cell')} held {what}.", UserWarning, stacklevel=3)
