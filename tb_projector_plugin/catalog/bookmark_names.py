"""From what a person calls a bookmark to a file's name that every file system takes and that leads nowhere else."""

from __future__ import annotations

import unicodedata

from tb_projector_plugin.errors import BadParameterError

_CHARACTERS = 100
#: Linux takes names of 255 bytes; the ending and a temporary file's prefix are added to it.
_BYTES = 200
_KEPT = frozenset(" _-.()+,=@")
#: Names of devices on Windows, whatever ending they have.
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)})


def make_file_name(name: str) -> str:
    """Letters, marks and digits of any script stay, with a few signs; all else, slashes among it, becomes `_`.

    A name that was made so stays as it is. Raises BadParameterError for a name of which nothing is left.
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


def _cut(text: str, characters: int, most_bytes: int) -> str:
    return text[:characters].encode()[:most_bytes].decode("utf-8", "ignore")
