"""Detects the encoding of text that is not UTF-8, or reports that it is unknown.

UTF-16 and UTF-32 without a byte order mark show in where their NULs are. The double-byte encodings of Chinese, Japanese
and Korean are compared by how many bits the text takes in each: common characters take few, rare ones many, and read in
another encoding, text turns into rare ones. This works for lists of a few words, which charset-normalizer takes for
UTF-16 or Thai; it distinguishes the single-byte encodings by the languages that they spell.
"""

from __future__ import annotations

import codecs
import math
import unicodedata
from collections import Counter
from collections.abc import Container
from functools import lru_cache
from typing import Final

#: Codec that defines the characters of one group -> the share of ordinary text that they are, and their first bytes.
_Groups = tuple[tuple[float, tuple[int, ...]], ...]

#: Double-byte encodings: name, the codec of its older and smaller version, and the groups of its common characters:
#: punctuation, kana, and the characters that the standard lists first because they are the common ones.
_DOUBLE_BYTE: Final[tuple[tuple[str, str, _Groups], ...]] = (
    ("gb18030", "gb2312", ((0.10, (0xA1, 0xA3)), (0.87, tuple(range(0xB0, 0xD8))))),
    ("cp950", "big5", ((0.10, (0xA1,)), (0.87, tuple(range(0xA4, 0xC7))))),
    ("cp932", "shift_jis", ((0.10, (0x81,)), (0.45, (0x82, 0x83)), (0.42, tuple(range(0x88, 0x98))))),
    ("euc_jp", "euc_jp", ((0.10, (0xA1, 0xA3)), (0.45, (0xA4, 0xA5)), (0.42, tuple(range(0xB0, 0xD0))))),
    ("cp949", "euc_kr", ((0.10, (0xA1, 0xA3)), (0.87, tuple(range(0xB0, 0xC9))))),
)
#: Bits of a character outside the groups: one of 20,000, in 3 percent of the text.
_RARE_BITS: Final = math.log2(20_000 / 0.03)
#: Bits of a byte that does not decode, which text has only by damage.
_DAMAGE_BITS: Final = 30.0
_ASCII_BITS: Final = 6.0
#: Bits between the best encoding and the second: sixty-four to one.
_MARGIN_BITS: Final = 6.0

#: Single-byte encodings, those that are met more often first: where nothing else decides, the first is taken.
_SINGLE_BYTE: Final = (
    "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "koi8_r", "cp1255", "cp1256", "cp874", "cp1257", "cp1258",
)  # fmt: skip
_WESTERN: Final = frozenset("àâäáãåæçèéêëìíîïñòóôõöøœùúûüßÀÂÄÁÅÆÇÉÈÊÍÑÓÔÖØŒÚÜ¡¿«»‘’“”„–—…€£°§ºª·×½²")

#: Encodings without a mark: the bytes of a character, and the place of its highest one.
_WIDE: Final = (("utf-32-le", 4, 3), ("utf-32-be", 4, 0), ("utf-16-le", 2, 1), ("utf-16-be", 2, 0))
#: Share of high bytes among the zeros of ASCII characters as UTF-16, at least: all, but for a few other characters.
_HIGH_ZEROS: Final = 0.8
#: Share of zeros in a text of ASCII characters as UTF-16, at least: half, but for a damaged end.
_ASCII_ZEROS: Final = 0.4

#: Characters that must not be ASCII: fewer may be damage, whatever they spell.
_EVIDENCE: Final = 3
#: Share of common characters among those: text in the right encoding has more.
_COMMON: Final = 0.85
#: Share of misplaced characters, as charset-normalizer measures it, in text that may still be read.
_CHAOS: Final = 0.1


