"""Checks every request before anything else happens; TensorBoard does no such checks for a plugin.

Other sites' pages reach a server on localhost as easily as ours do. They are distinguished by `Host`, `Origin` and
`Sec-Fetch-Site`, and by the type of the body: a form cannot send `application/json` to another site.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError, ContentTypeError, ForbiddenError, LimitError, MethodError
from tb_projector_plugin.web.answers import JSON_TYPE
from tb_projector_plugin.web.arrivals import Arrivals
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE
from tb_projector_plugin.web.hosts import AllowedHosts, split_host
from tb_projector_plugin.web.pauses import limit_pauses

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_CHUNK_BYTES = 1 << 16
#: Memory of a JSON body and the numbers read from it, over its bytes.
_JSON_COPIES = 6
_ALLOW_HOST = "start TensorBoard with --embeddings_allowed_hosts={name}, if that is a name of this server."


@dataclass(frozen=True)
class BodyRule:
    """The body that a route accepts: never of a type that a form can send to another site."""

    content_type: str
    max_bytes: int


JSON_BODY = BodyRule(JSON_TYPE, limits.REQUEST_BODY_BYTES)
ARROW_BODY = BodyRule(ARROW_TYPE, limits.ARROW_BODY_BYTES)


def check_request(request: Request, hosts: AllowedHosts, methods: Collection[str], body: BodyRule) -> None:
    """Does not read the body. Raises `ForbiddenError`, `MethodError`, `ContentTypeError`, `LimitError`, or, for a query
    that is not UTF-8, `BadParameterError`.
    """
    _check_host(request, hosts)
    _check_site(request, hosts)
    _check_method(request, methods)
    _check_query(request)
    if request.method in ("POST", "PUT"):
        _check_body(request, body)


def read_json_body(request: Request) -> dict[str, Any]:
    """Reads the body as one JSON object of at most `limits.REQUEST_BODY_BYTES`, chunked or not."""
    try:
        body = json.loads(read_body(request, JSON_BODY.max_bytes, _JSON_COPIES))
    except (ValueError, RecursionError) as error:
        raise BadParameterError(
            f"The body is not JSON ({error}); expected one object.", "Send a JSON object as docs/http_api.md describes."
        ) from error
    if not isinstance(body, dict):
        raise BadParameterError(
            f"The body is JSON of type {type(body).__name__}; expected one object.",
            "Send a JSON object as docs/http_api.md describes.",
        )
    return body


def _check_host(request: Request, hosts: AllowedHosts) -> None:
    received = request.headers.get("Host", "")
    name, _ = split_host(received)
    if not hosts.allows(name):
        raise ForbiddenError(
            f"The request is for the host {received!r}; expected localhost, an IP address or this machine's name.",
            "Use one of those, or " + _ALLOW_HOST.format(name=name or "<name>"),
        )


def _check_site(request: Request, hosts: AllowedHosts) -> None:
    if request.headers.get("Sec-Fetch-Site", "").lower() == "cross-site":
        raise ForbiddenError(
            "The request comes from a page of another site; expected one from TensorBoard's own page.",
            "Open the address in a tab of its own, or use the Embeddings tab.",
        )
    origin = request.headers.get("Origin")
    if origin is None or _is_own(_origin_authority(origin), request, hosts):
        return
    name, _ = split_host(origin.partition("://")[2])
    raise ForbiddenError(
        f"The request comes from {origin!r}; expected this server, {request.headers.get('Host')!r}.",
        "Use the Embeddings tab. Behind a proxy, let it pass on Host or X-Forwarded-Host, and "
        + _ALLOW_HOST.format(name=name or "<name>"),
    )


def _is_own(authority: tuple[str, str] | None, request: Request, hosts: AllowedHosts) -> bool:
    own = _own_authorities(request, hosts)
    return authority is not None and (authority in own or (_lost_port(request) and (authority[0], "") in own))


def _lost_port(request: Request) -> bool:
    """Whether a `Host` without a port leaves the port unknown: a browser connected directly sends ours unless it is the
    scheme's default, so a proxy must have dropped it, like nginx passing on `$host`. The name must still match.
    """
    return request.environ["SERVER_PORT"] not in _DEFAULT_PORTS.values()


def _origin_authority(origin: str) -> tuple[str, str] | None:
    """Name and port of an `Origin`, without the scheme's default port; None for `null` and an invalid origin."""
    scheme, _, host = origin.partition("://")
    name, port = split_host(host)
    if scheme not in _DEFAULT_PORTS or not name:
        return None
    return name, "" if port == _DEFAULT_PORTS[scheme] else port


def _own_authorities(request: Request, hosts: AllowedHosts) -> set[tuple[str, str]]:
    """Names and ports by which the browser may know us. A proxy may terminate TLS: ports 80 and 443 count as none."""
    forwarded = request.headers.get("X-Forwarded-Host", "").split(",")[0].strip()
    authorities = [split_host(request.headers["Host"]), split_host(forwarded)]
    return {(name, "" if port in _DEFAULT_PORTS.values() else port) for name, port in authorities if hosts.allows(name)}


def _check_method(request: Request, methods: Collection[str]) -> None:
    if request.method not in methods:
        expected = " or ".join(methods)
        raise MethodError(
            f"{request.path} does not answer {request.method}; expected {expected}.", f"Send the request as {expected}."
        )


def _check_query(request: Request) -> None:
    """Werkzeug decodes the query strictly; escaped bytes that are not UTF-8 it replaces."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError as error:
        received = request.query_string[error.start]
        raise BadParameterError(
            f"The URL's query has the byte 0x{received:02x}, unescaped; expected UTF-8, escaped with %.",
            "Escape values with encodeURIComponent in JavaScript, urllib.parse.quote in Python.",
        ) from error


def _check_body(request: Request, rule: BodyRule) -> None:
    if request.mimetype != rule.content_type:
        raise ContentTypeError(
            f"The body's Content-Type is {request.mimetype or 'missing'}; expected {rule.content_type}.",
            f"Send what docs/http_api.md describes, with the header Content-Type: {rule.content_type}.",
        )
    if (request.content_length or 0) > rule.max_bytes:
        raise _too_large(request.content_length, rule.max_bytes)


def read_body(request: Request, max_bytes: int, copies: int = 1) -> bytes:
    """The body, whose type was checked. Reads at most one chunk more than the limit: a chunked body does not declare
    its size. It and what is read from it take `copies` times its bytes, which count until the request is answered.

    Raises BadParameterError for one that ends early or pauses for too long, LimitError for one that exceeds the limit,
    BusyError when other bodies take too much.
    """
    body, share = BytesIO(), Arrivals.find_share(request)
    limit_pauses(request, limits.BODY_PAUSE_S)  # Until the answer is sent, which has a limit of its own.
    try:
        while chunk := request.stream.read(_CHUNK_BYTES):
            if body.tell() + len(chunk) > max_bytes:
                raise _too_large(None, max_bytes)
            share.hold(copies * (body.tell() + len(chunk)))
            body.write(chunk)
    except (OSError, HTTPException) as error:
        raise BadParameterError(
            f"The body ended early or is not as its headers say ({error}).", "Send the request again."
        ) from error
    return body.getvalue()


def _too_large(size: int | None, max_bytes: int) -> LimitError:
    received = f"has {size:,} bytes" if size is not None else "is larger than allowed"
    return LimitError(f"The body {received}; expected at most {max_bytes:,} bytes.", "Send less in one request.")
