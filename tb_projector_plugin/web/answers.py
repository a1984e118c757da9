"""Builds responses: JSON, bytes and errors, with their caching headers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request, Response

from tb_projector_plugin.errors import BusyError, ProjectorError

JSON_TYPE = "application/json"
#: Type of bodies whose content identifies its own format.
BYTES_TYPE = "application/octet-stream"
#: Caching of URLs that contain the content's version: their answer never changes.
IMMUTABLE = "private, max-age=31536000, immutable"
REVALIDATE = "private, no-cache"
NO_STORE = {"Cache_Control": "no-store"}


@dataclass(frozen=True)
class Body:
    """An answer's content in pieces, so that large columns are copied once and never joined."""

    pieces: Iterable[bytes]
    content_type: str

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))

    @property
    def held_bytes(self) -> int:
        """Bytes it holds in memory until it is sent."""
        return self.size


class Answer(Response):
    """A response with the headers common to all answers."""

    def __init__(self, body: Body, status: int = 200, **headers: str) -> None:
        super().__init__(body.pieces, status=status, content_type=body.content_type)
        self.content_length = body.size
        self.held_bytes = body.held_bytes
        self.headers["X-Content-Type-Options"] = "nosniff"
        self.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        for name, value in headers.items():
            self.headers[name.replace("_", "-")] = value

    def get_wsgi_headers(self, environ: Any) -> Headers:
        """Keeps the content type on a 304: Werkzeug strips it, and TensorBoard then logs a warning."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Type"] = self.headers["Content-Type"]
        return headers


def make_json_body(value: Any) -> Body:
    return Body([encode_json(value)], JSON_TYPE)


def encode_json(value: Any) -> bytes:
    """JSON that browsers can parse: no NaN, no Infinity."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def make_etag(*parts: object) -> str:
    """A quoted tag for content that is determined by `parts`."""
    return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:32] + '"'


def answer_content(
    request: Request, etag: str, make_body: Callable[[], Body], content_type: str, *, is_versioned: bool = True
) -> Answer:
    """Answers with the result of `make_body`, or with 304 without calling it when the client already has it.

    `is_versioned`: whether the content depends on nothing but the URL, where that has a version.
    """
    headers = cache_headers(request) if is_versioned else {"Cache_Control": REVALIDATE}
    return answer_unless_known(
        request, etag, content_type, headers, lambda headers: Answer(make_body(), 200, **headers)
    )


def cache_headers(request: Request) -> dict[str, str]:
    return {"Cache_Control": IMMUTABLE if "v" in request.args else REVALIDATE}


def answer_unless_known(
    request: Request,
    etag: str,
    content_type: str,
    headers: dict[str, str],
    make_answer: Callable[[dict[str, str]], Answer],
) -> Answer:
    """Returns `make_answer` of these headers and the tag, or 304 with them when the client already has the content."""
    headers = {"ETag": etag, **headers}
    if request.if_none_match.contains_weak(etag.strip('"')):
        return Answer(Body([], content_type), 304, **headers)
    return make_answer(headers)


def answer_error(error: ProjectorError) -> Answer:
    answer = Answer(make_json_body(error.to_json()), error.status, **NO_STORE)
    if isinstance(error, BusyError):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer
