"""The tree of errors, and the shape in which a person meets one.

Every failure that a file, a request or a setting can cause is one of these. Each carries what happened (`message`), how
to mend it (`fix`) and, where a file is at fault, which (`file`, relative to the logdir) and where in it (`line`,
1-based).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Problem:
    """Something about a run that its owner should know; one entry of `problems` in `/runs`."""

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
    """Base of every error this package raises on purpose."""

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

    def to_problem(self, *, run: str | None = None, embedding: str | None = None, level: Level = "error") -> Problem:
        return Problem(level, self.kind, self.message, self.fix, self.file, self.line, run, embedding)


class BadParameterError(ProjectorError, ValueError):
    """A request's parameter, or an argument of the API, is missing, malformed or out of range."""

    kind = "bad_parameter"
    status = 400


class ForbiddenError(ProjectorError):
    """A request from another site, or a path that leaves the logdir."""

    kind = "forbidden"
    status = 403


class NotFoundError(ProjectorError):
    """The run, embedding, step or file asked for is not there."""

    kind = "not_found"
    status = 404


class MethodError(ProjectorError):
    """The route does not answer this HTTP method."""

    kind = "method"
    status = 405


class StaleError(ProjectorError):
    """The file changed: since the address was made, or while it was read."""

    kind = "stale"
    status = 409


class LimitError(ProjectorError):
    """Reading on would pass one of `limits`."""

    kind = "over_limit"
    status = 413


class ContentTypeError(ProjectorError):
    """A request's body is not what the route reads."""

    kind = "content_type"
    status = 415


class DataError(ProjectorError):
    """A file cannot be read as what it should be."""

    kind = "bad_data"
    status = 422


class DamagedError(DataError):
    """The bytes of a file are not what the file itself says of them; one that is being written looks the same."""


class NoSpaceError(ProjectorError):
    """The disk on which results are kept is full."""

    kind = "no_space"
    status = 507


class BusyError(ProjectorError):
    """The server has as much to do as it may; the same request is answered later."""

    kind = "busy"
    status = 503
    #: When to ask again.
    retry_after_s: ClassVar[int] = 2
