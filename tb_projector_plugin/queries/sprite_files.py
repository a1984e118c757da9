"""Caches images made from sprite sheets as files of one record per image: a sheet's pages, and its PNG.

Concurrent requests share one decoding, and only one sheet is decoded at a time: its pixels take up to half a gigabyte,
however small the file is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from tb_projector_plugin.arrow_file import read_stream, write_stream
from tb_projector_plugin.cache_folder import CachedFile, CacheFolder, make_name
from tb_projector_plugin.catalog import SpriteContent
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.sources.sprite_pages import make_pages
from tb_projector_plugin.sources.sprites import read_sprite_bytes

_MakeImages = Callable[[], Iterable[bytes]]
#: Called with the size of an image before it is read; may raise.
_Hold = Callable[[int], None]

#: Held while the pixels of a sheet are in memory.
_decoding = threading.Lock()


def read_page(context: RouteContext, sheet: SpriteContent, page: int, hold: _Hold) -> bytes:
    """One encoded page; the first request makes all pages."""
    name = make_name("sprite pages", 1, sheet.path, sheet.version, sheet.thumb_width, sheet.thumb_height)
    return _read_image(context, name, page, lambda: make_pages(sheet), hold)


def read_converted(context: RouteContext, sheet: SpriteContent, hold: _Hold) -> bytes:
    """The whole sheet as PNG."""
    name = make_name("sprite as PNG", 1, sheet.path, sheet.version)
    return _read_image(context, name, 0, lambda: [read_sprite_bytes(sheet)[0]], hold)


def _read_image(context: RouteContext, name: str, number: int, make_images: _MakeImages, hold: _Hold) -> bytes:
    file = context.files.find(name) or context.being_made.get(
        name, lambda: _write_images(context.files, name, make_images), lambda cached: cached.size
    )
    with read_stream(file.path) as reader:
        image = reader.read_all().column("page")[number]
        hold(image.as_buffer().size)
        content: bytes = image.as_py()
    return content


def _write_images(files: CacheFolder, name: str, make_images: _MakeImages) -> CachedFile:
    import pyarrow as pa

    schema = pa.schema([("page", pa.binary())])

    def write(path: str) -> None:
        with _decoding, write_stream(path, schema) as writer:
            for content in make_images():
                writer.write_batch(pa.record_batch([pa.array([content], pa.binary())], schema=schema))

    return files.make(name, write)