def detect_wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the text decodes, has a line end, and no control characters."""
    if b"\0" not in sample:
        return None
    for encoding, width, high in _WIDE:
        if _zeros_fit(sample, width, high) and _decodes_as(sample, encoding):
            return encoding
    return None


def detect_narrow(sample: bytes) -> str | None:
    """For text with bytes that are not UTF-8; `None` if it is UTF-8 with damage, or if no encoding stands out."""
    as_utf8 = sample.decode("utf-8", "replace")
    damage = as_utf8.count("\ufffd")
    if sum(character > "\x7f" for character in as_utf8) - damage >= damage:
        return None
    fitting = _rank_double_byte(sample)
    if fitting:
        (best, encoding), (second, _) = [*fitting, (math.inf, "")][:2]
        return encoding if second - best >= _MARGIN_BITS else None
    return _detect_single_byte(sample)


def _zeros_fit(sample: bytes, width: int, high: int) -> bool:
    """Zeros are the high bytes of ASCII; text that would be UTF-8 as well must be nothing else."""
    zeros, high_zeros = sample.count(0), sample[high::width].count(0) * (width - 1)
    if 2 * high_zeros < zeros:
        return False
    try:
        sample.decode()
    except UnicodeDecodeError:
        return True
    return zeros >= _ASCII_ZEROS * len(sample) and high_zeros >= _HIGH_ZEROS * zeros


def _decodes_as(sample: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)  # A sample may end within a character.
    except UnicodeDecodeError:
        return False
    characters = set(text)
    return "\n" in characters and len(characters) > 1 and all(c >= " " or c in "\t\n\r" for c in characters)


def _rank_double_byte(sample: bytes) -> list[tuple[float, str]]:
    """The encodings in which `sample` is text, each with its bits, by which one is distinguished from another.

    The one with the fewest bits may be none of them: then there is nothing to choose.
    """
    bits, texts = [], set()
    for encoding, base, groups in _DOUBLE_BYTE:
        counts, common = Counter(sample.decode(encoding, "replace")), _common(base, groups)
        bits.append((_count_bits(counts, common), encoding))
        if _is_common_text(counts, common):
            texts.add(encoding)
    return sorted(bits) if min(bits)[1] in texts else []


def _count_bits(counts: Counter[str], common: dict[str, float]) -> float:
    """A character counts once: that a word is there again says nothing about its encoding."""
    bits = counts["\ufffd"] * _DAMAGE_BITS
    for character in counts:
        if character <= "\x7f":
            bits += _ASCII_BITS
        elif character != "\ufffd":
            bits += common.get(character, _RARE_BITS)
    return bits


@lru_cache(maxsize=len(_DOUBLE_BYTE))
def _common(base: str, groups: _Groups) -> dict[str, float]:
    """The common characters, each with its bits."""
    common: dict[str, float] = {}
    for share, leads in groups:
        pairs = (bytes((lead, trail)).decode(base, "ignore") for lead in leads for trail in range(0x40, 0xFF))
        members = {pair for pair in pairs if len(pair) == 1 and pair > "\x7f"}
        common.update(dict.fromkeys(members, math.log2(len(members) / share)))
    return common


def _is_common_text(counts: Counter[str], common: Container[str]) -> bool:
    foreign = sum(count for character, count in counts.items() if character > "\x7f")
    known = sum(count for character, count in counts.items() if character > "\x7f" and character in common)
    return foreign >= _EVIDENCE and known >= _COMMON * foreign


def _detect_single_byte(sample: bytes) -> str | None:
    """By the language that is spelled, or by the script; Western letters between ASCII ones need no known language."""
    western = sample.decode("cp1252", "replace")
    best, is_language = _rank_single_byte(sample)
    if _is_western(western) and (not is_language or best is None or sample.decode(best, "replace") == western):
        return "cp1252"
    return best


def _rank_single_byte(sample: bytes) -> tuple[str | None, bool]:
    """The likeliest encoding, and whether a language was recognized in it."""
    from charset_normalizer import from_bytes

    found = from_bytes(
        sample, threshold=_CHAOS, cp_isolation=list(_SINGLE_BYTE), preemptive_behaviour=False, enable_fallback=False
    )
    ranked = sorted((match.chaos, -match.coherence, _SINGLE_BYTE.index(match.encoding)) for match in found)
    for _, coherence, place in ranked:
        text = sample.decode(_SINGLE_BYTE[place], "replace")
        if _is_western(text) if place == 0 else _is_spelled(text, is_language=coherence < 0):
            return _SINGLE_BYTE[place], coherence < 0
    return None, False


def _is_spelled(text: str, *, is_language: bool) -> bool:
    """Several letters beyond ASCII, mostly small ones: another encoding of the same script often swaps the case.

    Without a known language, there must be more of them, of one script and not Latin, which several encodings write
    alike.
    """
    letters = [character for character in text if character > "\x7f" and character.isalpha()]
    small = sum(not character.isupper() for character in letters)
    if len(set(letters)) < _EVIDENCE or 2 * small < len(letters) or "\ufffd" in text:
        return False
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in set(letters)}
    return is_language or (len(letters) >= 2 * _EVIDENCE and len(scripts) == 1 and "LATIN" not in scripts)


def _is_western(text: str) -> bool:
    counts = Counter(text)
    ascii_letters = sum(count for character, count in counts.items() if character.isascii() and character.isalpha())
    foreign = sum(count for character, count in counts.items() if character > "\x7f")
    return foreign <= ascii_letters and _is_common_text(counts, _WESTERN)
