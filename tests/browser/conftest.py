"""Fixtures of the tab's tests: one TensorBoard with a few real runs, and a page whose errors fail the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_digits_run
from playwright.sync_api import Browser, Page, Request, Response
from tensorboard_process import TensorBoardProcess

from .grid import GRID, write_grid_run
from .logdirs import write_words_run


@pytest.fixture(scope="package")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """Serves `words` (400 words in three clouds, one far away) and `digits` (1,797 with thumbnails, two steps)."""
    logdir = tmp_path_factory.mktemp("tab") / "logs"
    write_words_run(logdir / "words")
    write_digits_run(logdir / "digits", steps=(1, 2))
    with TensorBoardProcess(logdir) as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_went_wrong(page: Page, page_errors: list[str]) -> Iterator[list[str]]:
    """Fails a test if its page threw, logged an error, or had a failed request.

    A test that breaks something on purpose clears the list after checking what the page reports.
    """

    def note_failure(request: Request) -> None:
        # The tab aborts requests whose response it no longer needs.
        if request.failure != "net::ERR_ABORTED":
            page_errors.append(f"{request.method} {request.url}: {request.failure}")

    def note_status(response: Response) -> None:
        if response.status >= 400:
            page_errors.append(f"{response.request.method} {response.url}: {response.status}")

    page.on("requestfailed", note_failure)
    page.on("response", note_status)
    yield page_errors
    page.remove_listener("requestfailed", note_failure)
    page.remove_listener("response", note_status)
    assert page_errors == []


@pytest.fixture
def words(board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    """The tab on the run `words`, fully loaded."""
    tab = EmbeddingsTab(open_tab(board, view=f"{NO_AXES}&p.embeddings.run=words"))
    tab.wait_complete(400)
    return tab


@pytest.fixture
def digits(board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    """The tab on the run `digits`, fully loaded."""
    tab = EmbeddingsTab(open_tab(board, view=f"{NO_AXES}&p.embeddings.run=digits"))
    tab.wait_complete(1797)
    return tab


@pytest.fixture
def plain_digits(board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    """The same as discs: in software, frames of their images take longer than an iteration of a layout."""
    tab = EmbeddingsTab(open_tab(board, view=f"{NO_AXES}&p.embeddings.run=digits&p.embeddings.showImages=0"))
    tab.wait_complete(1797)
    return tab


@pytest.fixture(scope="package")
def grid_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """Serves `grid`: see grid.py."""
    with TensorBoardProcess(write_grid_run(tmp_path_factory.mktemp("grid") / "logs")) as server:
        yield server


@pytest.fixture
def grid(grid_board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    """The tab on the grid, in 2-D, without labels and axes: one spot per point."""
    tab = EmbeddingsTab(open_tab(grid_board, view=f"{NO_AXES}&p.embeddings.dimensions=2&p.embeddings.showLabels=0"))
    tab.wait_complete(GRID)
    return tab


@pytest.fixture
def empty_logdir(tmp_path: Path) -> Path:
    logdir = tmp_path / "empty"
    logdir.mkdir()
    return logdir


@pytest.fixture
def open_saved(chromium: Browser) -> Iterator[Callable[[Path], Page]]:
    """Opens a file in a browser without a network; fails on any request or error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    wrong: list[str] = []

    def open_one(path: Path) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: wrong.append(request.url) if request.url.startswith("http") else None)
        page.goto(path.as_uri())
        page.locator("[data-painted]").wait_for(timeout=30_000)
        return page

    yield open_one
    context.close()
    assert wrong == []
