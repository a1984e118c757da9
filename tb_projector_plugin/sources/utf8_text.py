"""The bytes of a text file as UTF-8, whatever encoding it was saved in.

Text that is valid UTF-8 stays as it is. Other text is decoded as a whole in the encoding that a sample shows; if none
stands out, it is UTF-8 with damage, whose lines are named.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, Problem
from tb_projector_plugin.sources.line_blocks import line_blocks
from tb_projector_plugin.sources.named_lines import NamedLines
from tb_projector_plugin.sources.text_encoding import detect_narrow, detect_wide

_DECODE_BYTES = 16 * limits.MIB
#: Bytes that show an encoding, from the beginning and from the first byte that is not UTF-8: several pages of text.
_SAMPLE_BYTES = 256 << 10
#: Byte order marks; those of UTF-32 begin as those of UTF-16 do.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings that are known by another name.
_KNOWN_AS: Final = {"cp950": "Big5", "cp932": "Shift JIS", "cp949": "EUC-KR", "cp1252": "Western European"}
_FIX: Final = "Save the file as UTF-8."


def to_utf8(data: bytes, display: str, problems: list[Problem]) -> bytes:
    """UTF-8 without a byte order mark. Raises DataError for text that begins with another mark and does not decode."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _from_marked(data, encoding, display)
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = detect_wide(data[:_SAMPLE_BYTES])
    if wide is not None:
        return _from_detected(data, wide, f"is {wide.upper()} without a byte order mark", display, problems)
    damage = _find_damage(data)
    if damage is None:
        return data
    narrow = detect_narrow(_sample_around(data, damage))
    if narrow is None:
        return _replace_undecodable(data, display, problems)
    known_as = f" ({_KNOWN_AS[narrow]})" if narrow in _KNOWN_AS else ""
    return _from_detected(data, narrow, f"is not UTF-8 and was read as {narrow}{known_as}", display, problems)


def holds_wide_text(data: bytes) -> bool:
    """Whether zero bytes in `data` are those of text in UTF-16 or UTF-32."""
    return data.startswith(tuple(mark for mark, _ in _MARKS)) or detect_wide(data[:_SAMPLE_BYTES]) is not None


def _sample_around(data: bytes, damage: int) -> bytes:
    """The beginning, and whole lines from the first byte that is not UTF-8 on, unless the beginning holds it."""
    head = data[: data.rfind(b"\n", 0, _SAMPLE_BYTES) + 1 or _SAMPLE_BYTES]
    if damage < len(head):
        return head
    start = max(data.rfind(b"\n", damage - _SAMPLE_BYTES, damage) + 1, damage - _SAMPLE_BYTES)
    return head + data[start : data.rfind(b"\n", damage, start + _SAMPLE_BYTES) + 1 or start + _SAMPLE_BYTES]


def _from_marked(data: bytes, encoding: str, display: str) -> bytes:
    """UTF-16 is the encoding that spreadsheets call "Unicode text"."""
    try:
        return b"".join(piece.encode() for piece in _decode(data, encoding, "strict"))
    except UnicodeError as error:
        raise DataError(
            f"{display} begins as {encoding.upper()} and does not decode: {error}.", _FIX, file=display
        ) from error


def _from_detected(data: bytes, encoding: str, what: str, display: str, problems: list[Problem]) -> bytes:
    text = b"".join(piece.encode("utf-8", "replace") for piece in _decode(data, encoding, "replace"))
    damaged = _lines_with_replacements(text)
    damage = f"; {damaged} {_have(damaged)} bytes that do not decode, shown as \ufffd" if damaged.count else ""
    line = damaged.numbers[0] if damaged.count else None
    problems.append(Problem("warning", DataError.kind, f"{display} {what}{damage}.", _FIX, display, line))
    return text


def _have(lines: NamedLines) -> str:
    return "has" if lines.count == 1 else "have"


def _lines_with_replacements(text: bytes) -> NamedLines:
    lines, number = NamedLines(), 0
    replacement = "\ufffd".encode()
    if replacement not in text:
        return lines
    for block in line_blocks(text):
        for line in block.removesuffix(b"\n").split(b"\n"):
            number += 1
            if replacement in line:
                lines.add(number)
    return lines


def _decode(data: bytes, encoding: str, errors: str) -> Iterator[str]:
    """Decodes in pieces: as one Python string, the text may take four times the memory."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for start in range(0, len(data), _DECODE_BYTES):
        yield decoder.decode(data[start : start + _DECODE_BYTES])
    yield decoder.decode(b"", final=True)


def _find_damage(data: bytes) -> int | None:
    """About where the first byte stands that is not UTF-8: within its piece, a few bytes late at most.

    Checks in pieces, without keeping the decoded text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = 0
    try:
        for start in range(0, len(data), _DECODE_BYTES):
            decoder.decode(data[start : start + _DECODE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return min(start + error.start, len(data) - 1)
    return None


def _replace_undecodable(data: bytes, display: str, problems: list[Problem]) -> bytes:
    bad, blocks, number = NamedLines(), [], 0
    for block in line_blocks(data):
        lines = block.split(b"\n")
        for place, line in enumerate(lines):
            if _find_damage(line) is not None:
                bad.add(number + place + 1)
                lines[place] = line.decode("utf-8", "replace").encode()
        number += len(lines) - 1
        blocks.append(b"\n".join(lines))
    problems.append(
        Problem(
            "warning",
            DataError.kind,
            f"{display}: {bad} {'is' if bad.count == 1 else 'are'} not UTF-8; "
            "the bytes that do not decode are shown as \ufffd.",
            _FIX,
            display,
            bad.numbers[0],
        )
    )
    return b"".join(blocks)
