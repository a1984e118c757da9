"""Sharing a view: its URL, bookmarks in every kind of file, saved pages; opened again in another page."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from chromium_browser import plugin_frame
from embeddings_tab import EmbeddingsTab
from logdir_builders import write_metadata
from pixels import read_pixels
from playwright.sync_api import Browser, Dialog, Locator, Page, expect
from tensorboard_process import TensorBoardProcess

from .logdirs import OUTLIER, WORDS, word_rows, write_words_run

DIGITS = 1797


def press(tab: EmbeddingsTab, key: str) -> None:
    tab.frame.get_by_role("application").focus()
    tab.page.keyboard.press(key)


def panel(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("region", name="Bookmarks")


def bookmarks(tab: EmbeddingsTab) -> list[str]:
    """The bookmarks of this window, from the top."""
    return [label.strip() for label in _list(tab).locator("button.open").all_inner_texts()]


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


def wait_for_camera(tab: EmbeddingsTab) -> None:
    tab.wait_until(lambda: "p.embeddings.camera=" in tab.page.url)


# --- The URL ---


@pytest.mark.parametrize("dimensions", ["2-D", "3-D"])
def test_the_address_opens_the_same_view_in_another_page(words: EmbeddingsTab, dimensions: str) -> None:
    words.frame.get_by_role("radio", name=dimensions).click()
    words.frame.get_by_role("searchbox").fill("word12")
    words.expect_text("10 selected")
    press(words, "f")
    for key in ("ArrowLeft", "ArrowUp", "-"):
        press(words, key)
    wait_for_camera(words)
    words.wait_until(lambda: "query=word12" in words.page.url)
    words.wait_painted()
    # The URL is written as a whole: it holds this choice only once it holds the camera, which has come to rest.
    words.choose("Color by", "kind")
    words.wait_until(lambda: "colorBy=kind" in words.page.url)
    words.wait_complete()
    other = open_in_new_page(words)
    other.expect_text("10 selected")
    expect(other.status).to_contain_text(f"PCA {dimensions}")
    other.wait_until(lambda: difference(words, other) < 0.002)
    press(other, "r")
    other.wait_until(lambda: difference(words, other) > 0.005)


def test_nonsense_in_the_address_is_said_and_the_rest_is_taken(words: EmbeddingsTab) -> None:
    address = words.page.url.split("#")[0] + "#embeddings&" + "&".join(
        f"p.embeddings.{token}"
        for token in (
            *("run=words", "dimensions=2", "camera=2:0,zero,1", "perplexity=-4", "flavor=mint", "colorBy=nothing"),
            *("row=4e9", "selection=9-2"),
        )
    )  # fmt: skip
    other = open_in_new_page(words, address)
    said = other.frame.get_by_role("status", name="About the address")
    expect(said).to_contain_text("“2:0,zero,1” for camera, which cannot be read")
    expect(said).to_contain_text("“-4” for perplexity")
    expect(said).to_contain_text("“flavor”, which this version does not know")
    expect(said).to_contain_text("more of the kind")
    expect(other.status).to_contain_text("PCA 2-D")
    said.get_by_role("button", name="Close").click()
    expect(said).to_be_hidden()


def test_what_the_address_has_no_room_for_is_said_and_a_bookmark_keeps_it(digits: EmbeddingsTab) -> None:
    """Every other point: a handwritten URL may hold it, the page's own does not."""
    every_second = ",".join(map(str, range(0, DIGITS, 2)))
    selected = f"{(DIGITS + 1) // 2} selected"
    other = open_in_new_page(digits, f"{digits.page.url}&p.embeddings.selection={quote(every_second)}")
    other.expect_text(selected)
    press(other, "k")
    expect(panel(other)).to_contain_text("The address has no room for the selected points: save a bookmark.")
    other.wait_until(lambda: other.page.url.split("selection=")[1].startswith(f"~{(DIGITS + 1) // 2}"))
    told = open_in_new_page(other).frame.get_by_role("status", name="About the address")
    expect(told).to_contain_text("The address had no room for the selected points, 899 of them")
    assert len(other.page.url.split("#")[1]) < 2_200
    press(other, "Escape")
    expect(other.frame.get_by_role("region", name="Selection")).to_be_hidden()
    _list(other).get_by_role("button", name="PCA 1", exact=True).click()
    other.expect_text(selected)


