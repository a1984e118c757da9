"""Pixels of a screenshot, and the separate spots in them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Error, FloatRect, Locator, Page

#: Attempts at a screenshot: a busy Chromium sometimes has no frame to copy.
ATTEMPTS = 5

#: Minimum difference between a spot and the background in some channel (of 255).
DIFFERENCE = 24


@dataclass(frozen=True)
class Spot:
    """Connected non-background pixels; the center is in CSS px from the element's top left corner."""

    x: float
    y: float
    pixels: int


def read_pixels(page: Page, element: Locator) -> np.ndarray[Any, Any]:
    """(height, width, 3) uint8 pixels of the screen where the element is, one pixel per CSS px."""
    box = element.bounding_box()
    assert box is not None, "the element is not on the screen"
    return take_screenshot(page, box)


def take_screenshot(page: Page, box: FloatRect | None = None, attempts: int = ATTEMPTS) -> np.ndarray[Any, Any]:
    """(height, width, 3) uint8 pixels of `box` (CSS px), or of all that the window shows."""
    try:
        picture = page.screenshot(clip=box, scale="css", animations="disabled")
    except Error as error:
        if attempts == 1 or "Unable to capture screenshot" not in error.message:
            raise
        return take_screenshot(page, box, attempts - 1)
    return np.asarray(Image.open(BytesIO(picture)).convert("RGB"))


def find_spots(pixels: np.ndarray[Any, Any], min_pixels: int = 4) -> list[Spot]:
    """Separate spots, largest first."""
    from scipy import ndimage

    marked = find_ink(pixels)
    # Points a few px apart count as one cloud.
    labels, count = ndimage.label(ndimage.binary_dilation(marked, iterations=3))
    rows, columns = np.nonzero(marked)
    spot_of = labels[rows, columns] - 1
    sizes, x, y = (np.bincount(spot_of, weights, count) for weights in (None, columns, rows))
    spots = [Spot(x[at] / sizes[at], y[at] / sizes[at], int(sizes[at])) for at in np.flatnonzero(sizes >= min_pixels)]
    return sorted(spots, key=lambda spot: -spot.pixels)


def find_ink(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """(height, width) mask of the pixels that differ from the background, which is the most frequent color."""
    # A color as one number: `np.unique` takes a second on rows, almost none on numbers. Every third row is enough.
    colors, counts = np.unique(pixels[::3].astype(np.int32) @ (1 << 16, 1 << 8, 1), return_counts=True)
    ground = np.array([colors[counts.argmax()] >> shift & 255 for shift in (16, 8, 0)], np.int16)
    return np.abs(pixels - ground).max(axis=2) > DIFFERENCE
