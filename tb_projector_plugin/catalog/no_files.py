"""Errors for names where a file is expected, and there is none, or a directory, a pipe or a device."""

from __future__ import annotations

import os
import stat

from tb_projector_plugin.errors import DataError, NotFoundError, ProjectorError
from tb_projector_plugin.paths import quote_written


def no_such_file(path: str, display: str, written: str, field_name: str, config_file: str) -> ProjectorError:
    """For a path that a config names as `written`; `path` is inside the logdir and no file."""
    what = describe_other(path)
    if what is not None:
        return DataError(
            f"{display} is {what}; {field_name} in {config_file} must name a file.",
            f"Correct {field_name} in {config_file}.",
            file=display,
        )
    return NotFoundError(
        f"{display} is not there; {field_name} in {config_file} names it as {quote_written(written)}.",
        f"Write the file, or correct {field_name} in {config_file} (a path relative to it is best).",
        file=display,
    )


def not_a_file(what: str, display: str) -> DataError:
    """For something found in a run under a name of a file that would be read."""
    return DataError(
        f"{display} is {what}; a file of that name would be read.",
        "Nothing, if it is meant to be one; else put a file in its place.",
        file=display,
    )


def describe_other(path: str) -> str | None:
    """What is there instead of a file; None if nothing is, or a file."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return None
    return "a directory" if stat.S_ISDIR(mode) else "a pipe or a device"
