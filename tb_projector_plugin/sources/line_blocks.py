"""Text in blocks of whole lines: a list of all its lines would take many times the memory of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tb_projector_plugin import limits

#: Bytes of text split into Python lines at a time: at most about a million objects of some sixty bytes each.
_LINES_BYTES: Final = limits.MIB


def line_blocks(text: bytes) -> Iterator[bytes]:
    """Yields whole lines, about 1 MiB at a time."""
    start = 0
    while start < len(text):
        end = text.rfind(b"\n", start, start + _LINES_BYTES) + 1 or text.find(b"\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
