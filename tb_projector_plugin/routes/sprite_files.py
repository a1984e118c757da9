"""Pages of large sprite sheets in the cache folder: all pages of a sheet in one file, a record each."""

from __future__ import annotations

from tb_projector_plugin.cache_folder import CachedFile, CacheFolder, make_name
from tb_projector_plugin.catalog import SpriteContent
from tb_projector_plugin.routes.route_context import RouteContext
from tb_projector_plugin.sources.sprite_pages import make_pages


def read_page(context: RouteContext, sheet: SpriteContent, page: int) -> bytes:
    """One page, encoded; all pages are made with the first that is asked for, once however many ask."""
    import pyarrow as pa

    name = make_name("sprite pages", 1, sheet.path, sheet.version, sheet.thumb_width, sheet.thumb_height)
    file = context.files.find(name) or context.being_made.get(
        name, lambda: _write_pages(context.files, sheet, name), lambda kept: kept.size
    )
    with pa.memory_map(file.path) as mapped:
        content: bytes = pa.ipc.open_stream(mapped).read_all().column("page")[page].as_py()
    return content


def _write_pages(files: CacheFolder, sheet: SpriteContent, name: str) -> CachedFile:
    import pyarrow as pa

    schema = pa.schema([("page", pa.binary())])

    def write(path: str) -> None:
        with pa.OSFile(path, "wb") as file, pa.ipc.new_stream(file, schema) as writer:
            for content in make_pages(sheet):
                writer.write_batch(pa.record_batch([pa.array([content], pa.binary())], schema=schema))

    return files.make(name, write)
