"""A real headless Chromium with WebGL 2 in software, and access to the frames of TensorBoard's tabs."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import chromium as chromium_finder
from playwright.sync_api import Browser, Frame, Page, sync_playwright

ARGUMENTS = [
    "--use-angle=swiftshader",  # The same pixels on every machine, with or without a GPU.
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

#: The CPU rasterizes the page around the picture directly: emulating WebGL for it as well takes four times the work.
PLAIN_PAGE = ["--disable-gpu-compositing", "--disable-gpu-rasterization"]


@contextmanager
def launch_chromium(*extra: str) -> Iterator[Browser]:
    """Starts the Chromium that `make test` chose ($CHROMIUM), otherwise the first one that works."""
    path = chromium_finder.find_chromium()
    if path is None:
        raise RuntimeError(f"No Chromium that starts. {chromium_finder.FIX}")
    # The sandbox needs user namespaces, which root and most containers do not have.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 or os.environ.get("CI") else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *sandbox, *extra])
        try:
            yield browser
        finally:
            browser.close()


def forget_storage(page: Page) -> None:
    """Clears everything that pages of this origin stored."""
    origin = re.match(r"https?://[^/]+", page.url)
    if origin is not None:
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": origin[0], "storageTypes": "local_storage,indexeddb"})
        session.detach()


def open_shell(page: Page, url: str) -> None:
    """Loads TensorBoard on a tab without a projector, and waits until the list of tabs is there."""
    page.goto(f"{url}/#timeseries")
    page.wait_for_selector("text=/^embeddings$|^projector$|^inactive$/i", state="attached")


def plugin_frame(page: Page, plugin: str, timeout_s: float = 30) -> Frame:
    """The frame in which TensorBoard runs a plugin, once it exists."""
    address = re.compile(rf"plugin_entry\.html\?name={plugin}\b")
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        for frame in page.frames:
            if address.search(frame.url):
                return frame
        page.wait_for_timeout(20)
    raise TimeoutError(f"no frame of {plugin!r} within {timeout_s} s; frames: {[frame.url for frame in page.frames]}")
