"""Pages of a sprite sheet: its thumbnails rearranged into images that fit every GPU's textures.

A sheet may be larger than a browser can decode or a GPU can hold. It is decoded once, its thumbnails are copied into
pages line by line, and each page is encoded once full: memory holds only the sheet and one page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.sources.sprites import DECODING_ERRORS, SpriteSheet, not_an_image, open_image

if TYPE_CHECKING:
    from PIL.Image import Image

#: Encodings: a page that comes from a JPEG loses little more by another one; all else is encoded without loss.
_JPEG: Final[dict[str, Any]] = {"format": "JPEG", "quality": 95, "subsampling": 0}
_PNG: Final[dict[str, Any]] = {"format": "PNG", "compress_level": 1}


@dataclass(frozen=True)
class PageGrid:
    """`count` pages of `columns` x `rows` thumbnails, row by row, the last one possibly not full."""

    columns: int
    rows: int
    count: int

    @property
    def places(self) -> int:
        return self.columns * self.rows


def plan_pages(sheet: SpriteSheet) -> PageGrid | None:
    """The layout of the thumbnails of `sheet` in its pages; None if a thumbnail is larger than a page."""
    thumbnails = sheet.columns * sheet.rows
    columns = min(limits.SPRITE_PAGE_SIDE_PX // sheet.thumb_width, thumbnails)
    if columns == 0 or sheet.thumb_height > limits.SPRITE_PAGE_SIDE_PX:
        return None
    rows = min(limits.SPRITE_PAGE_SIDE_PX // sheet.thumb_height, -(-thumbnails // columns))
    return PageGrid(columns, rows, -(-thumbnails // (columns * rows)))


def page_type(sheet: SpriteSheet) -> str:
    return "image/jpeg" if sheet.format == "JPEG" else "image/png"


def make_pages(sheet: SpriteSheet) -> Iterator[bytes]:
    """Every page of `sheet`, encoded, all of the same size. Raises DataError for an image that does not decode."""
    grid = plan_pages(sheet)
    if grid is None:
        raise LimitError(
            f"{sheet.file} has thumbnails of {sheet.thumb_width} x {sheet.thumb_height} px; a page holds those of "
            f"{limits.SPRITE_PAGE_SIDE_PX} px a side.",
            "Make the thumbnails smaller.",
            file=sheet.file,
        )
    with open_image(sheet.path, sheet.file, sheet.stamp) as (image, _):
        yield from (_encode(page, sheet) for page in _fill_pages(_read_lines(image, sheet), grid))


def _read_lines(image: Image, sheet: SpriteSheet) -> Iterator[NDArray[Any]]:
    """Each line of the sheet as an array [thumbnails, height, width, channels]."""
    mode = "RGBA" if _has_alpha(image) and sheet.format != "JPEG" else "RGB"
    width, height = sheet.thumb_width, sheet.thumb_height
    try:
        image.load()
        for line in range(sheet.rows):
            box = (0, line * height, sheet.columns * width, (line + 1) * height)
            pixels = np.asarray(image.crop(box).convert(mode))
            yield pixels.reshape(height, sheet.columns, width, -1).swapaxes(0, 1)
    except DECODING_ERRORS as error:
        raise not_an_image(sheet.file, str(error)) from error


def _has_alpha(image: Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _fill_pages(lines: Iterator[NDArray[Any]], grid: PageGrid) -> Iterator[NDArray[Any]]:
    """Pages as arrays [thumbnails, height, width, channels]; the same array, refilled for each."""
    page: NDArray[Any] | None = None
    filled = 0
    for line in lines:
        if page is None:
            page = np.zeros((grid.places, *line.shape[1:]), np.uint8)
        taken = 0
        while taken < len(line):
            some = line[taken : taken + grid.places - filled]
            page[filled : filled + len(some)] = some
            filled, taken = filled + len(some), taken + len(some)
            if filled == grid.places:
                yield _lay_out(page, grid)
                page[:] = 0
                filled = 0
    if page is not None and filled:
        yield _lay_out(page, grid)


def _lay_out(page: NDArray[Any], grid: PageGrid) -> NDArray[Any]:
    """Thumbnails side by side as one image [height, width, channels]."""
    _, height, width, channels = page.shape
    image = page.reshape(grid.rows, grid.columns, height, width, channels).swapaxes(1, 2)
    return image.reshape(grid.rows * height, grid.columns * width, channels)


def _encode(pixels: NDArray[Any], sheet: SpriteSheet) -> bytes:
    from PIL import Image

    encoded = BytesIO()
    options = _JPEG if sheet.format == "JPEG" else _PNG
    Image.fromarray(pixels).save(encoded, **options)
    return encoded.getvalue()
