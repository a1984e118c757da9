"""A route as its module declares it in `ROUTES`, by its address below data/plugin/embeddings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from werkzeug.wrappers import Request

from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.web.answers import Answer
from tb_projector_plugin.web.request_checks import JSON_BODY, BodyRule

Serve = Callable[[Request, RouteContext], Answer]
READ = ("GET", "HEAD")


class Route(NamedTuple):
    """The handler, its methods, and the body it accepts in a POST or PUT."""

    serve: Serve
    methods: tuple[str, ...] = READ
    body: BodyRule = JSON_BODY
