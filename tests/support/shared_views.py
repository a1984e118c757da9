"""A view as it is shared: bookmarks in the panel and their files, and the view opened again in another page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from chromium_browser import plugin_frame
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator


def press(tab: EmbeddingsTab, key: str) -> None:
    tab.frame.get_by_role("application").focus()
    tab.page.keyboard.press(key)


def panel(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("region", name="Bookmarks")


def listed(tab: EmbeddingsTab) -> Locator:
    return panel(tab).get_by_role("list", name="Bookmarks", exact=True)


def bookmarks(tab: EmbeddingsTab) -> list[str]:
    """The bookmarks of this window, from the top."""
    return [label.strip() for label in listed(tab).locator("button.open").all_inner_texts()]


def expect_bookmarks(tab: EmbeddingsTab, *labels: str) -> None:
    tab.wait_until(lambda: bookmarks(tab) == list(labels))


def load(tab: EmbeddingsTab, path: Path) -> None:
    panel(tab).get_by_label("Bookmark file").set_input_files(path)


def download(tab: EmbeddingsTab, path: Path) -> list[dict[str, Any]]:
    """Saves the bookmarks of this window to a file and returns its content."""
    with tab.page.expect_download() as found:
        panel(tab).get_by_role("button", name="Download").click()
    found.value.save_as(path)
    states: list[dict[str, Any]] = json.loads(path.read_text())
    return states


def open_in_new_page(tab: EmbeddingsTab, address: str | None = None) -> EmbeddingsTab:
    """The tab of somebody who received the URL."""
    page = tab.page.context.new_page()
    page.goto(address or tab.page.url)
    other = EmbeddingsTab(plugin_frame(page, "embeddings"))
    other.wait_painted()
    return other


def difference(one: EmbeddingsTab, other: EmbeddingsTab) -> float:
    """Fraction of the picture's pixels that differ visibly."""
    one.move_to(3, 3)
    other.move_to(3, 3)
    one.wait_painted()
    other.wait_painted()
    apart = np.abs(one.pixels().astype(int) - other.pixels().astype(int)).max(axis=2)
    return float((apart > 24).mean())
