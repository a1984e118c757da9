"""Limits how long a client may pause. Werkzeug's server, which TensorBoard runs, would wait for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

#: The connection in a request's environment, if Werkzeug's server has made it.
_CONNECTION = "werkzeug.socket"


def limit_pauses(request: Request, seconds: float) -> None:
    """From now on, each read and write of the connection takes at most that long, or raises TimeoutError.

    Werkzeug closes the connection then, as it does after every answer.
    """
    connection = request.environ.get(_CONNECTION)
    if connection is not None:
        connection.settimeout(seconds)


@contextmanager
def limited_pauses(request: Request, seconds: float) -> Iterator[None]:
    """Limits pauses while the block runs."""
    connection = request.environ.get(_CONNECTION)
    before = None if connection is None else connection.gettimeout()
    limit_pauses(request, seconds)
    try:
        yield
    finally:
        if connection is not None:
            connection.settimeout(before)
