"""`POST /subsets`: stores rows under a name short enough for other requests."""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import Answer, make_json_body
from tb_projector_plugin.web.arrow_body import read_arrow_body
from tb_projector_plugin.web.request_checks import ARROW_BODY


def _serve_subsets(request: Request, context: RouteContext) -> Answer:
    columns = read_arrow_body(request, {"row": "int32"})
    name, rows = context.subsets.add(columns["row"])
    return Answer(make_json_body({"subset": name, "rows": len(rows)}), Cache_Control="no-store")


ROUTES = {"/subsets": Route(_serve_subsets, ("POST",), ARROW_BODY)}
