"""The hierarchy of errors, and the form in which users see them.

Every failure that a file, a request or a setting can cause is one of these. Each carries what happened (`message`), how
to fix it (`fix`) and, if a file is the cause, which one (`file`, relative to the logdir) and where in it (`line`,
1-based).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

Level = Literal["error", "warning", "info"]
#: Characters of a name that a message repeats: enough to find it in its file.
_NAME_SHOWN = 100


def shorten(name: str) -> str:
    """A name from a file for a message, cut if it is long."""
    return name if len(name) <= _NAME_SHOWN else name[:_NAME_SHOWN] + "…"


def quote_name(name: str) -> str:
    """The same in quotes, with escapes for what does not show."""
    return repr(shorten(name))


def plural(count: int, one: str) -> str:
    """«1 row», «1,200 rows»."""
    return f"1 {one}" if count == 1 else f"{count:,} {one}s"


def are_expected(count: int, one: str) -> str:
    """«1 row is expected», «1,200 rows are expected»."""
    return f"{plural(count, one)} {'is' if count == 1 else 'are'} expected"


def name_first(names: Iterable[str], count: int) -> str:
    """«a, b», «a, b and 1,200 more»: the first of `count`."""
    named = list(names)
    more = f" and {count - len(named):,} more" if count > len(named) else ""
    return ", ".join(named) + more


def could_not_read(file: str, error: OSError) -> str:
    """«vectors.tsv could not be read: Permission denied.»"""
    return f"{file} could not be read: {error.strerror or error}."


@dataclass(frozen=True)
class Problem:
    """A problem of a run to be reported to the user; one entry of `problems` in `/runs`."""

    level: Level
    kind: str
    message: str
    fix: str
    file: str | None = None
    line: int | None = None
    run: str | None = None
    embedding: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class ProjectorError(Exception):
    """Base of every error that this package raises deliberately."""

    kind: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def __init__(self, message: str, fix: str, *, file: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.file = file
        self.line = line

    def __str__(self) -> str:
        return f"{self.message} {self.fix}"

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"kind": self.kind, "message": self.message, "fix": self.fix}
        if self.file is not None:
            body["file"] = self.file
        if self.line is not None:
            body["line"] = self.line
        return {"error": body}

    def in_file(self, file: str, before: str = "") -> ProjectorError:
        """The same error about `file`; its message begins with `before`."""
        return type(self)(f"{before}{self.message}", self.fix, file=file, line=self.line)

    def to_problem(self, *, run: str | None = None, embedding: str | None = None, level: Level = "error") -> Problem:
        return Problem(level, self.kind, self.message, self.fix, self.file, self.line, run, embedding)


def unexpected_error(message: str) -> ProjectorError:
    """An error of this package, whose cause is on the server's terminal."""
    fix = "Look at TensorBoard's output in the terminal for what happened, and report it with that output."
    return ProjectorError(message, fix)


class BadParameterError(ProjectorError, ValueError):
    """A request parameter, or an argument of the API, is missing, malformed or out of range."""

    kind = "bad_parameter"
    status = 400


class ForbiddenError(ProjectorError):
    """A request from another site, or a path that leaves the logdir."""

    kind = "forbidden"
    status = 403


class NotFoundError(ProjectorError):
    """The requested run, embedding, step or file does not exist."""

    kind = "not_found"
    status = 404


class MethodError(ProjectorError):
    """The route does not support this HTTP method."""

    kind = "method"
    status = 405


class StaleError(ProjectorError):
    """The file changed: since the URL was made, or while it was read."""

    kind = "stale"
    status = 409


class LimitError(ProjectorError):
    """Reading further would exceed one of `limits`."""

    kind = "over_limit"
    status = 413


class ContentTypeError(ProjectorError):
    """A request body is not of the type that the route reads."""

    kind = "content_type"
    status = 415


class DataError(ProjectorError):
    """A file is not valid for its purpose."""

    kind = "bad_data"
    status = 422


class DamagedError(DataError):
    """The bytes of a file contradict its own metadata; a file that is being written looks the same."""


class NoSpaceError(ProjectorError):
    """The disk that stores results is full."""

    kind = "no_space"
    status = 507


class BusyError(ProjectorError):
    """The server is at capacity; the same request succeeds later."""

    kind = "busy"
    status = 503
    #: Delay before the client should retry.
    retry_after_s: ClassVar[int] = 2


class AbandonedError(Exception):
    """Work was abandoned because no client needs it anymore. Not a failure: the next request computes it again."""
