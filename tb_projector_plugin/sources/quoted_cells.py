"""Quotes as CSV has them: a quoted cell may hold separators, line ends and, doubled, quotes.

A cell is quoted if its first character is a quote and a single quote is its last one. Any other quote is a character
like the rest, so that no text is lost where quotes were not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tb_projector_plugin import limits

if TYPE_CHECKING:
    import pyarrow as pa

#: Bytes that stand for a line end and a tab of a cell until lines and cells are separated: UTF-8 never contains them.
LINE_END: Final = b"\xfe"
_TAB: Final = b"\xff"

_OPENING: Final = re.compile(rb'(?:\A|[\t\n])"')
_HEADER: Final = re.compile(rb'"[^"\t\n]+"(?:\t"[^"\t\n]+")+\n')
_PIECE_BYTES: Final = limits.MIB


@dataclass
class Quotes:
    """`cells` are quoted and hold `line_ends`; `strays` open cells and do not end them.

    `open_line` is where a quote opens a cell and no quote follows that could close it.
    """

    cells: int = 0
    line_ends: int = 0
    strays: int = 0
    open_line: int | None = None


def scan_quotes(text: bytes) -> Quotes:
    """`text` is UTF-8 and ends with a line end."""
    quotes = Quotes()
    for start, end in _openings(text):
        if end > 0:
            quotes.cells += 1
            quotes.line_ends += text.count(b"\n", start, end)
        elif end == 0:
            quotes.strays += 1
        elif quotes.open_line is None:
            quotes.open_line = text.count(b"\n", 0, start) + 1
    return quotes


def has_quoted_header(text: bytes) -> bool:
    """Whether the first line has several cells, all of them quoted."""
    return _HEADER.match(text) is not None


def unquote(text: bytes) -> bytes:
    """The same cells without their quotes, one line for each record; `restore` brings back line ends and tabs."""
    return b"".join(_unquoted_pieces(text))


def restore(column: pa.StringArray) -> pa.StringArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pc.replace_substring(column.cast(pa.binary()), LINE_END, b"\n")
    return pc.replace_substring(cells, _TAB, b"\t").cast(pa.string())


def restore_text(cell: bytes) -> str:
    return cell.replace(LINE_END, b"\n").replace(_TAB, b"\t").decode()


def _unquoted_pieces(text: bytes) -> Iterator[bytes]:
    """In pieces of about 1 MiB: one for each cell would take many times the memory of the text."""
    piece, done = bytearray(), 0
    for start, end in _openings(text):
        if end <= 0:
            continue
        piece += text[done:start]
        cell = text[start + 1 : end - 1].replace(b'""', b'"')
        piece += cell.replace(b"\n", LINE_END).replace(b"\t", _TAB)
        done = end
        if len(piece) >= _PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)
    yield text[done:]


def _openings(text: bytes) -> Iterator[tuple[int, int]]:
    """Each quote that opens a cell, and what `_find_end` says of it.

    The time is linear: a cell that is searched for its end up to a later opening ends there, one way or the other.
    """
    found = _OPENING.search(text)
    while found:
        start = found.end() - 1
        end = _find_end(text, start)
        yield start, end
        found = _OPENING.search(text, end if end > 0 else start + 1)


def _find_end(text: bytes, start: int) -> int:
    """The end of the quoted cell that begins at `start`; 0 if other text follows its quotes, -1 if none closes it."""
    quote = text.find(b'"', start + 1)
    while quote >= 0:
        following = text[quote + 1 : quote + 2]
        if following != b'"':
            return quote + 1 if following in (b"\t", b"\n") else 0
        quote = text.find(b'"', quote + 2)
    return -1
