"""The table of routes, and the one way from a WSGI request through the checks to an answer or an error."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tb_projector_plugin.errors import NotFoundError, ProjectorError, StaleError
from tb_projector_plugin.routes.answers import Answer, answer_error
from tb_projector_plugin.routes.metadata import serve_metadata
from tb_projector_plugin.routes.neighbors import serve_neighbors
from tb_projector_plugin.routes.projections import serve_projections
from tb_projector_plugin.routes.request_checks import check_request
from tb_projector_plugin.routes.route_context import RouteContext
from tb_projector_plugin.routes.runs import serve_runs
from tb_projector_plugin.routes.sprites import serve_sprites
from tb_projector_plugin.routes.static_files import serve_static
from tb_projector_plugin.routes.tensors import serve_tensors

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

Serve = Callable[[Request, RouteContext], Answer]
READ = ("GET", "HEAD")

#: Every route below data/plugin/embeddings, with the methods it answers; docs/http_api.md describes each.
ROUTES: dict[str, tuple[Serve, tuple[str, ...]]] = {
    "/runs": (serve_runs, READ),
    "/tensors": (serve_tensors, READ),
    "/metadata": (serve_metadata, READ),
    "/sprites": (serve_sprites, READ),
    "/projections": (serve_projections, READ),
    "/neighbors": (serve_neighbors, (*READ, "POST")),
    "/static/*": (serve_static, READ),
}


def make_app(context: RouteContext, prefix: str) -> WSGIApplication:
    """The WSGI application below `prefix`: whatever goes wrong in a route is answered in the one shape of errors."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        serve, methods = _find_route(request.path.partition(prefix)[2])
        return _answer(request, serve, methods, context)(environ, start_response)

    return app


def _find_route(path: str) -> tuple[Serve, tuple[str, ...]]:
    """As TensorBoard finds them: by the whole path, or by what comes before `/*`."""
    exact = ROUTES.get(path.rstrip("/"))
    if exact is not None:
        return exact
    for route, found in ROUTES.items():
        if route.endswith("/*") and path.startswith(route[:-1]):
            return found
    return _serve_unknown, READ


def _serve_unknown(request: Request, _context: RouteContext) -> Answer:
    raise NotFoundError(f"There is no route {request.path}.", "See docs/http_api.md for those there are.")


def _answer(request: Request, serve: Serve, methods: tuple[str, ...], context: RouteContext) -> Answer:
    try:
        check_request(request, context.hosts, methods)
        return _serve_steadily(request, serve, context)
    except ProjectorError as error:
        answer = answer_error(error)
    except Exception:  # What it says may name paths outside the logdir: it goes to the terminal only.
        logger.exception("The Embeddings plugin failed to answer %s", request.path)
        answer = answer_error(_internal_error())
    if answer.status_code == 405:
        answer.headers["Allow"] = ", ".join(methods)
    return answer


def _serve_steadily(request: Request, serve: Serve, context: RouteContext) -> Answer:
    """Tries once more when a file changed while it was read, unless the address asks for the content before."""
    try:
        return serve(request, context)
    except StaleError:
        if "v" in request.args or request.method == "POST":
            raise
        return serve(request, context)


def _internal_error() -> ProjectorError:
    return ProjectorError(
        "The server failed in a way that was not foreseen.",
        "Look at TensorBoard's output in the terminal for what happened, and report it with that output.",
    )
