"""`GET /graph`: the nearest neighbors of every row, from the disk cache or computed by a job."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.compute.distances import METRICS
from tb_projector_plugin.graphs.building import start_graph
from tb_projector_plugin.graphs.files import find_graph
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.space_request import find_space
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import Answer, answer_unless_known, cache_headers, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE
from tb_projector_plugin.web.job_answer import answer_by_job
from tb_projector_plugin.web.parameters import read_choice, read_integer

_DEFAULT_K = 90


def _serve_graph(request: Request, context: RouteContext) -> Answer:
    k = read_integer(request.args, "k", 1, limits.GRAPH_NEIGHBORS, default=_DEFAULT_K)
    metric = read_choice(request.args, "metric", METRICS, default="cosine")
    space = find_space(request.args, context)
    etag = make_etag("graph", *space.key, k, metric)
    address = "graph?" + urlencode(list(request.args.items()))

    def answer(headers: dict[str, str]) -> Answer:
        return answer_by_job(
            lambda: find_graph(context.files, space, k, metric),
            lambda: start_graph(space, k, metric, address),
            headers,
        )

    return answer_unless_known(request, etag, ARROW_TYPE, cache_headers(request), answer)


ROUTES = {"/graph": Route(_serve_graph)}
