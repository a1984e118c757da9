"""Reads pixels back: detects the cloud, and counts points that are isolated, far outside it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import numpy as np
from PIL import Image
from playwright.sync_api import CDPSession
from scipy import ndimage

#: Maximum difference in hue (fraction of the color circle) from the points' hue; grays never count as points.
HUE = 0.06
CHROMA = 25
#: Number of pixels that the cloud exceeds in either projector.
CLOUD_PX = 1500
#: Distance from an outlier within which there is nothing else; stray points at the cloud's edge have neighbors.
APART_PX = 90
DOT_PX = 500


@dataclass(frozen=True)
class Clip:
    """A part of the page, in CSS px, that shows only the picture."""

    x: int
    y: int
    width: int
    height: int


def take_picture(session: CDPSession, clip: Clip) -> np.ndarray:
    """The pixels as on the screen, (height, width, 3) uint8."""
    area = {"x": clip.x, "y": clip.y, "width": clip.width, "height": clip.height, "scale": 1}
    answer = session.send("Page.captureScreenshot", {"format": "png", "clip": area, "optimizeForSpeed": True})
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB"))


@dataclass(frozen=True)
class Seen:
    cloud: bool
    outliers: int


def look_for_points(picture: np.ndarray, point_rgb: tuple[int, int, int]) -> Seen:
    """Whether the cloud is there, and how many dots of the points' hue are isolated from everything else."""
    points = _shows_points(picture, point_rgb)
    near = ndimage.distance_transform_edt(~points) < APART_PX / 2
    groups, _ = ndimage.label(near)
    sizes = np.bincount(groups[points], minlength=2)[1:]
    if sizes.max() < CLOUD_PX:
        return Seen(cloud=False, outliers=0)
    return Seen(cloud=True, outliers=int(((sizes > 0) & (sizes <= DOT_PX)).sum()))


def _shows_points(picture: np.ndarray, point_rgb: tuple[int, int, int]) -> np.ndarray:
    hue, chroma = _hue_and_chroma(picture)
    point_hue, _ = _hue_and_chroma(np.array([[point_rgb]], np.uint8))
    away = np.abs(hue - point_hue)
    return (np.minimum(away, 1 - away) < HUE) & (chroma > CHROMA)


def _hue_and_chroma(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Hue in 0..1 as in HSV, which dimmed or translucent points keep. Chroma in 0..255."""
    red, green, blue = (picture[..., channel].astype(np.float32) for channel in range(3))
    highest, lowest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    chroma = highest - lowest
    safe = np.where(chroma == 0, 1, chroma)
    sixth = np.select(
        [highest == red, highest == green],
        [(green - blue) / safe % 6, (blue - red) / safe + 2],
        (red - green) / safe + 4,
    )
    return sixth / 6, chroma
