"""Sprite sheets: one image with a thumbnail of every point, in row-major order.

Only the header is read to describe a sheet; pixels are decoded only for formats that browsers do not support, and for
pages of a sheet that is larger than a texture (`sprite_pages`).
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO, FileIO
from typing import TYPE_CHECKING, Any, Final

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError, are_expected, could_not_read
from tb_projector_plugin.stamped_file import Stamp, check_size, read_whole, reading, size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

#: Formats that every browser shows, sent unchanged.
_BROWSER_TYPES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
#: Pillow's pixels that PNG holds as they are.
_PNG_MODES: Final = ("1", "L", "LA", "P", "RGB", "RGBA")
#: Formats that are converted. A short list on purpose: some of Pillow's others start programs or are rarely tested.
_CONVERTED: Final = ("BMP", "TIFF", "PPM", "TGA", "ICO")
#: Errors that Pillow's decoders raise for damaged images.
DECODING_ERRORS: Final = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError),
    struct.error,
)
_FIX: Final = "Write the sprite sheet, or correct image_path in projector_config.pbtxt."
_LIMIT_FIX: Final = "Save it as JPEG or WebP, or with smaller thumbnails."


@dataclass(frozen=True)
class SpriteSheet:
    """`path` is its location, `file` its display path; sizes in pixels; `columns` x `rows` thumbnails fit.

    `stamp` identifies the version of the file.
    """

    path: str
    file: str
    width: int
    height: int
    thumb_width: int
    thumb_height: int
    columns: int
    rows: int
    format: str
    stamp: Stamp

    @property
    def thumb_size(self) -> tuple[int, int]:
        return self.thumb_width, self.thumb_height

    @property
    def size_bytes(self) -> int:
        """Size of the file."""
        return size_of(self.stamp)


def read_sprite_header(
    path: str, display: str, single_image_dim: Sequence[int], rows: int, stamp: Stamp | None = None
) -> SpriteSheet:
    """The geometry of the sheet at `path` for `rows` points; `single_image_dim` is [width, height] in pixels.

    Raises NotFoundError, LimitError for a sheet of too many pixels, DataError for an invalid image, for a missing
    `single_image_dim` and for a grid with fewer cells than points, StaleError for a file without `stamp`.
    """
    thumb_width, thumb_height = _checked_thumbnail(single_image_dim, display)
    with open_image(path, display, stamp) as (image, opened):
        (width, height), image_format = image.size, str(image.format)
    _check_pixels(width, height, display)
    _check_thumbnail_fits(width, height, thumb_width, thumb_height, display)
    columns, lines = width // thumb_width, height // thumb_height
    if columns * lines < rows:
        raise DataError(
            f"{display} is {width} x {height} px: {columns} x {lines} thumbnails of {thumb_width} x {thumb_height} px, "
            f"{columns * lines} in all; {are_expected(rows, 'point')}.",
            "Correct single_image_dim ([width, height]) in projector_config.pbtxt, or put every point on the sheet.",
            file=display,
        )
    return SpriteSheet(path, display, width, height, thumb_width, thumb_height, columns, lines, image_format, opened)


def read_sprite_bytes(sheet: SpriteSheet) -> tuple[bytes, str]:
    """The file's bytes and media type; PNG for a format that browsers do not support. Raises as the header does."""
    if sheet.format in _BROWSER_TYPES:
        content = read_whole(sheet.path, sheet.stamp, sheet.file, limits.SPRITE_BYTES, fix=_FIX, limit_fix=_LIMIT_FIX)
        return content, _BROWSER_TYPES[sheet.format]
    with open_image(sheet.path, sheet.file, sheet.stamp) as (image, _):
        _check_pixels(*image.size, sheet.file)
        return _encode_png(image, sheet.file), "image/png"


def is_converted(sheet: SpriteSheet) -> bool:
    """Whether the sheet has to be decoded to be sent, which takes memory for every pixel."""
    return sheet.format not in _BROWSER_TYPES


