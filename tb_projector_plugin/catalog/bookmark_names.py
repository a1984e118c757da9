"""Turns a bookmark's name into a file name that every file system accepts and that cannot leave its directory."""

from __future__ import annotations

import unicodedata

from tb_projector_plugin.errors import BadParameterError

_CHARACTERS = 100
#: Linux allows names of 255 bytes; the extension and a temporary file's prefix are added to this one.
_BYTES = 200
_KEPT = frozenset(" _-.()+,=@")
#: Names of devices on Windows, reserved with any extension.
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)})


def make_file_name(name: str) -> str:
    """Keeps letters, marks and digits of any script, and a few signs; replaces all else, including slashes, with `_`.

    Idempotent. Raises BadParameterError for a name of which nothing is left.
    """
    text = unicodedata.normalize("NFC", name[: 4 * _CHARACTERS])
    kept = "".join(character if _is_kept(character) else "_" for character in text)
    kept = _cut(kept.strip(" ."), _CHARACTERS, _BYTES).rstrip(" .")
    if not kept.strip("_"):
        raise BadParameterError(
            f"The bookmark's name is {name[:40]!r}; expected at least one letter or digit.",
            "Give it a name of letters.",
        )
    return f"_{kept}" if kept.partition(".")[0].strip().upper() in _DEVICES else kept


def _is_kept(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character)[0] in "LMN"


def _cut(text: str, characters: int, max_bytes: int) -> str:
    return text[:characters].encode()[:max_bytes].decode("utf-8", "ignore")
