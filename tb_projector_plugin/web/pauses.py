"""Limits how long a client may pause. Werkzeug's server, which TensorBoard runs, would wait forever."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Request


def limit_pauses(request: Request, seconds: float) -> None:
    """From now on, each read and write of the connection takes at most that long, or raises TimeoutError.

    Werkzeug closes the connection then, as it does after every answer.
    """
    connection = request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.settimeout(seconds)
