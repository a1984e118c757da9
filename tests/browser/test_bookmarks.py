"""Bookmarks of a window, named, moved and stepped through, and those that are saved beside a run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium_browser import plugin_frame
from embeddings_tab import NO_AXES, EmbeddingsTab
from pixels import read_pixels
from playwright.sync_api import Browser, Dialog, Locator, expect
from shared_views import download, expect_bookmarks, listed, open_in_new_page, panel, press
from tensorboard_process import TensorBoardProcess

from .logdirs import WORDS, write_words_run


def test_bookmarks_are_named_moved_stepped_through_and_removed_by_keys(words: EmbeddingsTab) -> None:
    for _ in range(3):
        press(words, "k")
    expect_bookmarks(words, "PCA 1", "PCA 2", "PCA 3")
    first = listed(words).get_by_role("button", name="PCA 1", exact=True)
    first.focus()
    words.page.keyboard.press("F2")
    words.page.keyboard.insert_text("The <b>whole</b>")
    words.page.keyboard.press("Enter")
    expect_bookmarks(words, "The <b>whole</b>", "PCA 2", "PCA 3")
    listed(words).get_by_role("button", name="PCA 2", exact=True).focus()
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
    for expected in (("PCA 2", "The <b>whole</b>", "PCA 3"), ("PCA 2", "PCA 3")):
        panel(words).get_by_role("button", name="Redo").click()
        expect_bookmarks(words, *expected)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_stepping_through_bookmarks_moves_the_camera(board: TensorBoardProcess, chromium: Browser, motion: Any) -> None:
    """With the page's clock held, pictures between the two are drawn, unless less motion is asked for."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion=motion) as context:
        context.clock.install()
        page = context.new_page()
        page.goto(f"{board.url}/#embeddings&{NO_AXES}&p.embeddings.run=words&p.embeddings.showLabels=0")
        tab = EmbeddingsTab(plugin_frame(page, "embeddings"))
        tab.wait_complete(WORDS)
        first = look(tab)
        press(tab, "k")
        for _ in range(6):
            press(tab, "ArrowRight")
        tab.wait_complete(WORDS)
        second = look(tab)
        press(tab, "k")
        expect_bookmarks(tab, "PCA 1", "PCA 2")
        context.clock.pause_at(page.evaluate("Date.now()") + 1000)
        listed(tab).get_by_role("button", name="PCA 1", exact=True).click()
        seen = []
        for _ in range(12):
            context.clock.run_for(50)
            seen.append(look(tab))
        assert (second != first).any()
        tab.wait_until(lambda: bool(context.clock.run_for(50) or (look(tab) == first).all()))
        between = [picture for picture in seen if (picture != first).any() and (picture != second).any()]
        assert bool(between) == (motion != "reduce")


def look(tab: EmbeddingsTab) -> np.ndarray[Any, Any]:
    """The picture's pixels, moving or not."""
    return read_pixels(tab.page, tab.frame.get_by_role("application"))


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
    item = listed(words).get_by_role("listitem")
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
