"""The home view: the points are beside the legend, and fill the rest of the window."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from embeddings_tab import EmbeddingsTab
from pixels import DIFFERENCE, read_pixels
from playwright.sync_api import Locator, expect

from .grid import leave_only_points

Box = Any
#: Share of the points' pixels below which they need not make room: see room.ts.
FEW = 0.03


@pytest.mark.parametrize("name", ["digits", "words"])
def test_the_legend_lies_beside_the_points(name: str, request: pytest.FixtureRequest) -> None:
    tab: EmbeddingsTab = request.getfixturevalue(name)
    leave_only_points(tab)
    box = _legend(tab).bounding_box()
    assert box is not None
    _fold(tab)
    points = _points(tab)
    under = _under(tab, points, box)
    assert under.sum() < FEW * points.sum(), "what the folded legend uncovers are hardly any points"


def test_the_points_fill_the_room(digits: EmbeddingsTab) -> None:
    leave_only_points(digits)
    _fold(digits)
    points = _points(digits)
    rows, columns = np.flatnonzero(points.any(axis=1)), np.flatnonzero(points.any(axis=0))
    height, width = points.shape
    assert max(np.ptp(rows) / height, np.ptp(columns) / width) > 0.6


def _legend(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("region", name="Legend")


def _fold(tab: EmbeddingsTab) -> None:
    """Folds the legend, or unfolds it."""
    title = _legend(tab).locator("button.title")
    was_open = title.get_attribute("aria-expanded") == "true"
    title.click()
    tab.move_to(30, 30)
    expect(title).to_have_attribute("aria-expanded", "false" if was_open else "true")
    tab.next_frames()
    tab.wait_painted()


def _points(tab: EmbeddingsTab) -> np.ndarray[Any, Any]:
    """(height, width) whether a pixel of the picture differs from the background, outside the legend."""
    pixels = read_pixels(tab.page, tab.picture).astype(int)
    drawn = np.abs(pixels - pixels[10, 10]).max(axis=2) > DIFFERENCE
    drawn[:, :5] = drawn[:, -5:] = False  # The panels' splitters.
    return drawn & ~_mask(tab, drawn.shape, _legend(tab).bounding_box())


def _under(tab: EmbeddingsTab, points: np.ndarray[Any, Any], box: Box) -> np.ndarray[Any, Any]:
    return points & _mask(tab, points.shape, box)


def _mask(tab: EmbeddingsTab, shape: tuple[int, ...], box: Box) -> np.ndarray[Any, Any]:
    picture = tab.picture.bounding_box()
    assert picture is not None
    left, top = int(box["x"] - picture["x"]) - 2, int(box["y"] - picture["y"]) - 2
    mask = np.zeros(shape, dtype=bool)
    mask[max(top, 0) : top + int(box["height"]) + 5, max(left, 0) : left + int(box["width"]) + 5] = True
    return mask
