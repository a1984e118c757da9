"""`GET /runs`: the runs and embeddings found, and every problem met in finding them."""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import JSON_TYPE, Answer, answer_content, make_etag, make_json_body
from tb_projector_plugin.web.parameters import read_integer


def _serve_runs(request: Request, context: RouteContext) -> Answer:
    slots = read_integer(request.args, "slots", 0, 1, default=0)
    uploads = [name for name in request.args.get("uploads", "").split(",") if name]
    body = make_json_body(context.catalog.runs(slots=bool(slots), uploads=uploads[: limits.UPLOADS_LISTED]))
    return answer_content(request, make_etag(body.pieces), lambda: body, JSON_TYPE, is_versioned=False)


ROUTES = {"/runs": Route(_serve_runs)}
