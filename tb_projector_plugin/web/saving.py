"""Who may write into the logdir: a client on the server's own machine, or everybody where the flag says so.

That the request comes from our own page is checked of every request (`request_checks`).
"""

from __future__ import annotations

import ipaddress
from typing import Any

from werkzeug.wrappers import Request

from tb_projector_plugin.errors import ForbiddenError

#: A proxy on this machine writes these for a client elsewhere.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def describe_saving(request: Request, *, allow_all: bool) -> dict[str, Any]:
    """What GET says of it: whether this client may save, else why not and what to do."""
    refusal = _refusal(request, allow_all=allow_all)
    return {
        "allowed": refusal is None,
        "why": refusal and refusal.message,
        "fix": refusal and refusal.fix,
    }


def check_saving(request: Request, *, allow_all: bool) -> None:
    """Raises ForbiddenError."""
    refusal = _refusal(request, allow_all=allow_all)
    if refusal is not None:
        raise refusal


def _refusal(request: Request, *, allow_all: bool) -> ForbiddenError | None:
    forwarded = any(name in request.headers for name in _FORWARDED)
    if allow_all or (_is_loopback(request.remote_addr) and not forwarded):
        return None
    return ForbiddenError(
        "Bookmarks are saved into the run only from the machine on which TensorBoard runs.",
        "Download them, or start TensorBoard with --embeddings_allow_saving_bookmarks.",
    )


def _is_loopback(address: str | None) -> bool:
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
