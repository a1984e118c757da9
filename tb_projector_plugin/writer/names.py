"""The names of embeddings: which are accepted, and how files and folders are called after them."""

from __future__ import annotations

import hashlib
import operator
import re
from typing import Any, Final
from urllib.parse import quote

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError

#: Bytes of a file's or folder's name, on every common file system.
_NAME_BYTES: Final = 255
#: Bytes kept of a name that is shortened, before its hash.
_KEPT_BYTES: Final = 180
#: Line ends of every kind, as str.splitlines() knows them, and NUL: a line of a config or a log cannot show them.
_UNWRITABLE: Final = re.compile("[\0\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def check_step(name: Any, step: Any, keep: Any) -> None:
    """Raises BadParameterError for what cannot be the name of an embedding, a step, or a number of steps to keep."""
    _check_name(name)
    _check_whole("step", step)
    if step < 0:
        raise BadParameterError(f"Step {step} is negative.", "Count steps from 0.")
    if step > limits.STEP:
        received = f"Step {step}" if step < 10**40 else "This step"
        raise BadParameterError(
            f"{received} is beyond {limits.STEP}, the largest whole number that a browser counts to.",
            "Count steps from 0, or by seconds instead of nanoseconds.",
        )
    if keep is not None:
        _check_whole("keep", keep)
        if keep < 1:
            raise BadParameterError(f"keep={keep} leaves no step.", "Keep at least 1, or all with None.")


def folder_name(name: str) -> str:
    """A folder for any name: characters that cannot be in one are percent-encoded, a long name ends in its hash."""
    folder = quote(name, safe=" ")
    return shorten(folder.replace(".", "%2E") if not folder.strip(".") else folder, name)


def shorten(text: str, name: str, suffix_bytes: int = 0) -> str:
    """`text`, or its beginning and a hash of `name` if it and a suffix are longer than a file's name may be."""
    encoded = text.encode()
    if len(encoded) + suffix_bytes <= _NAME_BYTES:
        return text
    kept = re.sub(r"%[0-9A-F]?$", "", encoded[:_KEPT_BYTES].decode("utf-8", "ignore"))
    return f"{kept}~{hash_of(name)}"


def hash_of(name: str) -> str:
    """16 hexadecimal digits that distinguish names."""
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def _check_name(name: Any) -> None:
    if not isinstance(name, str):
        raise BadParameterError(f"`name` received {name!r}; text is expected.", 'Name it with text: name="embedding".')
    if not name or name != name.strip():
        raise BadParameterError(f"The name {name!r} is empty or has blanks at its ends.", "Give the embedding a name.")
    if found := _UNWRITABLE.search(name):
        what = "a NUL character" if found[0] == "\0" else "a line end"
        raise BadParameterError(f"`name` received {name!r}, which holds {what}.", "Write the name in one line.")
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise BadParameterError(
            f"`name` received {name!r}, which cannot be written as UTF-8.", "Decode the name with its own encoding."
        ) from error


def _check_whole(argument: str, value: Any) -> None:
    try:
        operator.index(value)
    except TypeError as error:
        raise BadParameterError(
            f"`{argument}` received {value!r}; a whole number is expected.", f"Convert it first: {argument}=int(…)."
        ) from error
