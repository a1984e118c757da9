"""`/static/*`: the frontend as built by Vite, or a page that explains that it has not been built."""

from __future__ import annotations

import os
from pathlib import Path

from werkzeug.security import safe_join
from werkzeug.wrappers import Request

from tb_projector_plugin.errors import NotFoundError
from tb_projector_plugin.failure_page import make_failure_module
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import IMMUTABLE, REVALIDATE, Answer, Body, answer_unless_known, make_etag

#: Folder of the built frontend, next to this package's code, both in a wheel and in a clone.
STATIC = Path(__file__).resolve().parent.parent / "static"
_ENTRY = "index.js"
#: Folders whose file names contain the content hash.
_HASHED_FOLDERS = ("chunks/", "assets/")

#: Types of the build's files. The system's table of types differs between machines (`.js` is text/plain on some).
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}


def _serve_static(request: Request, _context: RouteContext) -> Answer:
    name = request.path.partition("/static/")[2]
    path = _find(name)
    if path is None and name == _ENTRY:
        return Answer(_not_built(), Cache_Control="no-store")
    if path is None:
        raise NotFoundError(
            f"The frontend has no file {name!r}.", "Reload the page: the plugin may have been updated meanwhile."
        )
    return _answer_file(request, path, IMMUTABLE if name.startswith(_HASHED_FOLDERS) else REVALIDATE)


ROUTES = {"/static/*": Route(_serve_static)}


def _find(name: str) -> str | None:
    """The path of a file of the frontend; None if it is missing, of unknown type, or outside the folder."""
    path = safe_join(str(STATIC), name)
    known = path is not None and os.path.splitext(path)[1] in _CONTENT_TYPES
    return path if path is not None and known and os.path.isfile(path) else None


def _answer_file(request: Request, path: str, cache_control: str) -> Answer:
    content_type = _CONTENT_TYPES[os.path.splitext(path)[1]]
    compressed = request.accept_encodings.quality("gzip") > 0 and os.path.isfile(path + ".gz")
    content = Path(path + ".gz" if compressed else path).read_bytes()
    headers = {"Cache_Control": cache_control, "Vary": "Accept-Encoding"}
    encoding = {"Content_Encoding": "gzip"} if compressed else {}
    return answer_unless_known(
        request,
        make_etag(content),
        content_type,
        headers,
        lambda headers: Answer(Body([content], content_type), 200, **headers, **encoding),
    )


def _not_built() -> Body:
    module = make_failure_module(
        "The frontend of the Embeddings tab has not been built",
        "The plugin runs, but the folder tb_projector_plugin/static holds no index.js.",
        "In a clone run: pip install . (or make demo, which also opens the tab on an example). Elsewhere reinstall: "
        "pip install --force-reinstall tb-projector-plugin. Then reload this page.",
    )
    return Body([module], _CONTENT_TYPES[".js"])
