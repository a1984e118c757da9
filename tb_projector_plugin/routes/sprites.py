"""`GET /sprites`: the sheet's own bytes, or one page of a sheet that is too large for a texture."""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin.catalog import SpriteContent
from tb_projector_plugin.errors import DataError
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.sprite_files import read_converted, read_page
from tb_projector_plugin.queries.tensor_request import read_names
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.sources.sprite_pages import page_type, plan_pages
from tb_projector_plugin.sources.sprites import is_converted, read_sprite_bytes
from tb_projector_plugin.web.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.web.in_flight import share_of
from tb_projector_plugin.web.parameters import read_integer

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


def _serve_sprites(request: Request, context: RouteContext) -> Answer:
    run, name = read_names(request.args)
    sheet = context.catalog.sprite(run, name, version=request.args.get("v"))
    page = _read_page_number(request, sheet)

    hold = share_of(request).hold

    def make_body() -> Body:
        try:
            if page is not None:
                return Body([read_page(context, sheet, page, hold)], page_type(sheet))
            if is_converted(sheet):
                return Body([read_converted(context, sheet, hold)], _content_type(sheet))
            hold(sheet.size_bytes)
            content, content_type = read_sprite_bytes(sheet)
        except DataError as error:
            context.catalog.record(error.to_problem(run=run, embedding=name), sheet.version)
            raise
        return Body([content], content_type)

    etag = make_etag("sprites", run, name, sheet.version, page)
    return answer_content(request, etag, make_body, _content_type(sheet) if page is None else page_type(sheet))


ROUTES = {"/sprites": Route(_serve_sprites)}


def _read_page_number(request: Request, sheet: SpriteContent) -> int | None:
    if "page" not in request.args:
        return None
    grid = plan_pages(sheet)
    return read_integer(request.args, "page", 0, grid.count - 1 if grid else -1)


def _content_type(sheet: SpriteContent) -> str:
    """Formats that browsers cannot display are sent as PNG."""
    return _TYPES.get(sheet.format, "image/png")
