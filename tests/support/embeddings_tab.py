"""The Embeddings tab as a user operates it: controls by their names, the picture by its pixels."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from chromium_browser import plugin_frame
from pixels import Spot, find_spots, read_pixels
from playwright.sync_api import Frame, Locator, expect

PAINT_TIMEOUT_MS = 120_000
AXES_PX = 130
EDGE_PX = 5
#: A view without axes, for tests that find points by their pixels.
NO_AXES = "p.embeddings.showAxes=0"
#: Space that the ticks of a 2-D picture take: at the bottom, and at the right.
TICKS_PX = (20, 56)


class EmbeddingsTab:
    """`frame` is the frame in which TensorBoard runs the plugin."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.page = frame.page

    def reopened(self) -> EmbeddingsTab:
        """The tab after reloading the page at the same URL."""
        self.page.reload()
        self.page.wait_for_selector("iframe", state="attached")
        return EmbeddingsTab(plugin_frame(self.page, "embeddings"))

    @property
    def picture(self) -> Locator:
        return self.frame.locator("[data-painted]")

    @property
    def status(self) -> Locator:
        """The sentence that describes what the picture shows."""
        return self.frame.get_by_role("status").filter(has_text="Showing")

    @property
    def card(self) -> Locator:
        """The card of the point under the pointer."""
        return self.frame.locator("hover-card")

    def wait_painted(self, count: int | None = None) -> None:
        """Waits until all points (`count`, if given) are drawn and the picture is at rest: see picture.ts."""
        painted = "[data-painted]" if count is None else f"[data-painted='{count}']"
        self.frame.locator(painted).wait_for(timeout=PAINT_TIMEOUT_MS)

    def wait_complete(self, count: int | None = None) -> None:
        """Like `wait_painted`, and waits for pending work that may change the picture: metadata arrives last."""
        painted = "[data-painted]" if count is None else f"[data-painted='{count}']"
        self.frame.locator(f"{painted}[aria-busy='false']").wait_for(timeout=PAINT_TIMEOUT_MS)

    def next_frames(self, count: int = 2) -> None:
        """Waits until the page has drawn `count` frames, so that work scheduled for the next frame is done."""
        self.frame.evaluate(
            """async count => {
                const late = new Promise((_, reject) => setTimeout(() => reject("The page draws no frames."), 60_000));
                late.catch(() => undefined);
                for (let frame = 0; frame < count; frame++)
                    await Promise.race([new Promise(requestAnimationFrame), late]);
            }""",
            count,
        )

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
        """The picture without its overlays: legends, minimap, the axes in the lower right corner, and the ticks."""
        pixels = read_pixels(self.page, self.picture).copy()
        # The panels' splitters reach a few px into the picture.
        ground = pixels[2 * EDGE_PX, 2 * EDGE_PX].copy()
        pixels[0] = pixels[:, :EDGE_PX] = pixels[:, -EDGE_PX:] = ground
        if NO_AXES not in self.page.url:
            pixels[-AXES_PX:, -AXES_PX:] = ground
            dimensions = self.frame.get_by_role("radiogroup", name="Dimensions of the picture")
            if dimensions.get_by_role("radio", name="2-D").get_attribute("aria-checked") == "true":
                pixels[-TICKS_PX[0] :] = pixels[:, -TICKS_PX[1] :] = ground
        legends = [self.frame.get_by_role("region", name=name) for name in ("Legend", "Density")]
        for cover in (*legends, self.frame.locator("canvas.minimap")):
            if cover.is_visible() and (box := cover.bounding_box()):
                self._blot_out(pixels, box)
        return pixels

    def _blot_out(self, pixels: np.ndarray[Any, Any], box: Any) -> None:
        """Paints the background over an overlay and a small margin around it."""
        top, left = int(box["y"] - self._box()["y"]), int(box["x"] - self._box()["x"])
        bottom, right = top + int(box["height"]) + 4, left + int(box["width"]) + 4
        pixels[max(top - 2, 0) : bottom, max(left - 2, 0) : right] = pixels[2 * EDGE_PX, 2 * EDGE_PX]

    def spots(self) -> list[Spot]:
        """The separate spots in the picture, largest first."""
        return find_spots(self.pixels())

    def farthest_spot(self) -> Spot:
        """The spot farthest from the largest cloud. Turns labels off first (they are on): they would count as spots."""
        self.frame.get_by_role("button", name="Labels", exact=True).click()
        self.wait_painted()
        clouds, *others = self.spots()
        return max(others, key=lambda spot: (spot.x - clouds.x) ** 2 + (spot.y - clouds.y) ** 2)

    def move_to(self, x: float, y: float) -> None:
        """Moves the pointer to a position in the picture."""
        box = self._box()
        self.page.mouse.move(box["x"] + x - 3, box["y"] + y)
        self.page.mouse.move(box["x"] + x, box["y"] + y)

    def click_at(self, x: float, y: float) -> None:
        self.move_to(x, y)
        self.page.mouse.down()
        self.page.mouse.up()

    def wait_until(self, holds: Callable[[], bool], timeout_s: float = 120) -> None:
        """For conditions that only show in pixels; use Playwright's `expect` for everything else."""
        end = time.monotonic() + timeout_s
        while not holds():
            assert time.monotonic() < end, f"this did not come true within {timeout_s} s"
            self.page.wait_for_timeout(50)

    def expect_text(self, words: str | re.Pattern[str]) -> None:
        expect(self.frame.get_by_text(words).first).to_be_visible()

    def _box(self) -> dict[str, float]:
        box = self.frame.get_by_role("application").bounding_box()  # Whether at rest or not.
        assert box is not None, "the picture is not on the screen"
        return dict(box)
