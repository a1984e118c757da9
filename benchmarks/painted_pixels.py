"""Reads pixels back: is the cloud there, and how many points lie alone, far outside of it?"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import numpy as np
from PIL import Image
from playwright.sync_api import CDPSession
from scipy import ndimage

#: A colour is paint when one of its channels differs by so much from the background's.
PAINT = 20
#: The cloud of 100,000 points covers more than so many pixels in either projector.
CLOUD_PX = 1500
#: An outlier lies at least so far from the cloud.
APART_PX = 40


@dataclass(frozen=True)
class Clip:
    """A part of the page, in CSS px, in which nothing but the picture is drawn."""

    x: int
    y: int
    width: int
    height: int


def take_picture(session: CDPSession, clip: Clip) -> np.ndarray:
    """The pixels as the screen would show them, (height, width, 3) uint8."""
    area = {"x": clip.x, "y": clip.y, "width": clip.width, "height": clip.height, "scale": 1}
    answer = session.send("Page.captureScreenshot", {"format": "png", "clip": area, "optimizeForSpeed": True})
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB"))


def count_outliers(picture: np.ndarray) -> int:
    """How many groups of painted pixels lie apart from the cloud; 0 while there is no cloud."""
    labels, count = ndimage.label(_paint(picture), structure=np.ones((3, 3)))
    if count == 0:
        return 0
    sizes = np.bincount(labels.ravel())[1:]
    if sizes.max() < CLOUD_PX:
        return 0
    to_cloud_px = ndimage.distance_transform_edt(labels != int(sizes.argmax()) + 1)
    apart = ndimage.minimum(to_cloud_px, labels, index=np.arange(1, count + 1))
    return int((np.asarray(apart) >= APART_PX).sum())


def _paint(picture: np.ndarray) -> np.ndarray:
    colors, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    background = colors[counts.argmax()].astype(np.int16)
    return np.abs(picture.astype(np.int16) - background).max(axis=2) > PAINT
