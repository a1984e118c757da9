"""Pages for tests: a fresh tab, or the one in which the test before has left TensorBoard loaded.

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
    """`context` holds one more page, whose window stays: a window for each page takes Chromium a second's work."""

    def __init__(self, context: BrowserContext, viewport: ViewportSize) -> None:
        self._context = context
        self._viewport = viewport
        self._window = context.new_page()
        self._kept: Page | None = None
        self._uses = 0

    def take(self, *, fresh: bool) -> Page:
        if self._kept is None or fresh:
            return self._open()
        page, self._kept = self._kept, None
        self._uses += 1
        page.bring_to_front()
        page.set_viewport_size(self._viewport)
        page.mouse.move(0, 0)
        return page

    def give_back(self, page: Page, *, keep: bool) -> None:
        """Closes what else was opened. `keep`: the page is as the tab left it, so the next test may have it."""
        keep = keep and self._uses < _MOST_USES
        self._context.clear_cookies()
        self._context.clear_permissions()
        for one in self._context.pages:
            if one is not self._window and one is not self._kept and not (one is page and keep):
                forget_storage(one)
                one.close()
        if keep:
            forget_storage(page)
            self._kept = page

    def _open(self) -> Page:
        if self._kept is None:
            self._uses = 0
        with self._context.expect_page() as opened:
            self._window.evaluate("() => { window.open('about:blank', '_blank', 'noopener'); }")
        opened.value.bring_to_front()  # Opened from a tab behind another it would stay behind, and draw no frame.
        return opened.value


def load_tab(page: Page, server: str, plugin: str, view: str) -> Frame:
    """TensorBoard at this address, as a link leads to it; only the plugin's frame where TensorBoard is there."""
    address = f"{server}/#{'&'.join(part for part in (plugin, view) if part)}"
    if not re.match(rf"{re.escape(server)}/#{plugin}\b", page.url):
        page.goto(address)
        return plugin_frame(page, plugin)
    frame = plugin_frame(page, plugin)
    page.evaluate("address => history.replaceState(null, '', address)", address)
    frame.goto(frame.url)
    return frame
