"""`GET /sprites`: the sheet's own bytes."""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin.routes.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.routes.route_context import RouteContext
from tb_projector_plugin.routes.tensor_request import read_names
from tb_projector_plugin.sources.sprites import read_sprite_bytes
