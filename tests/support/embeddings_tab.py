"""The Embeddings tab as a person uses it: controls by their names, the picture by its pixels."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from pixels import Spot, find_spots, read_pixels
from playwright.sync_api import Frame, Locator, expect

PAINT_TIMEOUT_MS = 30_000
AXES_PX = 130


class EmbeddingsTab:
    """`frame` is the one in which TensorBoard runs the plugin."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.page = frame.page

    @property
    def picture(self) -> Locator:
        return self.frame.locator("[data-painted]")

    @property
    def status(self) -> Locator:
        """The sentence that says what the picture shows."""
        return self.frame.get_by_role("status").filter(has_text="Showing")

    @property
    def card(self) -> Locator:
        """What the tab says of the point under the pointer."""
        return self.frame.locator("hover-card")

    def wait_painted(self, count: int | None = None) -> None:
        """Until all points (`count` of them, where given) are in the picture and no draw is pending."""
        painted = "[data-painted]" if count is None else f"[data-painted='{count}']"
        self.frame.locator(painted).wait_for(timeout=PAINT_TIMEOUT_MS)

    def combobox(self, name: str) -> Locator:
        return self.frame.get_by_role("combobox", name=name, exact=True)

    def choose(self, control: str, option: str) -> None:
        self.combobox(control).select_option(label=option)

    def options(self, control: str) -> list[str]:
        expect(self.combobox(control)).to_be_visible()
        return [text.strip() for text in self.combobox(control).locator("option").all_inner_texts()]

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.frame.get_by_role("button", name=name)

    def pixels(self) -> np.ndarray[Any, Any]:
        """The picture without what lies over it: the legend, and the axes in the lower right corner."""
        pixels = read_pixels(self.page, self.picture).copy()
        pixels[-AXES_PX:, -AXES_PX:] = pixels[0, 0]
        legend = self.frame.get_by_role("region", name="Legend")
        if legend.is_visible() and (box := legend.bounding_box()):
            top, left = int(box["y"] - self._box()["y"]), int(box["x"] - self._box()["x"])
            pixels[top - 2 : top + int(box["height"]) + 4, max(left - 2, 0) : left + int(box["width"]) + 4] = pixels[
                0, 0
            ]
        return pixels

    def spots(self) -> list[Spot]:
        """What is drawn, as separate spots, largest first."""
        return find_spots(self.pixels())

    def move_to(self, x: float, y: float) -> None:
        """The pointer to a place in the picture."""
        box = self._box()
        self.page.mouse.move(box["x"] + x - 3, box["y"] + y)
        self.page.mouse.move(box["x"] + x, box["y"] + y)

    def click_at(self, x: float, y: float) -> None:
        self.move_to(x, y)
        self.page.mouse.down()
        self.page.mouse.up()

    def wait_until(self, holds: Callable[[], bool], timeout_s: float = 10) -> None:
        """For what only pixels show: `expect` of Playwright waits for everything else."""
        end = time.monotonic() + timeout_s
        while not holds():
            assert time.monotonic() < end, f"this did not come true within {timeout_s} s"
            self.page.wait_for_timeout(50)

    def expect_text(self, words: str | re.Pattern[str]) -> None:
        expect(self.frame.get_by_text(words).first).to_be_visible()

    def _box(self) -> dict[str, float]:
        box = self.picture.bounding_box()
        assert box is not None, "the picture is not on the screen"
        return dict(box)