def test_the_address_keeps_what_is_isolated_and_the_way_back(words: EmbeddingsTab) -> None:
    for query, count in (("word1", 100), ("word12", 10)):
        words.frame.get_by_role("searchbox").fill(query)
        words.expect_text(f"{count} selected")
        press(words, "i")
        expect(words.status).to_contain_text(f"Showing {count} of 400 points")
    words.wait_until(lambda: "p.embeddings.trail=" in words.page.url and "%0A120-129" in words.page.url)
    other = open_in_new_page(words)
    expect(other.status).to_contain_text("Showing 10 of 400 points")
    way_back = other.frame.get_by_role("navigation", name="Isolated points")
    expect(way_back).to_contain_text("10 matches of «word12»")
    way_back.get_by_role("button", name="100 matches of «word1»").click()
    expect(other.status).to_contain_text("Showing 100 of 400 points")
    address = f"{words.page.url.split('&')[0]}&p.embeddings.run=words&p.embeddings.trail={quote('3,400 by hand')}"
    said = open_in_new_page(words, address).frame.get_by_role("status", name="About the address")
    expect(said).to_contain_text("The address isolates row 400, and there are 400 rows")


def test_too_many_isolated_points_are_said_and_a_bookmark_keeps_them(digits: EmbeddingsTab) -> None:
    every_second = ",".join(map(str, range(0, DIGITS, 2)))
    other = open_in_new_page(digits, f"{digits.page.url}&p.embeddings.selection={quote(every_second)}")
    other.expect_text("899 selected")
    press(other, "i")
    expect(other.status).to_contain_text("Showing 899 of 1,797 points")
    expect(panel(other)).to_contain_text("The address has no room for the isolated points: save a bookmark.")
    other.wait_until(lambda: "trail=~899" in other.page.url)
    told = open_in_new_page(other).frame.get_by_role("status", name="About the address")
    expect(told).to_contain_text("The address had no room for the isolated points, 899 of them: a bookmark keeps them.")


