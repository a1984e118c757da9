"""Collects the table of routes; the single path from a WSGI request through the checks to an answer or error."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin import routes as package
from tb_projector_plugin.errors import NotFoundError, ProjectorError, StaleError, unexpected_error
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.route import READ, Route, Serve
from tb_projector_plugin.web.answers import Answer, answer_error
from tb_projector_plugin.web.budget import Share
from tb_projector_plugin.web.in_flight import SharedPieces
from tb_projector_plugin.web.pauses import limit_pauses
from tb_projector_plugin.web.request_checks import check_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)


def _collect_routes() -> dict[str, Route]:
    """The routes declared by the modules of this package. Raises if two declare one address, or none any."""
    owners: dict[str, str] = {}
    routes: dict[str, Route] = {}
    for module in _import_modules():
        for address, route in getattr(module, "ROUTES", {}).items():
            if address in routes:
                raise RuntimeError(
                    f"{owners[address]} and {module.__name__} declare the same route {address}. "
                    "Give one of them another address."
                )
            owners[address], routes[address] = module.__name__, route
    if not routes:
        raise RuntimeError(
            f"The package {package.__name__} lists no modules with routes. "
            "Install it whole: a program that packs it must include all of its modules."
        )
    return routes


def _import_modules() -> Iterator[ModuleType]:
    """The modules of this package but this one, whether it lies in a folder, a zip or a frozen program."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if found.name != __name__:
            yield importlib.import_module(found.name)


#: Routes below data/plugin/embeddings; docs/http_api.md describes each.
ROUTES = _collect_routes()


def make_app(context: RouteContext, prefix: str) -> WSGIApplication:
    """The WSGI application below `prefix`: any failure in a route is answered as a JSON error."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        route = _find_route(request.path.partition(prefix)[2])
        share = context.in_flight.open_share(request)
        arriving = context.arrivals.open_share(request)
        try:
            answer = _answer(request, route, context, share)
        finally:
            arriving.release()
        limit_pauses(request, limits.ANSWER_PAUSE_S)
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
        answer = answer_error(unexpected_error("Unexpected server error."))
    if answer.status_code == 405:
        answer.headers["Allow"] = ", ".join(route.methods)
    return answer


def _serve_with_retry(request: Request, serve: Serve, context: RouteContext) -> Answer:
    """Retries a read once if a file changed meanwhile, unless the URL names the version (`v`) from before."""
    try:
        return serve(request, context)
    except StaleError:
        if "v" in request.args or request.method not in READ:
            raise
        return serve(request, context)
