"""Decides whether quotes in metadata are those of CSV, and says so.

Vocabularies have quotes among their words, and the built-in projector reads them as they are. So quotes count as quotes
only if the number of records then fits the points and the number of lines does not, or if the header quotes each name.
"""

from __future__ import annotations

from typing import Final

from tb_projector_plugin.errors import DataError, Problem, plural
from tb_projector_plugin.sources.quoted_cells import Quotes, has_quoted_header, scan_quotes, unquote

#: Bytes at the end that are searched for blank lines; more of them than this are not an editor's.
_END_BYTES: Final = 1 << 16


def read_quotes(text: bytes, display: str, rows: int | None, problems: list[Problem]) -> tuple[bytes, Quotes | None]:
    """The text without its quotes if it is quoted, else as it is; and the quotes, if they were looked at."""
    if b'"' not in text:
        return text, None
    header = has_quoted_header(text)
    if not header and (rows is None or _fits(text, rows)):
        return text, None
    quotes = scan_quotes(text)
    throughout = header and _is_quoted_throughout(text, quotes)
    if throughout or (rows is not None and not _fits(text, rows) and _may_fit(text, quotes, rows)):
        records = unquote(text)
        if throughout or (rows is not None and _fits(records, rows)):
            problems.append(_say_quoted(display, text.count(b"\n"), records.count(b"\n")))
            return records, None
    return text, quotes


def _is_quoted_throughout(text: bytes, quotes: Quotes) -> bool:
    names = text.count(b"\t", 0, text.find(b"\n")) + 1
    return quotes.cells > names and not quotes.strays and quotes.open_line is None


def _may_fit(text: bytes, quotes: Quotes, rows: int) -> bool:
    """Whether the records are as many as the points but for a header and blank lines at the end."""
    surplus = text.count(b"\n") - quotes.line_ends - rows
    return quotes.cells > 0 and 0 <= surplus <= 1 + _last_blanks(text)


def _fits(text: bytes, rows: int) -> bool:
    """A header is not a point, nor are blank lines at the end."""
    lines = text.count(b"\n") - (b"\t" in text[: text.find(b"\n")])
    return lines - _last_blanks(text) <= rows <= lines


def _last_blanks(text: bytes) -> int:
    end = text[-_END_BYTES:]
    return end.count(b"\n", len(end.rstrip(b"\t\n")) + 1)


def _say_quoted(display: str, lines: int, records: int) -> Problem:
    read_as = f"; its {plural(lines, 'line')} are {plural(records, 'record')}" if lines != records else ""
    return Problem(
        "info",
        DataError.kind,
        f"{display} was read as quoted text, as CSV has it{read_as}.",
        "Nothing; write labels without quotes and line ends if TensorBoard's built-in projector is to read the file "
        "too.",
        display,
    )
