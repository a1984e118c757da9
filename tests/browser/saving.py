"""Files as a person saves them: by the buttons of the menu «Save»."""

from __future__ import annotations

import re
from pathlib import Path

from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, expect

#: No file is held to a time: this ends a test that waits forever.
_SAVE_TIMEOUT_MS = 240_000


def menu(tab: EmbeddingsTab) -> Locator:
    return tab.frame.locator("save-menu")


def save(tab: EmbeddingsTab, name: str | re.Pattern[str], folder: Path, width: int | None = None) -> Path:
    """The file that a button of the menu «Save» saves, under the name that the page gives it."""
    menu(tab).get_by_role("button", name="Save", exact=True).click()
    if width is not None:
        menu(tab).get_by_label("Width in px").fill(str(width))
    with tab.page.expect_download(timeout=_SAVE_TIMEOUT_MS) as found:
        menu(tab).get_by_role("button", name=name, exact=isinstance(name, str)).click()
    expect(menu(tab).locator("[aria-busy='false']")).to_be_visible(timeout=_SAVE_TIMEOUT_MS)
    tab.page.keyboard.press("Escape")
    saved = folder / found.value.suggested_filename
    found.value.save_as(saved)
    return saved
