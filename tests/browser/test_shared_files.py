"""Files of a view: bookmarks with their coordinates, damaged and foreign ones, and pages that hold the view."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from embeddings_tab import AXES_PX, EmbeddingsTab
from logdir_builders import write_metadata
from pixels import find_ink, read_pixels
from playwright.sync_api import Browser, Page, expect
from shared_views import difference, download, expect_bookmarks, listed, load, open_in_new_page, panel, press
from tensorboard_process import TensorBoardProcess

from .grid import leave_only_points
from .logdirs import OUTLIER, WORDS, make_word_vectors, word_rows, write_words_run


def test_a_file_brings_a_layout_back_point_by_point(words: EmbeddingsTab, tmp_path: Path) -> None:
    """Loaded in a page that never computed it: nothing is computed, and every point is in the same position."""
    words.frame.get_by_role("radio", name="t-SNE", exact=True).click()
    words.button("Run t-SNE").click()
    # So few points come to rest within seconds: before a click on Pause, or after it.
    expect(words.frame.locator("layout-run")).to_contain_text("Stopped by itself", timeout=60_000)
    press(words, "r")  # The frame of a running layout also depends on its earlier positions.
    words.wait_painted()
    press(words, "k")
    states = download(words, tmp_path / "saved.json")
    assert [picture["method"] for picture in states[0]["pictures"]].count("tsne") == 1
    assert (tmp_path / "saved.json").stat().st_size < 400 * 12 * 2 * 4 / 3 + 4_000
    other = open_in_new_page(words, f"{words.page.url.split('&')[0]}&p.embeddings.run=words")
    asked: list[str] = []
    other.page.on("request", lambda request: asked.append(request.url))
    load(other, tmp_path / "saved.json")
    listed(other).locator("button.open").first.click()
    expect(other.status).to_contain_text("t-SNE")
    press(other, "r")
    other.wait_until(lambda: difference(words, other) < 0.002)
    assert [url for url in asked if "/graph" in url or "/projections" in url] == []


# --- Bad files ---


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[{", "is not valid JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not valid JSON"),
        (b"[]", "It holds no bookmark"),
        (b'{"a": 1}', "neither this projector's nor the built-in one's"),
        (b'[{"format": "tb-projector-plugin", "version": 1, "data": {"rows": -1}}]', "how many points"),
    ],
)
def test_a_damaged_file_is_said_with_the_reason(
    words: EmbeddingsTab, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "torn.json"
    path.write_bytes(content)
    load(words, path)
    expect(panel(words)).to_contain_text("torn.json:")
    expect(panel(words)).to_contain_text(said)
    panel(words).get_by_role("button", name="Dismiss").click()
    expect(panel(words)).not_to_contain_text(said)


def test_a_bookmark_of_a_newer_version_or_of_other_data_opens_as_far_as_it_can(
    words: EmbeddingsTab, tmp_path: Path
) -> None:
    press(words, "k")
    (state,) = download(words, tmp_path / "saved.json")
    newer = {**state, "version": 9, "label": "newer", "hologram": True}
    newer["view"] = {**state["view"], "dimensions": "2", "metric": "chebyshev", "labelBy": "gone"}
    other = {**state, "label": "other", "selection": "1-3", "view": {**state["view"], "dimensions": "2"}}
    other["data"] = {**state["data"], "rows": 50_000, "dims": 300}
    (tmp_path / "two.json").write_text(json.dumps([newer, other]))
    load(words, tmp_path / "two.json")
    expect_bookmarks(words, "PCA 1", "newer", "other")
    listed(words).get_by_role("button", name="newer").click()
    for part in ("newer version (format 9)", "Its metric cannot be read", "There is no column “gone”"):
        expect(panel(words)).to_contain_text(part)
    expect(words.status).to_contain_text("PCA 2-D")
    listed(words).get_by_role("button", name="other").click()
    expect(panel(words)).to_contain_text(
        "It was made from 50,000 points of 300 dimensions; these are 400 points of 16 dimensions"
    )
    expect(words.status).to_contain_text("Showing all 400 points")
    expect(words.frame.get_by_role("region", name="Selection")).to_be_hidden()


# --- A self-contained page ---


#: Markup that must not run from a label.
EVIL = "</script><script>document.title='broken'</script><b>&amp;"


@pytest.fixture(scope="module")
def evil_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """Serves `words`, one of which is markup."""
    logdir = tmp_path_factory.mktemp("evil") / "logs"
    run = write_words_run(logdir / "words")
    rows = word_rows()
    rows[OUTLIER] = (EVIL, *rows[OUTLIER][1:])
    write_metadata(run / "metadata.tsv", [("word", "kind", "count"), *rows])
    with TensorBoardProcess(logdir) as server:
        yield server


@pytest.fixture
def evil(evil_board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    tab = EmbeddingsTab(open_tab(evil_board))
    tab.wait_complete(WORDS)
    return tab


def save_page(tab: EmbeddingsTab, path: Path) -> Path:
    tab.frame.locator("save-menu").get_by_role("button", name="Save", exact=True).click()
    button = tab.button(re.compile("^HTML, about"))
    said = parse_size(button.inner_text())
    with tab.page.expect_download() as found:
        button.click()
    tab.page.keyboard.press("Escape")
    saved = path / found.value.suggested_filename
    found.value.save_as(saved)
    assert 0.7 < said / saved.stat().st_size < 1.4, "the size that was said before"
    return saved


def parse_size(words: str) -> float:
    found = re.search(r"about ([\d.]+) (kB|MB)", words)
    assert found is not None, words
    return float(found[1]) * {"kB": 1e3, "MB": 1e6}[found[2]]


def test_a_saved_page_opens_from_a_file_without_a_network(
    evil: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    saved = save_page(evil, tmp_path)
    assert saved.name == "words_words_pca_step-5.html"
    page = open_saved(saved)
    assert page.title() == "words · words"
    expect(page.get_by_role("heading", name="words · words")).to_be_visible()
    expect(page.get_by_text("400 points · 16 dimensions · PCA · step 5")).to_be_visible()
    assert page.locator("[data-painted]").get_attribute("data-painted") == str(WORDS)
    legend = page.get_by_role("region", name="Legend: kind")
    expect(legend.get_by_role("button")).to_have_count(3)


def test_in_a_saved_page_points_are_hovered_selected_and_searched(
    evil: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    page = open_saved(save_page(evil, tmp_path))
    page.keyboard.press("n")
    search = page.get_by_role("searchbox", name="Search the metadata")
    page.keyboard.press("/")
    page.keyboard.insert_text("script>")
    found = page.get_by_role("complementary", name="Points")
    expect(found.get_by_role("status")).to_have_text("1 match of “script>”")
    expect(found.get_by_role("listitem")).to_have_text([EVIL])
    found.get_by_role("listitem").get_by_role("button").hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text(EVIL)
    expect(card).to_contain_text("kind: noun")
    found.get_by_role("listitem").get_by_role("button").click()
    expect(found.locator("dd")).to_have_text([EVIL, "noun", "0", str(OUTLIER)])
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    expect(search).to_have_value("")
    _expect_hover_finds(page, EVIL)
    assert page.title() == "words · words"


def test_a_saved_page_is_turned_zoomed_filtered_and_darkened(
    evil: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    page = open_saved(save_page(evil, tmp_path))
    picture = page.get_by_role("application")
    seen = [_pixels(page)]

    def expect_another() -> None:
        page.locator("[data-painted]").wait_for()
        seen.append(_pixels(page))
        changed = np.abs(seen[-1].astype(int) - seen[-2]).max(axis=2) > 24
        assert changed.sum() > 200, "nothing is drawn otherwise"

    picture.focus()
    page.keyboard.press("ArrowLeft")
    expect_another()
    page.keyboard.press("+")
    expect_another()
    page.mouse.move(640, 400)
    page.mouse.down()
    page.mouse.move(760, 340, steps=4)
    page.mouse.up()
    expect_another()
    page.get_by_role("radio", name="2-D").click()
    expect(page.get_by_role("radio", name="2-D")).to_be_checked()
    expect_another()
    page.get_by_role("region", name="Legend: kind").get_by_role("button", name=re.compile("^verb")).click()
    expect_another()
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect_another()


def test_a_saved_page_holds_isolated_points_and_nothing_of_the_others(
    words: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    words.frame.get_by_role("searchbox").fill("word12")
    words.expect_text("10 selected")
    press(words, "i")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    words.wait_painted()
    saved = save_page(words, tmp_path)
    texts = base64.b64decode(_block(saved, "texts0"))
    assert b"word123" in texts
    assert b"word200" not in texts
    assert np.frombuffer(base64.b64decode(_block(saved, "rowNumbers")), np.int32).tolist() == list(range(120, 130))
    page = open_saved(saved)
    expect(page.get_by_text("10 points of 400")).to_be_visible()
    counts = page.get_by_role("region", name="Legend: kind").get_by_role("button").all_inner_texts()
    assert sum(int(text.split()[-1]) for text in counts) == 10
    page.get_by_role("searchbox").fill("word123")
    page.get_by_role("listitem").get_by_role("button").click()
    expect(page.locator("dd").last).to_have_text("123")


def test_a_saved_page_fades_what_is_faded_and_has_axes_only_if_they_are_on(
    evil: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    before = open_saved(save_page(evil, tmp_path / "before"))
    assert find_ink(_axes_corner(before)).any(), "nothing would be missing"
    evil.frame.get_by_role("region", name="Legend: kind").get_by_role("button", name=re.compile("^verb")).click()
    leave_only_points(evil)
    evil.wait_complete(WORDS)
    after = open_saved(save_page(evil, tmp_path / "after"))
    verb = after.get_by_role("region", name="Legend: kind").get_by_role("button", name=re.compile("^verb"))
    expect(verb).to_have_attribute("aria-pressed", "true")
    assert not find_ink(_axes_corner(after)).any()
    assert _count_like(after, "verb") > 0.5 * _count_like(before, "verb")
    assert _count_like(after, "noun") < 0.2 * _count_like(before, "noun")
    after.get_by_role("application").focus()
    after.keyboard.press("Escape")
    after.locator("[data-painted]").wait_for()
    assert _count_like(after, "noun") > 0.5 * _count_like(before, "noun")


def test_a_saved_page_shows_the_clicked_point_with_its_neighbors(
    words: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    spot = words.farthest_spot()
    words.click_at(spot.x, spot.y)
    words.expect_text("101 selected")
    words.wait_complete(WORDS)
    saved = save_page(words, tmp_path)
    selected = np.frombuffer(base64.b64decode(_block(saved, "selected")), np.int32)
    near = np.frombuffer(base64.b64decode(_block(saved, "near")), np.int32)
    assert selected.tolist() == [OUTLIER]
    vectors = make_word_vectors().astype(np.float64)
    away = 1 - vectors @ vectors[OUTLIER] / np.linalg.norm(vectors, axis=1)
    assert near.tolist() == sorted(np.argsort(away)[1:101].tolist())
    assert len(base64.b64decode(_block(saved, "nearColors"))) == 4 * 100
    open_saved(saved)


def test_a_damaged_page_says_so(evil: EmbeddingsTab, chromium: Browser, tmp_path: Path) -> None:
    saved = save_page(evil, tmp_path)
    x = _block(saved, "x")
    saved.write_text(saved.read_text().replace(x, x[:400]))
    page = chromium.new_page()
    page.goto(saved.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This page cannot be shown: its coordinates are not whole.")
    page.close()


# --- Helpers ---


def _pixels(page: Page) -> np.ndarray[Any, Any]:
    return read_pixels(page, page.get_by_role("application"))


def _axes_corner(page: Page) -> np.ndarray[Any, Any]:
    return _pixels(page)[-AXES_PX:, -AXES_PX:]


def _count_like(page: Page, kind: str) -> int:
    """Number of pixels in the color that the legend gives to a kind."""
    line = page.get_by_role("region", name="Legend: kind").get_by_role("button", name=re.compile(f"^{kind}"))
    color = line.locator(".dot").evaluate("dot => getComputedStyle(dot).backgroundColor")
    wanted = [int(part) for part in re.findall(r"\d+", color)[:3]]
    return int((np.abs(_pixels(page).astype(int) - wanted).max(axis=2) < 40).sum())


def _expect_hover_finds(page: Page, name: str) -> None:
    """The point flown to is in the center."""
    card = page.get_by_role("tooltip")
    for dx, dy in ((0, 0), (3, 0), (0, 3), (-3, 0), (0, -3)):
        page.mouse.move(5, 5)
        page.mouse.move(640 + dx, 400 + dy)
        page.locator("[data-painted]").wait_for()  # The hover lookup is done.
        if card.is_visible() and name in card.inner_text():
            return
    raise AssertionError("no card of the point in the middle")


def _block(saved: Path, name: str) -> str:
    found = re.search(rf'id="{name}">([^<]*)<', saved.read_text())
    assert found is not None, name
    return found[1]
