"""Reports of the tab for every bad run, in one page that visits all of them; the good run is still drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from chromium_browser import open_shell, plugin_frame
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Browser, expect

from .bad_runs import BAD_RUNS, GOOD, GOOD_ROWS, BadRun
from .conftest import BoardOf

TabOf = Callable[[BadRun], EmbeddingsTab]


@pytest.fixture(scope="module")
def tab_of(board_of: BoardOf, chromium: Browser) -> Iterator[TabOf]:
    """`tab_of(run)` is the only tab of the board that serves `run`. No page may throw."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    tabs: dict[str, EmbeddingsTab] = {}
    thrown: list[str] = []

    def tab_of(run: BadRun) -> EmbeddingsTab:
        url = board_of(run).server.url
        if url not in tabs:
            page = context.new_page()
            page.on("pageerror", lambda error: thrown.append(str(error)))
            open_shell(page, url)
            page.evaluate("location.hash = 'embeddings'")
            tabs[url] = EmbeddingsTab(plugin_frame(page, "embeddings"))
        return tabs[url]

    yield tab_of
    context.close()
    assert thrown == []


@pytest.mark.parametrize("bad_run", [pytest.param(run, id=run.name) for run in BAD_RUNS])
def test_the_tab_says_it_and_the_good_run_paints(bad_run: BadRun, tab_of: TabOf) -> None:
    tab = tab_of(bad_run)
    if bad_run.name in tab.options("Run"):
        tab.choose("Run", bad_run.name)
    _expect_words(tab, bad_run)
    if bad_run.rows is not None:
        expect(tab.status).to_contain_text(re.compile(rf"Showing (all )?{bad_run.rows} (of \d+ )?point"))
    tab.choose("Run", GOOD)
    tab.wait_painted(GOOD_ROWS)
    assert len(tab.spots()) > 1


def _expect_words(tab: EmbeddingsTab, bad_run: BadRun) -> None:
    """File, message and fix are in one entry of the list of problems."""
    tab.button(re.compile(r"^\d+ problems?")).click()
    problems = tab.frame.get_by_role("region", name="Problems")
    entry = problems.get_by_role("listitem").filter(has_text=bad_run.file)
    for words in (*bad_run.message, *bad_run.fix):
        entry = entry.filter(has_text=words)
    expect(entry.first).to_be_visible()
    problems.get_by_role("button", name="Close").click()  # It covers the picture, whose pixels are read next.