def test_a_link_to_custom_axes_shows_them_at_once(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("radio", name="Axes", exact=True).click()
    words.frame.get_by_role("radio", name="2-D").first.click()
    for axis, (start, end) in enumerate((("word1", "word2"), ("word0", "faraway"))):
        ends = words.frame.locator("axis-field").nth(axis).get_by_role("textbox")
        ends.nth(0).fill(start)
        ends.nth(1).fill(end)
    words.frame.get_by_role("button", name="Project", exact=True).click()
    expect(words.status).to_contain_text("axes 2-D")
    words.wait_until(lambda: "faraway" in words.page.url)
    other = open_in_new_page(words)
    expect(other.status).to_contain_text("axes 2-D")
    other.wait_until(lambda: difference(words, other) < 0.002)


def test_a_link_to_a_layout_says_that_it_is_computed_anew_and_offers_it(words: EmbeddingsTab) -> None:
    address = (
        f"{words.page.url.split('&')[0]}&p.embeddings.run=words&p.embeddings.method=tsne&p.embeddings.dimensions=2"
    )
    other = open_in_new_page(words, address)
    expect(other.status).to_contain_text("PCA 2-D")
    note = other.frame.get_by_role("status", name="About the address")
    expect(note).to_contain_text("This link shows t-SNE, which is computed anew")
    note.get_by_role("button", name="Run t-SNE").click()
    expect(other.status).to_contain_text("t-SNE 2-D")
    expect(note).to_be_hidden()


# --- Bookmarks of this window ---


def test_bookmarks_are_named_moved_stepped_through_and_removed_by_keys(words: EmbeddingsTab) -> None:
    for _ in range(3):
        press(words, "k")
    expect_bookmarks(words, "PCA 1", "PCA 2", "PCA 3")
    first = _list(words).get_by_role("button", name="PCA 1", exact=True)
    first.focus()
    words.page.keyboard.press("F2")
    words.page.keyboard.insert_text("The <b>whole</b>")
    words.page.keyboard.press("Enter")
    expect_bookmarks(words, "The <b>whole</b>", "PCA 2", "PCA 3")
    _list(words).get_by_role("button", name="PCA 2", exact=True).focus()
    words.page.keyboard.press("Alt+ArrowDown")
    expect_bookmarks(words, "The <b>whole</b>", "PCA 3", "PCA 2")
    words.page.keyboard.press("Alt+ArrowUp")
    words.page.keyboard.press("Alt+ArrowUp")
    expect_bookmarks(words, "PCA 2", "The <b>whole</b>", "PCA 3")
    words.page.keyboard.press("ArrowDown")
    words.page.keyboard.press("Delete")
    expect_bookmarks(words, "PCA 2", "PCA 3")
    expect(panel(words)).to_contain_text("Removed “The <b>whole</b>”")
    for expected in (("PCA 2", "The <b>whole</b>", "PCA 3"), ("The <b>whole</b>", "PCA 2", "PCA 3")):
        panel(words).get_by_role("button", name="Undo").click()
        expect_bookmarks(words, *expected)


def test_leaving_asks_only_while_bookmarks_are_not_saved(words: EmbeddingsTab, tmp_path: Path) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    def reload(tab: EmbeddingsTab) -> EmbeddingsTab:
        asked.clear()
        tab.page.reload()
        other = EmbeddingsTab(plugin_frame(tab.page, "embeddings"))
        other.wait_painted()
        return other

    words.page.on("dialog", accept)
    press(words, "r")
    tab = reload(words)
    assert asked == []
    press(tab, "k")
    expect_bookmarks(tab, "PCA 1")
    tab = reload(tab)
    assert asked == ["beforeunload"]
    press(tab, "k")
    download(tab, tmp_path / "saved.json")
    reload(tab)
    assert asked == []


def test_bookmarks_are_dragged(words: EmbeddingsTab) -> None:
    for _ in range(3):
        press(words, "k")
    expect_bookmarks(words, "PCA 1", "PCA 2", "PCA 3")
    item = _list(words).get_by_role("listitem")
    item.nth(0).drag_to(item.nth(2))
    expect_bookmarks(words, "PCA 2", "PCA 3", "PCA 1")


def test_stepping_brings_back_dimensions_and_isolated_points(words: EmbeddingsTab) -> None:
    press(words, "k")
    words.frame.get_by_role("radio", name="2-D").click()
    words.frame.get_by_role("searchbox").fill("word12")
    words.expect_text("10 selected")
    press(words, "i")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    press(words, "k")
    press(words, ",")
    expect(words.status).to_contain_text("Showing all 400 points")
    expect(words.status).to_contain_text("PCA 3-D")
    press(words, ".")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    expect(words.status).to_contain_text("PCA 2-D")
    panel(words).get_by_role("button", name="Previous bookmark").click()
    expect(words.status).to_contain_text("Showing all 400 points")


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
    _list(other).locator("button.open").first.click()
    expect(other.status).to_contain_text("t-SNE")
    press(other, "r")
    other.wait_until(lambda: difference(words, other) < 0.002)
    assert [url for url in asked if "/graph" in url or "/projections" in url] == []


# --- Bad files ---


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[{", "does not read as JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0", "does not read as JSON"),
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
    _list(words).get_by_role("button", name="newer").click()
    for part in ("newer version (format 9)", "Its metric cannot be read", "There is no column “gone”"):
        expect(panel(words)).to_contain_text(part)
    expect(words.status).to_contain_text("PCA 2-D")
    _list(words).get_by_role("button", name="other").click()
    expect(panel(words)).to_contain_text(
        "It is of 50,000 points of 300 dimensions, here are 400 points of 16 dimensions"
    )
    expect(words.status).to_contain_text("Showing all 400 points")
    expect(words.frame.get_by_role("region", name="Selection")).to_be_hidden()


# --- Beside the run ---


@pytest.fixture
def shared_board(tmp_path: Path) -> Iterator[TensorBoardProcess]:
    """A separate logdir, into which bookmarks are saved."""
    write_words_run(tmp_path / "logs" / "words")
    with TensorBoardProcess(tmp_path / "logs") as server:
        yield server


def save_to_run(tab: EmbeddingsTab, name: str | None = None) -> None:
    panel(tab).get_by_role("button", name="Save to the run").click()
    field = panel(tab).get_by_label("Name of the file")
    expect(field).to_have_value("bookmarks")
    if name is not None:
        field.fill(name)
    save = panel(tab).get_by_role("button", name="Save", exact=True)
    expect(save).to_be_in_viewport(ratio=1)
    save.click()


def offered(tab: EmbeddingsTab, name: str) -> Locator:
    """The bookmarks of a file of the run."""
    return panel(tab).get_by_role("list", name=f"Bookmarks of {name}", exact=True)


def test_saved_to_the_run_it_is_offered_to_whoever_comes(
    shared_board: TensorBoardProcess, open_tab, tmp_path: Path
) -> None:
    tab = EmbeddingsTab(open_tab(shared_board))
    tab.wait_painted(WORDS)
    tab.frame.get_by_role("radio", name="2-D").click()
    press(tab, "k")
    save_to_run(tab)
    expect(offered(tab, "bookmarks").get_by_role("button", name="PCA 1", exact=True)).to_be_visible()
    files = list((tmp_path / "logs").rglob("bookmarks/*.json"))
    assert [path.name for path in files] == ["bookmarks.json"]
    other = open_in_new_page(tab, shared_board.url + "/#embeddings")
    expect(other.status).to_contain_text("PCA 3-D")
    offered(other, "bookmarks").get_by_role("button", name="PCA 1", exact=True).click()
    expect(other.status).to_contain_text("PCA 2-D")
    press(other, "k")
    save_to_run(other)
    expect(offered(other, "bookmarks").get_by_role("listitem")).to_have_count(2)
    assert len(json.loads(files[0].read_text())) == 2


#: A state as the built-in projector writes it, of no point in particular.
BUILTIN_STATE = {
    "label": "State 0",
    "isSelected": True,
    "projections": [],
    "selectedProjection": "pca",
    "pcaComponentDimensions": [0, 1],
    "dataSetDimensions": [WORDS, 16],
    "selectedPoints": [7],
    "filteredPoints": [],
}


@pytest.fixture
def configured_board(tmp_path: Path) -> Iterator[TensorBoardProcess]:
    """The config names a file of the built-in projector; one beside it is damaged."""
    run = write_words_run(tmp_path / "logs" / "words")
    config = run / "projector_config.pbtxt"
    config.write_text(config.read_text().replace("}", ' bookmarks_path: "state.txt" }'))
    (run / "state.txt").write_text(json.dumps([BUILTIN_STATE]))
    (run / "bookmarks").mkdir()
    (run / "bookmarks" / "torn.json").write_text("[{")
    with TensorBoardProcess(tmp_path / "logs") as server:
        yield server


def test_the_config_s_bookmarks_are_offered_at_once_and_those_saved_beside_are_edited(
    configured_board: TensorBoardProcess, open_tab, tmp_path: Path
) -> None:
    tab = EmbeddingsTab(open_tab(configured_board))
    tab.wait_painted(WORDS)
    offered(tab, "state.txt").get_by_role("button", name="State 0", exact=True).click()
    expect(tab.status).to_contain_text("PCA 2-D")
    panel(tab).get_by_role("button", name=re.compile("^Bookmarks")).click()
    expect(panel(tab)).to_contain_text("1 problem in the run's bookmark files.")
    panel(tab).get_by_role("button", name="Show").click()
    expect(panel(tab)).to_contain_text("torn.json")
    press(tab, "k")
    press(tab, "k")
    save_to_run(tab, "tour")
    tour = offered(tab, "tour")
    tour.get_by_role("button", name="PCA 1", exact=True).focus()
    tab.page.keyboard.press("F2")
    tab.page.keyboard.insert_text("First")
    tab.page.keyboard.press("Enter")
    tour.get_by_role("button", name="First", exact=True).focus()
    tab.page.keyboard.press("Alt+ArrowDown")
    labels = tour.locator("button.open")
    expect(labels).to_have_text(["PCA 2", "First"])
    file = tmp_path / "logs" / "words" / "bookmarks" / "tour.json"
    assert [state["label"] for state in json.loads(file.read_text())] == ["PCA 2", "First"]
    tour.get_by_role("button", name="First", exact=True).focus()
    tab.page.keyboard.press("Delete")
    expect(labels).to_have_text(["PCA 2"])
    assert [state["label"] for state in json.loads(file.read_text())] == ["PCA 2"]
    panel(tab).get_by_role("button", name="Undo").click()
    expect(labels).to_have_text(["PCA 2", "First"])
    assert [state["label"] for state in json.loads(file.read_text())] == ["PCA 2", "First"]


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
    page.get_by_role("searchbox").fill("word123")
    page.get_by_role("listitem").get_by_role("button").click()
    expect(page.locator("dd").last).to_have_text("123")


def test_a_damaged_page_says_so(evil: EmbeddingsTab, chromium: Browser, tmp_path: Path) -> None:
    saved = save_page(evil, tmp_path)
    x = _block(saved, "x")
    saved.write_text(saved.read_text().replace(x, x[:400]))
    page = chromium.new_page()
    page.goto(saved.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This page cannot be shown: its coordinates are not whole.")
    page.close()


# --- Helpers ---


def _list(tab: EmbeddingsTab) -> Locator:
    return panel(tab).get_by_role("list", name="Bookmarks", exact=True)


def _pixels(page: Page) -> np.ndarray[Any, Any]:
    return read_pixels(page, page.get_by_role("application"))


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