def _encode_png(image: Image, display: str) -> bytes:
    png = BytesIO()
    try:
        shown = image if image.mode in _PNG_MODES else image.convert("RGBA")  # A copy takes 4 bytes for every pixel.
        shown.save(png, "PNG", compress_level=1)
    except DECODING_ERRORS as error:
        raise not_an_image(display, str(error)) from error
    return png.getvalue()


def _checked_thumbnail(single_image_dim: Sequence[int], display: str) -> tuple[int, int]:
    if len(single_image_dim) != 2 or min(single_image_dim) <= 0:
        raise DataError(
            f"{display}: single_image_dim is {list(single_image_dim)}; "
            "the width and height of one thumbnail in pixels are expected.",
            "Write `single_image_dim: <width>` and `single_image_dim: <height>` into projector_config.pbtxt.",
            file=display,
        )
    return single_image_dim[0], single_image_dim[1]


@contextmanager
def open_image(path: str, display: str, stamp: Stamp | None) -> Iterator[tuple[Image, Stamp]]:
    """The image, of which only the header is read, and its file's stamp. Raises as `read_sprite_header`."""
    with ExitStack() as stack:
        try:
            file, opened = stack.enter_context(reading(path, stamp, display))
        except OSError as error:
            raise _unreadable(display, error) from error
        check_size(size_of(opened), limits.SPRITE_BYTES, display, _LIMIT_FIX)
        yield _read_image_header(_WithinFile(file, size_of(opened)), display), opened


class _WithinFile(FileIO):
    """An open file of which nothing beyond its end is asked for.

    Pillow asks for as many bytes as a header says, and memory for all of them is taken before any is read.
    """

    def __init__(self, file: FileIO, size: int) -> None:
        super().__init__(file.fileno(), "rb", closefd=False)
        self._size = size

    def read(self, size: int | None = -1, /) -> Any:
        left = max(0, self._size - self.tell())
        return super().read(left if size is None or size < 0 else min(size, left))


def _read_image_header(file: FileIO, display: str) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow warns below the limit that applies here, and refuses only above it.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(file, formats=(*_BROWSER_TYPES, *_CONVERTED))
    except Image.DecompressionBombError as error:
        raise _too_large("more pixels than a sheet may have", display) from error
    except UnidentifiedImageError as error:
        raise not_an_image(display, "its first bytes are those of no known format") from error
    except DECODING_ERRORS as error:  # OSError: WebP of which only the beginning is there.
        raise not_an_image(display, str(error)) from error


def _check_pixels(width: int, height: int, display: str) -> None:
    if width * height > limits.SPRITE_PIXELS:
        raise _too_large(f"{width} x {height} px", display)


def _check_thumbnail_fits(width: int, height: int, thumb_width: int, thumb_height: int, display: str) -> None:
    """A sheet larger than a texture is shown in pages, whose thumbnails must be smaller."""
    longest = max(thumb_width, thumb_height)
    if max(width, height) > limits.SPRITE_SIDE_PX and longest > limits.SPRITE_PAGE_SIDE_PX:
        raise LimitError(
            f"{display} is {width} x {height} px with thumbnails of {thumb_width} x {thumb_height} px; on a sheet of "
            f"over {limits.SPRITE_SIDE_PX} px a side they may have {limits.SPRITE_PAGE_SIDE_PX} px a side.",
            "Make the thumbnails smaller.",
            file=display,
        )


def _too_large(received: str, display: str) -> LimitError:
    return LimitError(
        f"{display} is too large: {received}; at most {limits.SPRITE_PIXELS:,} pixels are shown.",
        "Make the thumbnails smaller.",
        file=display,
    )


def not_an_image(display: str, reason: str) -> DataError:
    return DataError(
        f"{display} is not an image that can be read: {reason}.",
        "Save the sprite sheet as PNG, JPEG, WebP or GIF.",
        file=display,
    )


def _unreadable(display: str, error: OSError) -> NotFoundError | DataError:
    kind = NotFoundError if isinstance(error, FileNotFoundError) else DataError
    return kind(could_not_read(display, error), _FIX, file=display)
