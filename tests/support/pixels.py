"""What is really on the screen: pixels of a screenshot, and the separate spots in them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page

#: A spot differs from the ground by more than this in some channel (of 255).
DIFFERENCE = 24


@dataclass(frozen=True)
class Spot:
    """Connected pixels that are not ground; its middle in CSS px from the element's top left."""

    x: float
    y: float
    pixels: int


def read_pixels(page: Page, element: Locator) -> np.ndarray[Any, Any]:
    """(height, width, 3) uint8 of what the screen shows at the element's place, one pixel a CSS px."""
    box = element.bounding_box()
    assert box is not None, "the element is not on the screen"
    picture = page.screenshot(clip=box, scale="css", animations="disabled")
    return np.asarray(Image.open(BytesIO(picture)).convert("RGB"))


def find_spots(pixels: np.ndarray[Any, Any], min_pixels: int = 4) -> list[Spot]:
    """Separate spots, largest first. The ground is the commonest colour."""
    from scipy import ndimage

    # A colour as one number: `np.unique` of rows takes a second, of numbers none.
    colors, counts = np.unique(pixels.astype(np.int32) @ (1 << 16, 1 << 8, 1), return_counts=True)
    ground = np.array([colors[counts.argmax()] >> shift & 255 for shift in (16, 8, 0)])
    marked = np.abs(pixels.astype(int) - ground).max(axis=2) > DIFFERENCE
    # Points a few px apart are one cloud.
    labels, count = ndimage.label(ndimage.binary_dilation(marked, iterations=3))
    sizes = ndimage.sum_labels(marked, labels, range(1, count + 1))
    centers = ndimage.center_of_mass(marked, labels, range(1, count + 1))
    spots = [Spot(x, y, int(size)) for (y, x), size in zip(centers, sizes, strict=True) if size >= min_pixels]
    return sorted(spots, key=lambda spot: -spot.pixels)
