"""`GET /assets`: an image, sound or video that the metadata refers to by a path; players request ranges of it."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import ETags
from werkzeug.http import parse_range_header
from werkzeug.wrappers import Request

from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.sources.media import MediaFile
from tb_projector_plugin.web.answers import REVALIDATE, Answer, Body, answer_unless_known, make_etag

#: Content security policy for a file opened in a tab of its own: it runs no scripts, and loads only media from here.
_SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


def _serve_assets(request: Request, context: RouteContext) -> Answer:
    media = context.catalog.media(_required(request, "run"), _required(request, "path"))
    etag = make_etag("assets", media.path, media.version)
    headers = {"Cache_Control": REVALIDATE, "Accept_Ranges": "bytes", "Content_Security_Policy": _SANDBOX}
    return answer_unless_known(
        request, etag, media.media_type, headers, lambda headers: _answer_range(request, media, etag, headers)
    )


ROUTES = {"/assets": Route(_serve_assets)}


def _answer_range(request: Request, media: MediaFile, etag: str, headers: dict[str, str]) -> Answer:
    """206 for a range within the file, 416 for one outside it, and the whole file for any other request."""
    requested = parse_range_header(request.headers.get("Range"))
    if requested is None or requested.units != "bytes" or len(requested.ranges) != 1 or not _is_of(request, etag):
        return _StreamedAnswer(media, 0, media.size_bytes, 200, headers)
    span = requested.range_for_length(media.size_bytes)
    if span is None:
        return Answer(Body([], media.media_type), 416, Content_Range=f"bytes */{media.size_bytes}", **headers)
    first, stop = span
    content_range = f"bytes {first}-{stop - 1}/{media.size_bytes}"
    return _StreamedAnswer(media, first, stop, 206, {**headers, "Content_Range": content_range})


class _StreamedAnswer(Answer):
    """Bytes `first` to `stop` of a file, read while they are sent: a video is never whole in memory."""

    def __init__(self, media: MediaFile, first: int, stop: int, status: int, headers: dict[str, str]) -> None:
        super().__init__(Body([], media.media_type), status, **headers)
        self.response: Iterable[bytes] = media.pieces(first, stop)
        self.content_length = stop - first


def _is_of(request: Request, etag: str) -> bool:
    """Whether the requested range is of the file's current content; an `If-Range` with a date counts as outdated."""
    condition = request.headers.get("If-Range")
    return condition is None or condition == etag or ETags([etag.strip('"')]).contains_raw(condition)


def _required(request: Request, name: str) -> str:
    value = request.args.get(name)
    if not value:
        raise BadParameterError(f"The parameter {name} is missing.", "Ask for /assets?run=<run>&path=<as written>.")
    return value
