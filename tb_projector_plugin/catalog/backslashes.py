"""Problems of a config whose strings have single backslashes, which begin escapes there."""

from __future__ import annotations

from tb_projector_plugin.config_strings import TypedString
from tb_projector_plugin.errors import DataError, NotFoundError
from tb_projector_plugin.paths import quote_written

_FIX = "Write / between the names of a path, or each backslash twice."


def backslashes_read(typed: TypedString, field_name: str, file: str) -> DataError:
    """For a path that was found with its backslashes as separators."""
    return DataError(
        f"{file}, line {typed.line}: {field_name} has single backslashes: {typed.meaning}. "
        f"{quote_written(typed.with_slashes)} was read instead; the built-in projector does not find it.",
        _FIX,
        file=file,
        line=typed.line,
    )


def backslashes_lead_nowhere(typed: TypedString, field_name: str, file: str) -> NotFoundError:
    """For a path that is not there, neither as the file says nor with its backslashes as separators."""
    return NotFoundError(
        f"{file}, line {typed.line}: {field_name} has single backslashes: {typed.meaning}. "
        f"There is no {quote_written(typed.with_slashes)} either.",
        _FIX,
        file=file,
        line=typed.line,
    )


def backslashes_begin_nothing(typed: TypedString, file: str) -> DataError:
    """For a string that the text format refuses, and the whole file with it."""
    return DataError(
        f"{file}, line {typed.line}: {quote_written(typed.with_slashes)} is typed with single backslashes, and "
        f"{typed.meaning}. It was read as typed; the built-in projector refuses the file.",
        _FIX,
        file=file,
        line=typed.line,
    )
