"""Pages for tests: a fresh one, or the one in which the test before has left TensorBoard loaded.

TensorBoard takes seconds of work before the plugin's frame is even there. A test that only uses the tab gets a page
that shows TensorBoard already, and loads the frame anew at an address of its own: nothing of the tab is left.
"""

from __future__ import annotations

import re

from chromium_browser import forget_storage, plugin_frame
from playwright.sync_api import BrowserContext, Frame, Page, ViewportSize

#: Tests that one page serves: what frames leave behind in a page slows the ones that come after.
_MOST_USES = 15


class BrowserPages:
    def __init__(self, context: BrowserContext, viewport: ViewportSize) -> None:
        self._context = context
        self._viewport = viewport
        self._kept: Page | None = None
        self._uses = 0

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
        """Closes what else was opened. `keep`: the page is as the tab left it, so the next test may have it.

        The frame of a kept page is emptied: it would go on asking a server that may be gone.
        """
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
    """TensorBoard at this address, as a link leads to it; only the plugin's frame where TensorBoard is there."""
    address = f"{server}/#{'&'.join(part for part in (plugin, view) if part)}"
    frames = page.main_frame.child_frames
    if len(frames) != 1 or not re.match(rf"{re.escape(server)}/#{plugin}\b", page.url):
        page.goto("about:blank")  # Another address of the same server would not load the page.
        page.goto(address)
        return plugin_frame(page, plugin)
    page.evaluate("address => history.replaceState(null, '', address)", address)
    frames[0].goto(f"{server}/data/plugin_entry.html?name={plugin}")
    return frames[0]
