"""Writes sprite.png: one image with a thumbnail of every row, in row-major order.

The grid has as many columns as lines, because the built-in projector supports only such grids. A side is at most
8192 px; thumbnails that would exceed it are scaled down, with a warning.
"""

from __future__ import annotations

import math
import os
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.atomic_file import open_atomically
from tb_projector_plugin.errors import BadParameterError, LimitError, are_expected, plural
from tb_projector_plugin.writer.thumbnails import Thumbnails, make_thumbnails


@dataclass(frozen=True)
class Sprite:
    """A sheet at `path`; `single_image_dim` is (width, height) of one thumbnail in pixels."""

    path: str
    single_image_dim: tuple[int, int]


def write_sprite(path: str, images: Any, rows: int | None = None) -> Sprite:
    """Writes `images` as one PNG sheet to `path` atomically.

    Args:
        path: the file to write; missing directories are made.
        images: an array [N, H, W] or [N, H, W, C] of 1, 3 or 4 channels, uint8 or floats from 0 to 1; a list of arrays,
            Pillow images or paths; or a `Sprite`, an existing sheet, which is copied.
        rows: the tensor's number of rows.

    Raises:
        BadParameterError: the number of images is not `rows`, or they are not images.
        LimitError: more images than the sheet has pixels.
    """
    if isinstance(images, Sprite):
        return _copy(images, path, rows)
    thumbnails = make_thumbnails(images)
    if rows is not None and thumbnails.count != rows:
        raise BadParameterError(
            f"{plural(thumbnails.count, 'image')} {'was' if thumbnails.count == 1 else 'were'} received; "
            f"{are_expected(rows, 'row')}.",
            "Give one image for each row of the tensor, in its order.",
        )
    side = max(1, math.isqrt(max(0, thumbnails.count - 1)) + 1)
    width, height = _thumbnail_size(thumbnails, side, path)
    _write_png(path, _make_sheet(thumbnails, side, width, height))
    return Sprite(path, (width, height))


def _thumbnail_size(thumbnails: Thumbnails, side: int, path: str) -> tuple[int, int]:
    """(width, height) at which `side` thumbnails fit along a side of the sheet."""
    largest = limits.SPRITE_SIDE_PX // side
    if largest < 1:
        raise LimitError(
            f"{thumbnails.count:,} images were received; a sheet has pixels for {limits.SPRITE_SIDE_PX**2:,}.",
            "Write no images for so many rows.",
        )
    scale = min(1.0, largest / thumbnails.width, largest / thumbnails.height)
    size = max(1, int(thumbnails.width * scale)), max(1, int(thumbnails.height * scale))
    if scale < 1:
        warnings.warn(
            f"{os.path.basename(path)}: {thumbnails.count:,} thumbnails of {thumbnails.width} x {thumbnails.height} px "
            f"pass {limits.SPRITE_SIDE_PX} px a side; they were made smaller, {size[0]} x {size[1]} px.",
            UserWarning,
            stacklevel=4,
        )
    return size


def _make_sheet(thumbnails: Thumbnails, side: int, width: int, height: int) -> NDArray[np.uint8]:
    sheet = np.zeros((side * height, side * width, thumbnails.channels), np.uint8)
    for place, pixels in enumerate(thumbnails.pixels(width, height)):
        line, column = divmod(place, side)
        sheet[line * height : (line + 1) * height, column * width : (column + 1) * width] = pixels
    return sheet


def _write_png(path: str, sheet: NDArray[np.uint8]) -> None:
    from PIL import Image

    image = Image.fromarray(sheet[..., 0] if sheet.shape[2] == 1 else sheet)
    with open_atomically(path) as file:
        image.save(file, "PNG")


def _copy(sprite: Sprite, path: str, rows: int | None) -> Sprite:
    _check_sheet(sprite, rows)
    if not (os.path.exists(path) and os.path.samefile(sprite.path, path)):
        with open(sprite.path, "rb") as original, open_atomically(path) as file:
            while chunk := original.read(1 << 20):
                file.write(chunk)
    return Sprite(path, sprite.single_image_dim)


def _check_sheet(sprite: Sprite, rows: int | None) -> None:
    from PIL import Image

    try:
        with Image.open(sprite.path) as image:
            columns, lines = image.width // sprite.single_image_dim[0], image.height // sprite.single_image_dim[1]
    except OSError as error:
        raise BadParameterError(
            f"The sprite sheet {sprite.path!r} could not be read: {error}.",
            "Give the path of a PNG, JPEG, WebP or GIF file, or the images themselves.",
        ) from error
    if rows is not None and columns * lines < rows:
        raise BadParameterError(
            f"The sprite sheet {sprite.path!r} has {columns} x {lines} thumbnails of "
            f"{sprite.single_image_dim[0]} x {sprite.single_image_dim[1]} px; {are_expected(rows, 'thumbnail')}.",
            "Correct single_image_dim, (width, height), or give a sheet with a thumbnail for each row.",
        )
