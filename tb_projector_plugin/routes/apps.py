"""Defines the table of routes, and the single path from a WSGI request through the checks to an answer or error."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.errors import NotFoundError, ProjectorError, StaleError
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.assets import serve_assets
from tb_projector_plugin.routes.bookmarks import serve_bookmarks
from tb_projector_plugin.routes.graph import serve_graph
from tb_projector_plugin.routes.jobs import serve_jobs
from tb_projector_plugin.routes.metadata import serve_metadata
from tb_projector_plugin.routes.neighbors import serve_neighbors
from tb_projector_plugin.routes.projections import serve_projections
from tb_projector_plugin.routes.quality import serve_quality
from tb_projector_plugin.routes.runs import serve_runs
from tb_projector_plugin.routes.sprites import serve_sprites
from tb_projector_plugin.routes.static_files import serve_static
from tb_projector_plugin.routes.subsets import serve_subsets
from tb_projector_plugin.routes.tensors import serve_tensors
from tb_projector_plugin.routes.uploads import serve_uploads
from tb_projector_plugin.web.answers import BYTES_TYPE, JSON_TYPE, Answer, answer_error
from tb_projector_plugin.web.in_flight import Share, SharedPieces
from tb_projector_plugin.web.request_checks import ARROW_BODY, JSON_BODY, BodyRule, check_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

Serve = Callable[[Request, RouteContext], Answer]
_READ = ("GET", "HEAD")


class Route(NamedTuple):
    """The handler, its methods, and the body it accepts in a POST or PUT."""

    serve: Serve
    methods: tuple[str, ...] = _READ
    body: BodyRule = JSON_BODY


#: Every route below data/plugin/embeddings; docs/http_api.md describes each.
ROUTES: dict[str, Route] = {
    "/runs": Route(serve_runs),
    "/tensors": Route(serve_tensors),
    "/metadata": Route(serve_metadata),
    "/sprites": Route(serve_sprites),
    "/assets": Route(serve_assets),
    "/projections": Route(serve_projections, (*_READ, "POST")),
    "/neighbors": Route(serve_neighbors, (*_READ, "POST")),
    "/graph": Route(serve_graph),
    "/jobs/*": Route(serve_jobs, (*_READ, "DELETE")),
    "/subsets": Route(serve_subsets, ("POST",), ARROW_BODY),
    "/quality": Route(serve_quality, ("POST",), ARROW_BODY),
    "/bookmarks": Route(serve_bookmarks, (*_READ, "PUT", "DELETE"), BodyRule(JSON_TYPE, limits.BOOKMARK_BYTES)),
    "/uploads": Route(serve_uploads, ("POST", "DELETE"), BodyRule(BYTES_TYPE, limits.UPLOAD_BYTES)),
    "/static/*": Route(serve_static),
}


def make_app(context: RouteContext, prefix: str) -> WSGIApplication:
    """The WSGI application below `prefix`: any failure in a route is answered as a JSON error."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        route = _find_route(request.path.partition(prefix)[2])
        share = context.in_flight.open_share(request)
        answer = _answer(request, route, context, share)
        return SharedPieces(answer(environ, start_response), share)

    return app


def _find_route(path: str) -> Route:
    """Matches like TensorBoard: by the whole path, or by the prefix before `/*`."""
    exact = ROUTES.get(path.rstrip("/"))
    if exact is not None:
        return exact
    for pattern, route in ROUTES.items():
        if pattern.endswith("/*") and path.startswith(pattern[:-1]):
            return route
    return Route(_serve_unknown)


def _serve_unknown(request: Request, _context: RouteContext) -> Answer:
    raise NotFoundError(f"There is no route {request.path}.", "See docs/http_api.md for those there are.")


def _answer(request: Request, route: Route, context: RouteContext, share: Share) -> Answer:
    try:
        check_request(request, context.hosts, route.methods, route.body)
        answer = _serve_with_retry(request, route.serve, context)
        share.hold(answer.held_bytes)
    except ProjectorError as error:
        share.release()
        answer = answer_error(error)
    except Exception:  # Its text may name paths outside the logdir, so it goes only to the terminal.
        logger.exception("The Embeddings plugin failed to answer %s", request.path)
        share.release()
        answer = answer_error(_internal_error())
    if answer.status_code == 405:
        answer.headers["Allow"] = ", ".join(route.methods)
    return answer


def _serve_with_retry(request: Request, serve: Serve, context: RouteContext) -> Answer:
    """Retries a read once if a file changed meanwhile, unless the URL names the version (`v`) from before."""
    try:
        return serve(request, context)
    except StaleError:
        if "v" in request.args or request.method not in _READ:
            raise
        return serve(request, context)


def _internal_error() -> ProjectorError:
    return ProjectorError(
        "The server failed in a way that was not foreseen.",
        "Look at TensorBoard's output in the terminal for what happened, and report it with that output.",
    )
