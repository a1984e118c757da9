"""`GET /sprites`: the sheet's own bytes."""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin.catalog import SpriteContent
from tb_projector_plugin.errors import DataError
from tb_projector_plugin.routes.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.routes.route_context import RouteContext
from tb_projector_plugin.routes.tensor_request import read_names
from tb_projector_plugin.sources.sprites import read_sprite_bytes

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


def serve_sprites(request: Request, context: RouteContext) -> Answer:
    run, name = read_names(request.args)
    sheet = context.catalog.sprite(run, name, version=request.args.get("v"))

    def make_body() -> Body:
        try:
            content, content_type = read_sprite_bytes(sheet)
        except DataError as error:
            context.catalog.record(error.to_problem(run=run, embedding=name), sheet.version)
            raise
        return Body([content], content_type)

    etag = make_etag("sprites", run, name, sheet.version)
    return answer_content(request, etag, make_body, _content_type(sheet))


def _content_type(sheet: SpriteContent) -> str:
    """Formats that browsers do not show are sent as PNG."""
    return _TYPES.get(sheet.format, "image/png")
