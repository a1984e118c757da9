"""`/bookmarks`: GET lists the saved views of an embedding, PUT saves a file of them, DELETE removes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.catalog import BookmarkFile
from tb_projector_plugin.errors import BadParameterError, DataError, LimitError, ProjectorError
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import read_names
from tb_projector_plugin.routes.route import READ, Route
from tb_projector_plugin.sources.bookmarks import parse_bookmarks
from tb_projector_plugin.web.answers import (
    JSON_TYPE,
    Answer,
    Body,
    answer_content,
    encode_json,
    make_etag,
    make_json_body,
)
from tb_projector_plugin.web.in_flight import within_share
from tb_projector_plugin.web.parameters import read_text
from tb_projector_plugin.web.request_checks import BodyRule, read_body
from tb_projector_plugin.web.saving import check_saving, describe_saving

#: Memory of a body and the numbers read from it, over its bytes.
_COPIES = 4
#: Saving status for uploads.
_UPLOAD_SAVING = {
    "allowed": False,
    "why": "The vectors were dropped onto the page and lie in no logdir.",
    "fix": "Download the bookmarks instead.",
}


def _serve_bookmarks(request: Request, context: RouteContext) -> Answer:
    if request.method == "PUT":
        return _save(request, context)
    if request.method == "DELETE":
        return _remove(request, context)
    run, name = read_names(request.args)
    bookmarks = context.catalog.bookmarks(run, name)
    files, left_out = bookmarks.files()
    saving = describe_saving(request, allow_all=context.allow_saving) if bookmarks.has_directory else _UPLOAD_SAVING
    etag = make_etag("bookmarks", run, name, saving, left_out, [(file.to_json(), str(file.error)) for file in files])
    head = {"saving": saving, "left_out": left_out}
    size = min(sum(file.size_bytes for file in files if file.error is None), limits.BOOKMARKS_BYTES)
    make_body = within_share(request, size, lambda: _make_body(run, name, head, files))
    return answer_content(request, etag, make_body, JSON_TYPE, is_versioned=False)


ROUTES = {"/bookmarks": Route(_serve_bookmarks, (*READ, "PUT", "DELETE"), BodyRule(JSON_TYPE, limits.BOOKMARK_BYTES))}


def _make_body(run: str, name: str, head: dict[str, Any], files: list[BookmarkFile]) -> Body:
    """Sends states as the raw bytes of their files: parsed only for checking, never re-encoded."""
    pieces = [encode_json(head)[:-1], b', "bookmarks": [']
    left = limits.BOOKMARKS_BYTES
    for number, file in enumerate(files):
        states, problem = b"null", None
        try:
            states = _read_within(file, left)
            left -= len(states)
        except ProjectorError as error:
            problem = error.to_problem(run=run, embedding=name).to_json()
        pieces += [b", " if number else b"", *_entry(file, states, problem)]
    return Body([*pieces, b"]}"], JSON_TYPE)


def _read_within(file: BookmarkFile, left: int) -> bytes:
    if file.error is None and file.size_bytes > left:
        raise LimitError(
            f"{file.file} has {file.size_bytes:,} bytes; with the files before it that is more than "
            f"{limits.BOOKMARKS_BYTES:,} together.",
            "Move some of the bookmarks out of the run.",
            file=file.file,
        )
    return file.read().text


def _entry(file: BookmarkFile, states: bytes, problem: Any) -> Iterator[bytes]:
    yield encode_json(file.to_json())[:-1] + b', "states": '
    yield states
    yield b', "problem": ' + encode_json(problem) + b"}"


def _save(request: Request, context: RouteContext) -> Answer:
    check_saving(request, allow_all=context.allow_saving)
    run, name = read_names(request.args)
    bookmark = read_text(request.args, "bookmark", "what the bookmarks are to be called")
    bookmarks, content = context.catalog.bookmarks(run, name), read_body(request, limits.BOOKMARK_BYTES, _COPIES)
    try:
        parse_bookmarks(content, "The body")
    except DataError as error:
        raise BadParameterError(error.message, error.fix, line=error.line) from error
    saved = bookmarks.save(bookmark, content, request.args.get("version") or None)
    body = {"bookmark": {**saved.to_json(), "states": None, "problem": None}}
    return Answer(make_json_body(body), Cache_Control="no-store")


def _remove(request: Request, context: RouteContext) -> Answer:
    check_saving(request, allow_all=context.allow_saving)
    run, name = read_names(request.args)
    bookmark = read_text(request.args, "bookmark", "the name of one that GET lists")
    version = read_text(request.args, "version", "the version that GET lists")
    removed = context.catalog.bookmarks(run, name).remove(bookmark, version)
    return Answer(make_json_body({"removed": removed}), Cache_Control="no-store")
