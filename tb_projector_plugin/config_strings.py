r"""The strings of a text-format file as they were typed: a path with single backslashes loses its separators.

`"00000\tensors.tsv"` holds a tab there, and `"C:\Users"` an escape that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: Strings, and comments, whose quotes open no string. An unclosed string is matched, too, so that it is passed once.
_STRING: Final = re.compile(r"""#[^\n]*|"(?:[^"\\\n]|\\[^\n])*"?|'(?:[^'\\\n]|\\[^\n])*'?""")
#: Escapes that change a path. `\\`, quotes and `\d`, which is not an escape, do not; nor do the octal bytes of UTF-8,
#: which protobuf writes.
_CHANGING: Final = re.compile(
    r"(?:[^\\]|\\[^abfnrtv0-7xXuU]|\\[23][0-7][0-7])*?"
    r"(?P<escape>\\(?:[abfnrtv]|(?![23][0-7][0-7])[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[xXuU]))"
)
#: A backslash to double, unless it is one of a pair or keeps a quote from ending the string.
_SINGLE: Final = re.compile(r"\\([\\\"'])?")
_MEANINGS: Final = {
    "a": "a bell",
    "b": "a backspace",
    "f": "a form feed",
    "n": "a line end",
    "r": "a carriage return",
    "t": "a tab",
    "v": "a vertical tab",
}


@dataclass(frozen=True)
class TypedString:
    """A string with single backslashes: its line, the text between its quotes, and the first escape that changes it.

    `escape` is None if the string has escapes that do not exist.
    """

    line: int
    text: str
    escape: str | None

    @property
    def with_slashes(self) -> str:
        """The path that was probably meant."""
        return re.sub(r"\\+", "/", self.text)

    @property
    def meaning(self) -> str:
        """The effect of the first backslash in this file."""
        if self.escape is None:
            return "not all of them begin an escape that exists"
        return f"{self.escape} is {_MEANINGS.get(self.escape[1], 'another character')} in this file"


def typed_strings(text: str) -> dict[str, TypedString]:
    """The strings with escapes that change a path, by their value; by what was typed if they are not valid."""
    return dict(reversed(list(_scan(text))))


def keep_invalid_as_typed(text: str) -> str:
    """The text with each backslash doubled in strings that would not parse."""
    parts, end = [], 0
    for match in _with_backslashes(text):
        if _unescape(match[0][1:-1]) is None:
            doubled = _SINGLE.sub(lambda one: one[0] if one[1] else "\\\\", match[0][1:-1])
            parts += [text[end : match.start() + 1], doubled]
            end = match.end() - 1
    return "".join([*parts, text[end:]])


def _scan(text: str) -> Iterator[tuple[str, TypedString]]:
    line, counted = 1, 0
    for match in _with_backslashes(text):
        typed = match[0][1:-1]
        value, changing = _unescape(typed), _CHANGING.match(typed)
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        if value is None:
            yield typed, TypedString(line, typed, None)
        elif changing is not None:
            yield value, TypedString(line, typed, changing["escape"])


def _with_backslashes(text: str) -> Iterator[re.Match[str]]:
    for match in _STRING.finditer(text) if "\\" in text else ():
        if "\\" in match[0] and match[0][0] != "#" and match[0][-1] == match[0][0]:
            yield match


def _unescape(typed: str) -> str | None:
    """The value of the text between quotes; None if it has an escape that does not exist."""
    from google.protobuf import text_encoding

    try:
        return bytes(text_encoding.CUnescape(typed)).decode("utf-8")
    except (ValueError, UnicodeError):
        return None
