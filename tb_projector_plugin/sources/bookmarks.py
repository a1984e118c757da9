"""Saved views: JSON files written by the built-in projector, by this one, or by hand.

The content of a state belongs to the page and is never changed here: a file is checked (size, JSON as browsers accept
it, depth, an object for each state) and passed on as written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError
from tb_projector_plugin.stamped_file import Stamp, read_whole

_FIX = "Save the bookmarks again, from here or from the built-in projector: a file is one state or a list of states."
_LIMIT_FIX = "Save fewer views in one file, or fewer of their coordinates."


@dataclass(frozen=True)
class BookmarkStates:
    """`text` is a JSON array of `count` objects, UTF-8, as they were written."""

    text: bytes
    count: int


def read_bookmarks(path: str, display: str, stamp: Stamp | None = None) -> BookmarkStates:
    """The states of a file.

    Raises NotFoundError, LimitError, DataError with the line that is not JSON, StaleError for a file without `stamp`.
    """
    fix = "Check that the file is there and may be read, then ask for the list again."
    data = read_whole(path, stamp, display, limits.BOOKMARK_BYTES, fix=fix, limit_fix=_LIMIT_FIX)
    return parse_bookmarks(data, display)


def parse_bookmarks(data: bytes, display: str) -> BookmarkStates:
    """The states in the content of a file. Raises as `read_bookmarks`."""
    if len(data) > limits.BOOKMARK_BYTES:
        raise LimitError(
            f"{display} is larger than {limits.BOOKMARK_BYTES:,} bytes.",
            _LIMIT_FIX,
            file=display,
        )
    text = _decode(data, display)
    document = _parse(text, display)
    states = document if isinstance(document, list) else [document]
    _check_states(states, display)
    written = text.strip().encode()
    return BookmarkStates(written if isinstance(document, list) else b"[" + written + b"]", len(states))


def _decode(data: bytes, display: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{display}, line {line}: the byte 0x{data[error.start]:02x} is not UTF-8 text.",
            "Save the file as UTF-8.",
            file=display,
            line=line,
        ) from error


def _parse(text: str, display: str) -> Any:
    """Parses JSON as browsers do: without NaN and Infinity, and with integers of any length."""
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=float)
    except RecursionError as error:
        raise _too_deep(display) from error
    except json.JSONDecodeError as error:
        raise DataError(
            f"{display}, line {error.lineno}, column {error.colno}: not JSON ({error.msg}).",
            _FIX,
            file=display,
            line=error.lineno,
        ) from error
    except ValueError as error:
        raise DataError(f"{display} is not JSON as browsers read it: {error}.", _FIX, file=display) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"it holds {name}")


def _check_states(states: list[Any], display: str) -> None:
    for number, state in enumerate(states, start=1):
        if not isinstance(state, dict):
            kind = {list: "a list", str: "text", bool: "true or false", float: "a number"}.get(type(state), "null")
            raise DataError(f"{display}: state {number} is {kind}; an object is expected.", _FIX, file=display)
    level: list[Any] = [states]
    for _ in range(limits.BOOKMARK_DEPTH):
        level = [child for each in level for child in _children(each) if isinstance(child, (dict, list))]
        if not level:
            return
    raise _too_deep(display)


def _children(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value


def _too_deep(display: str) -> DataError:
    return DataError(
        f"{display} is nested more than {limits.BOOKMARK_DEPTH} deep, which no bookmark is.", _FIX, file=display
    )
