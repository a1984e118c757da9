"""The tab as a user operates it: a real TensorBoard, a real Chromium, pixels read back."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import numpy as np
from chromium_browser import open_shell, plugin_frame
from embeddings_tab import EmbeddingsTab
from pixels import Spot
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, Route, expect
from tensorboard_process import TensorBoardProcess

from .logdirs import KINDS, OUTLIER, OUTLIER_WORD, WORDS, make_word_vectors, word_rows


def test_stands_beside_the_built_in_projector(page: Page, digits_logdir: Path, tensorboard_server) -> None:
    """The built-in projector becomes active in some later listing of the plugins; ours is active in the first."""
    board = tensorboard_server(digits_logdir, tensorflow=True)
    open_shell(page, board.url)
    _shell_tab(page, "embeddings").click()
    EmbeddingsTab(plugin_frame(page, "embeddings")).wait_painted()
    expect(_shell_tab(page, "embeddings")).to_have_attribute("aria-selected", "true")
    board.wait_until_enabled("projector")
    page.reload()
    expect(_shell_tab(page, "projector")).to_be_visible()
    expect(_shell_tab(page, "embeddings")).to_have_attribute("aria-selected", "true")


def test_first_picture_is_three_dimensional_pca_of_all_points(words: EmbeddingsTab) -> None:
    expect(words.frame.get_by_role("radio", name="3-D")).to_be_checked()
    expect(words.status).to_contain_text(f"Showing all {WORDS} points · 16 dims · PCA 3-D")
    assert len(words.spots()) > 1


def test_a_far_outlier_in_the_last_row_is_visible(words: EmbeddingsTab) -> None:
    """Found by its pixels alone; the card confirms the row."""
    _hover_outlier(words)


def test_the_outlier_is_visible_in_two_dimensions(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("radio", name="2-D").click()
    expect(words.status).to_contain_text("PCA 2-D")
    words.wait_painted(WORDS)
    _hover_outlier(words)


def test_a_click_lists_the_exact_neighbors(words: EmbeddingsTab) -> None:
    spot = _hover_outlier(words)
    words.click_at(spot.x, spot.y)
    neighbors = _list(words, "neighbors")
    expect(neighbors.first).to_be_visible()
    expected = [word_rows()[row][0] for row in _nearest(OUTLIER)[:8]]
    for position, word in enumerate(expected):
        expect(neighbors.nth(position)).to_contain_text(word)
    words.expect_text(re.compile("cosine", re.IGNORECASE))


def test_search_finds_and_a_match_is_selected(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("searchbox").fill("word12")
    matches = _list(words, "matches")
    expect(matches).to_have_count(10)
    matches.filter(has_text="word127").click()
    expected = word_rows()[_nearest(127)[0]][0]
    expect(_list(words, "neighbors").first).to_contain_text(expected)


def test_colors_by_a_column(words: EmbeddingsTab) -> None:
    words.choose("Color by", "kind")
    legend = words.frame.get_by_role("region", name="Legend: kind")
    for kind in KINDS:
        expect(legend).to_contain_text(kind)
    words.wait_painted(WORDS)
    colored = _hues(words)
    words.choose("Color by", "None")
    expect(legend).to_be_hidden()
    words.wait_until(lambda: _hues(words) < colored)


def test_labels_by_a_column(words: EmbeddingsTab) -> None:
    words.choose("Label by", "kind")
    spot = words.farthest_spot()
    words.move_to(spot.x, spot.y)
    expect(words.card).to_contain_text(KINDS[0])


def test_a_late_answer_for_the_run_before_is_not_shown(page: Page, board: TensorBoardProcess, open_tab) -> None:
    """If the run changes before the metadata arrives, the old run's labels must not appear on the new run's points."""
    metadata_of_digits, projection_of_words = _hold(page, "metadata?run=digits"), _hold(page, "projections?run=words")
    over: list[str] = []
    for event in ("requestfinished", "requestfailed"):
        page.on(event, lambda request: over.append(request.url))
    tab = EmbeddingsTab(open_tab(board))
    tab.choose("Run", "digits")
    tab.wait_until(lambda: len(metadata_of_digits) > 0)
    tab.choose("Run", "words")
    tab.wait_until(lambda: len(projection_of_words) > 0)
    _answer_if_still_wanted(metadata_of_digits[0])
    tab.wait_until(lambda: any("metadata?run=digits" in url for url in over))
    _answer_if_still_wanted(projection_of_words[0])
    tab.wait_painted(WORDS)
    expect(tab.combobox("Label by")).to_have_value("word")


def _hold(page: Page, address: str) -> list[Route]:
    """Holds back the responses to requests of `address`; the list collects them."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{address}**", hold)
    return held


def _answer_if_still_wanted(route: Route) -> None:
    with contextlib.suppress(PlaywrightError):  # The page aborted the request.
        route.continue_()


def _shell_tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=re.compile(f"^{name}$", re.IGNORECASE))


def _list(tab: EmbeddingsTab, name: str) -> Locator:
    return tab.frame.get_by_role("listbox", name=re.compile(name, re.IGNORECASE)).get_by_role("option")


def _nearest(row: int) -> list[int]:
    """Rows by cosine distance from `row`, by brute force in float64."""
    unit = make_word_vectors().astype(np.float64)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    distances = 1 - unit @ unit[row]
    return [int(one) for one in np.argsort(distances, kind="stable") if one != row]


def _hover_outlier(tab: EmbeddingsTab) -> Spot:
    """Moves the pointer to the spot farthest from the clouds, which must be the outlier; returns it."""
    spot = tab.farthest_spot()
    tab.move_to(spot.x, spot.y)
    expect(tab.card).to_contain_text(OUTLIER_WORD)
    return spot


def _hues(tab: EmbeddingsTab) -> int:
    """Number of distinctly colored hues in the picture, out of twelve."""
    pixels = tab.pixels().astype(int)
    high, low = pixels.max(2), pixels.min(2)
    vivid = pixels[(high - low) > 60]
    red, green, blue = (vivid - vivid.mean(1, keepdims=True)).T
    angle = np.arctan2(np.sqrt(3) * (green - blue), 2 * red - green - blue)
    counts = np.histogram(angle, bins=12, range=(-np.pi, np.pi))[0]
    return int((counts > 20).sum())
