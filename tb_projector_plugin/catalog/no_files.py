"""Errors for names where a file is expected, and there is none, or a directory, a pipe or a device."""

from __future__ import annotations

import os
import stat

from tb_projector_plugin.errors import DataError, NotFoundError, ProjectorError
from tb_projector_plugin.paths import quote_written


def no_such_file(path: str, display: str, written: str, field_name: str, config_file: str) -> ProjectorError:
    """For a path that a config names as `written`; `path` is inside the logdir and no file."""
    if os.path.exists(path):
        kind = _describe_kind(is_directory=os.path.isdir(path))
        return DataError(
            f"{display} is {kind}; {field_name} in {config_file} must name a file.",
            f"Correct {field_name} in {config_file}.",
            file=display,
        )
    return NotFoundError(
        f"{display} is not there; {field_name} in {config_file} names it as {quote_written(written)}.",
        f"Write the file, or correct {field_name} in {config_file} (a path relative to it is best).",
        file=display,
    )


def not_a_file(kind: int, display: str) -> DataError:
    """For something found in a run under a name of a file that would be read; `kind` is that of `stat.S_IFMT`."""
    return DataError(
        f"{display} is {_describe_kind(is_directory=stat.S_ISDIR(kind))}; a file of that name would be read.",
        "If it is meant to be one, do nothing; otherwise put a file in its place.",
        file=display,
    )


def _describe_kind(*, is_directory: bool) -> str:
    return "a directory" if is_directory else "a pipe or a device"
