"""Files that the tab loads: few bytes, compressed, and nothing from other servers."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Browser, Page, Request
from tensorboard_process import TensorBoardProcess

VIEWPORT = {"width": 1280, "height": 800}
MOST_BYTES = 250_000
#: Part of the page that «Save as HTML» writes: the tab itself never runs it.
SAVED_PAGE = "saved_page.js"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page with an empty cache: everything that it loads comes over the wire."""
    context = chromium.new_context(viewport=VIEWPORT)
    yield context.new_page()
    context.close()


def test_first_paint_is_small_and_from_here(board: TensorBoardProcess, page: Page, open_tab) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 (Playwright marks what it is given)
    EmbeddingsTab(open_tab(board)).wait_painted()
    elsewhere = [one.url for one in requests if not one.url.startswith((board.url, "data:", "blob:"))]
    assert elsewhere == []
    ours = [one for one in requests if "/plugin/embeddings/static/" in one.url]
    sizes = {Path(urlsplit(one.url).path).name: _compressed(one) for one in ours}
    assert "index.js" in sizes
    assert 0 < sum(sizes.values()) < MOST_BYTES, sizes


def test_all_that_the_tab_can_load_is_small() -> None:
    """Workers and kernels included, each as it is sent."""
    spec = importlib.util.find_spec("tb_projector_plugin")
    assert spec is not None
    assert spec.origin is not None
    static = Path(spec.origin).parent / "static"
    files = [one for one in static.rglob("*") if one.is_file() and one.suffix != ".md"]
    packed = {one.with_suffix("") for one in files if one.suffix == ".gz"}  # Sent in place of the plain files.
    sizes = {one.name: one.stat().st_size for one in files if one not in packed and one.stem != SAVED_PAGE}
    assert {Path(name).suffix for name in sizes} >= {".js", ".gz"}
    assert 0 < sum(sizes.values()) < MOST_BYTES, f"{sum(sizes.values()):,} bytes: {sizes}"


def _compressed(request: Request) -> int:
    """Size over the wire; an uncompressed file would be several times larger."""
    response = request.response()
    assert response is not None
    assert response.header_value("content-encoding") == "gzip", request.url
    return request.sizes()["responseBodySize"]
