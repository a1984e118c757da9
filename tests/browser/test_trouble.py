"""Common failures of any page: a lost context, a hidden frame, a theme change, a file that does not load."""

from __future__ import annotations

import re

from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Page, expect
from tensorboard_process import TensorBoardProcess

from .logdirs import WORDS

LOSE_CONTEXT = """picture => {
  const canvas = [...picture.querySelectorAll("canvas")].find(one => one.getContext("webgl2"));
  globalThis.lost = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
  lost.loseContext();
}"""


def test_a_lost_context_comes_back(words: EmbeddingsTab) -> None:
    before = words.spots()
    words.picture.evaluate(LOSE_CONTEXT)
    words.frame.locator("[data-painted]").wait_for(state="detached")
    words.frame.evaluate("lost.restoreContext()")
    words.wait_painted(WORDS)
    assert words.spots() == before


def test_another_tab_and_back(words: EmbeddingsTab, page: Page) -> None:
    before = words.spots()
    page.get_by_role("tab", name=re.compile("^time series$", re.IGNORECASE)).click()
    expect(words.frame.locator("canvas").first).to_be_hidden()
    page.get_by_role("tab", name=re.compile("^embeddings$", re.IGNORECASE)).click()
    words.wait_complete(WORDS)
    words.wait_until(lambda: words.spots() == before)


def test_dark_and_light_follow_tensorboard(words: EmbeddingsTab, page: Page) -> None:
    light = words.pixels().mean()
    page.evaluate("document.body.classList.add('dark-mode')")
    words.wait_until(lambda: words.pixels().mean() < 80)
    words.wait_painted(WORDS)
    assert len(words.spots()) > 1
    page.evaluate("document.body.classList.remove('dark-mode')")
    words.wait_until(lambda: abs(words.pixels().mean() - light) < 2)


def test_a_frontend_that_does_not_load_says_so(
    board: TensorBoardProcess, page: Page, open_tab, nothing_went_wrong: list[str]
) -> None:
    page.route("**/plugin/embeddings/static/chunks/**", lambda route: route.abort())
    frame = open_tab(board)
    expect(frame.get_by_role("alert")).to_be_visible()
    nothing_went_wrong.clear()


def test_a_server_that_went_away_is_named(words: EmbeddingsTab, page: Page, nothing_went_wrong: list[str]) -> None:
    page.route("**/plugin/embeddings/neighbors**", lambda route: route.abort("connectionrefused"))
    words.frame.get_by_role("searchbox").fill("word127")
    words.frame.get_by_role("option", name=re.compile("word127")).click()
    expect(words.frame.get_by_role("alert")).to_contain_text("TensorBoard does not answer")
    nothing_went_wrong.clear()
    page.unroute("**/plugin/embeddings/neighbors**")
    words.button("Try again").click()
    expect(words.frame.get_by_role("alert")).to_be_hidden()
