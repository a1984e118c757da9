"""Reads and checks parameters of a request; errors name the value received and what was expected."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from tb_projector_plugin.errors import BadParameterError

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_FIX = "See docs/http_api.md for the route's parameters."


def read_text(args: Mapping[str, str], name: str, expected: str) -> str:
    """A required parameter that must not be empty."""
    value = args.get(name, "")
    if not value:
        raise BadParameterError(f'The parameter "{name}" is missing; expected {expected}.', _FIX)
    return value


def read_integer(args: Mapping[str, str], name: str, low: int, high: int, default: int | None = None) -> int:
    """An integer from `low` to `high`; required if there is no default."""
    text = args.get(name)
    if text is None and default is not None:
        return default
    if text is None or not _INTEGER.fullmatch(text) or not low <= int(text) <= high:
        raise make_error(name, text, f"a whole number from {low:,} to {high:,}")
    return int(text)


def read_step(args: Mapping[str, str]) -> int | None:
    """The requested step; None is the newest one."""
    text = args.get("step")
    if text is None:
        return None
    if not _INTEGER.fullmatch(text):
        raise make_error("step", text, "a whole number that /runs lists, or no such parameter for the newest step")
    return int(text)


def read_choice(args: Mapping[str, str], name: str, choices: Collection[str], default: str) -> str:
    value = args.get(name, default)
    if value not in choices:
        raise make_error(name, value, "one of " + ", ".join(choices))
    return value


def read_rows(args: Mapping[str, str], name: str, row_count: int, what: str = "row") -> list[int] | None:
    """Comma-separated numbers of rows (or of `what`) below `row_count`; None if the parameter is absent."""
    text = args.get(name)
    if text is None:
        return None
    expected = f"comma-separated {what} numbers from 0 to {row_count - 1:,}"
    items = text.split(",")
    if not all(_INTEGER.fullmatch(item) for item in items):
        raise make_error(name, text, expected)
    rows = [int(item) for item in items]
    for row in rows:
        check_row(name, row, row_count, what)
    return rows


def check_row(name: str, row: int, row_count: int, what: str = "row") -> None:
    if not 0 <= row < row_count:
        none = f"none, for the embedding has no {what}s"
        expected = f"{what} numbers from 0 to {row_count - 1:,}" if row_count else none
        raise make_error(name, row, expected)


def make_error(name: str, received: object, expected: str) -> BadParameterError:
    shown = "nothing" if received is None else _shorten(repr(received))
    return BadParameterError(f'The parameter "{name}" is {shown}; expected {expected}.', _FIX)


def _shorten(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
