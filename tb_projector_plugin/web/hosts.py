"""Decides under which host names this server may be requested.

A foreign page can make its own name resolve to this machine (DNS rebinding); its requests then reach TensorBoard with
that name as `Host`, and the browser lets it read the answers. Only names known to be this server's are therefore
accepted.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from functools import cached_property

_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>\d{1,5}))?")


def split_host(text: str) -> tuple[str, str]:
    """Splits a `Host` header into name (lowercase, no brackets, no final dot) and port; `("", "")` if invalid."""
    match = _HOST_AND_PORT.fullmatch(text)
    if match is None:
        return "", ""
    return match["host"].lower().strip("[]").rstrip("."), match["port"] or ""


class AllowedHosts:
    """IP addresses, `localhost`, this machine's own names, `--host`, and the names in `--embeddings_allowed_hosts`."""

    def __init__(self, named: Iterable[str] = (), bound: str | None = None) -> None:
        self._named = {split_host(name)[0] for name in named if name != "*"}
        self._any = "*" in named
        self._bound = split_host(bound or "")[0]

    def allows(self, host: str) -> bool:
        """Whether `host`, as returned by `split_host`, is one of this server's names."""
        if not host:
            return False
        if self._any or host in self._named or host == self._bound or _is_local(host) or _is_address(host):
            return True
        return host in self._machine_names

    @cached_property
    def _machine_names(self) -> frozenset[str]:
        """Looked up only when nothing else matches: the domain name may take a query to a slow name server."""
        return frozenset(name.lower() for name in (socket.gethostname(), socket.getfqdn()) if name)


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
