"""Hands out pages to tests: a fresh one, or the one in which the previous test left TensorBoard loaded.

TensorBoard computes for seconds before the plugin's frame exists. A test that only uses the tab gets a page that
already shows TensorBoard and reloads only the frame, at an address of its own, so that no state of the tab survives.
"""

from __future__ import annotations

import re

from chromium_browser import forget_storage, plugin_frame
from page_coverage import PageCoverage
from playwright.sync_api import BrowserContext, Frame, Page, ViewportSize

#: Maximum number of tests per page: frames leave garbage behind that slows later ones.
_MOST_USES = 15


class BrowserPages:
    def __init__(self, context: BrowserContext, viewport: ViewportSize) -> None:
        self._context = context
        self._viewport = viewport
        self._kept: Page | None = None
        self._uses = 0
        self._coverage = PageCoverage(context)

    def take(self, *, fresh: bool) -> Page:
        if fresh or self._kept is None:
            page = self._context.new_page()
        else:
            page, self._kept = self._kept, None
            page.set_viewport_size(self._viewport)
            page.mouse.move(0, 0)
        page.bring_to_front()  # A page behind another draws no frame.
        return page

    def give_back(self, page: Page, *, keep: bool) -> None:
        """Closes every page but a reusable one. `keep`: the test used only the tab, so the next one may reuse `page`.

        The frame of a reusable page is emptied, or it would keep polling a server that may be gone.
        """
        self._coverage.save()
        self._context.clear_cookies()
        self._context.clear_permissions()
        keep = keep and self._uses < _MOST_USES
        for one in self._context.pages:
            if one is not self._kept:
                forget_storage(one)
                if one is not page or not keep:
                    one.close()
        if keep:
            for frame in page.main_frame.child_frames:
                frame.goto("about:blank")
            self._kept = page
            self._uses += 1
        elif self._kept is None:
            self._uses = 0


def load_tab(page: Page, server: str, plugin: str, view: str) -> Frame:
    """Opens TensorBoard at this address, as a link does, or only the plugin's frame if TensorBoard is loaded."""
    address = f"{server}/#{'&'.join(part for part in (plugin, view) if part)}"
    frames = page.main_frame.child_frames
    if len(frames) != 1 or not re.match(rf"{re.escape(server)}/#{plugin}\b", page.url):
        page.goto("about:blank")  # A URL that differs in its fragment only would not load the page.
        page.goto(address)
        return plugin_frame(page, plugin)
    page.evaluate("address => history.replaceState(null, '', address)", address)
    frames[0].goto(f"{server}/data/plugin_entry.html?name={plugin}")
    return frames[0]
