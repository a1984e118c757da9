"""Decides which clients may write into the logdir: those on the server's own machine, or all if the flag allows it.

`request_checks` ensures for every request that it comes from our own page.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from werkzeug.wrappers import Request

from tb_projector_plugin.errors import ForbiddenError

#: Headers that a proxy on this machine adds for a client elsewhere.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def describe_saving(request: Request, *, allow_all: bool) -> dict[str, Any]:
    """The description in GET's answer: whether this client may save, and if not, why and what to do."""
    refusal = _refusal(request, allow_all=allow_all)
    return {
        "allowed": refusal is None,
        "why": refusal and refusal.message,
        "fix": refusal and refusal.fix,
    }


def check_saving(request: Request, *, allow_all: bool) -> None:
    """Raises ForbiddenError if this client may not save."""
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
