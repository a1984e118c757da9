"""Converts images of any kind to thumbnails of one size and mode, 8 bits per channel."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.writer.arrays import to_array

if TYPE_CHECKING:
    from PIL.Image import Image

_MODE_OF_CHANNELS = {1: "L", 3: "RGB", 4: "RGBA"}
_CHANNELS_OF_MODE = {mode: channels for channels, mode in _MODE_OF_CHANNELS.items()}


class Thumbnails(ABC):
    """`count` images of `width` x `height` px in `mode` (L, RGB or RGBA)."""

    count: int
    width: int
    height: int
    mode: str

    @property
    def channels(self) -> int:
        return _CHANNELS_OF_MODE[self.mode]

    @abstractmethod
    def pixels(self, width: int, height: int) -> Iterator[NDArray[np.uint8]]:
        """Each image as [height, width, channels], scaled down if these are smaller than the image."""


def make_thumbnails(images: Any) -> Thumbnails:
    """From an array [N, H, W] or [N, H, W, C] (or [N, C, H, W]), or a list of arrays, Pillow images and paths."""
    if isinstance(images, (list, tuple)) and not _is_uniform_arrays(images):
        return _ImageList(images)
    return _ImageArray(to_array(images if not isinstance(images, (list, tuple)) else _stack(images)))


def _is_uniform_arrays(images: Sequence[Any]) -> bool:
    shapes = {getattr(image, "shape", None) for image in images}
    return len(shapes) == 1 and None not in shapes


def _stack(images: Sequence[Any]) -> NDArray[Any]:
    return np.stack([to_array(image) for image in images])


class _ImageArray(Thumbnails):
    """Images in one array."""

    def __init__(self, array: NDArray[Any]) -> None:
        self._array = _channels_last(array)
        self._convert = _byte_converter(self._array)
        self.count, self.height, self.width, channels = self._array.shape
        self.mode = _MODE_OF_CHANNELS[channels]

    def pixels(self, width: int, height: int) -> Iterator[NDArray[np.uint8]]:
        for item in self._array:
            full = self._convert(item)
            yield full if (width, height) == (self.width, self.height) else _resized(full, self.mode, width, height)


class _ImageList(Thumbnails):
    """Images of several sizes: each is fitted into the largest width and height, centered, without distortion."""

    def __init__(self, images: Sequence[Any]) -> None:
        self._images = images
        sizes, modes = [], set()
        for number, image in enumerate(images):
            with _opened(image, number) as opened:
                sizes.append(opened.size)
                modes.add(opened.mode)
        self.count = len(images)
        self.width, self.height = (max(side) for side in zip(*sizes, strict=True)) if sizes else (1, 1)
        self.mode = _common_mode(modes, uniform=len(set(sizes)) <= 1)

    def pixels(self, width: int, height: int) -> Iterator[NDArray[np.uint8]]:
        for number, image in enumerate(self._images):
            with _opened(image, number) as opened:
                yield _fitted(opened.convert(self.mode), width, height).reshape(height, width, self.channels)


class _opened:  # noqa: N801  Used like a function.
    """One image of a list; closes the file if it opened one."""

    def __init__(self, image: Any, number: int) -> None:
        self._image, self._number, self._files = image, number, ExitStack()

    def __enter__(self) -> Image:
        from PIL import Image

        if isinstance(self._image, Image.Image):
            return self._image
        if isinstance(self._image, (str, os.PathLike)):
            try:
                return self._files.enter_context(Image.open(self._image))
            except OSError as error:
                raise BadParameterError(
                    f"Image {self._number}, {os.fspath(self._image)!r}, could not be read: {error}.",
                    "Give paths of PNG, JPEG, WebP or GIF files, or the images themselves.",
                ) from error
        item = _channels_last(to_array(self._image)[np.newaxis])
        return _to_image(_byte_converter(item)(item[0]), _MODE_OF_CHANNELS[item.shape[3]])

    def __exit__(self, *_: object) -> None:
        self._files.close()


def _common_mode(modes: set[str], *, uniform: bool) -> str:
    """With alpha if a source has it, or if images of several sizes leave a margin."""
    if not uniform or modes - {"1", "L", "I;16", "RGB", "CMYK", "YCbCr", "HSV", "LAB", "I", "F"}:
        return "RGBA"
    return "L" if modes <= {"1", "L"} else "RGB"


def _channels_last(array: NDArray[Any]) -> NDArray[Any]:
    """[N, H, W, C] with C of 1, 3 or 4."""
    if array.ndim == 3:
        return array[..., np.newaxis]
    if array.ndim == 4 and array.shape[3] in _MODE_OF_CHANNELS:
        return array
    if array.ndim == 4 and array.shape[1] in _MODE_OF_CHANNELS:  # as in torch
        return np.moveaxis(array, 1, 3)
    raise BadParameterError(
        f"Images of the shape {list(array.shape)} were received; [N, height, width] or [N, height, width, channels] "
        "with 1, 3 or 4 channels is expected.",
        "Reshape them, for instance images.reshape(-1, 28, 28).",
    )


def _byte_converter(array: NDArray[Any]) -> Any:
    """A function from one image to 8 bits per channel. Raises BadParameterError if the range is ambiguous."""
    if array.dtype == np.uint8:
        return np.asarray
    if array.dtype == bool:
        return lambda image: image.astype(np.uint8) * np.uint8(255)
    low, high = (float(array.min()), float(array.max())) if array.size else (0.0, 0.0)
    if array.dtype.kind in "iu" and 0 <= low <= high <= 255:
        return lambda image: image.astype(np.uint8)
    if array.dtype.kind == "f" and 0 <= low <= high <= 1:
        return lambda image: np.rint(np.asarray(image, np.float32) * 255).astype(np.uint8)
    raise BadParameterError(
        f"Images of {array.dtype} from {low:g} to {high:g} were received; floats from 0 to 1, or integers from 0 to "
        "255, are expected.",
        "Scale them: (images - images.min()) / (images.max() - images.min()).",
    )


def _to_image(pixels: NDArray[np.uint8], mode: str) -> Image:
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(pixels[..., 0] if mode == "L" else pixels))


def _resized(pixels: NDArray[np.uint8], mode: str, width: int, height: int) -> NDArray[np.uint8]:
    return _fitted(_to_image(pixels, mode), width, height).reshape(height, width, pixels.shape[2])


def _fitted(image: Image, width: int, height: int) -> NDArray[np.uint8]:
    """The image scaled down to fit `width` x `height` px, never enlarged, and centered in it."""
    from PIL import Image

    scale = min(width / image.width, height / image.height, 1)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    fitted = image if size == image.size else image.resize(size, Image.Resampling.BOX)
    if size == (width, height):
        return np.asarray(fitted)
    canvas = Image.new(image.mode, (width, height))
    canvas.paste(fitted, ((width - size[0]) // 2, (height - size[1]) // 2))
    return np.asarray(canvas)
