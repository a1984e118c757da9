"""Selecting by click and by name, undone and redone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Page, expect
from tensorboard_process import TensorBoardProcess

from .grid import (
    GRID,
    click,
    command,
    drag,
    expect_selected,
    find_places,
    in_box,
    leave_only_points,
    middle_of,
    press,
    section,
)
from .logdirs import OUTLIER_WORD, WORDS, word_rows

# --- Clicks ---


def test_a_click_selects_the_point_and_its_neighbors(words: EmbeddingsTab) -> None:
    _click_outlier(words)
    expect(section(words)).to_contain_text("101 selected")
    expect(section(words)).to_contain_text(f"«{OUTLIER_WORD}» and 100 neighbors")


def test_what_is_not_selected_is_grayed_and_not_lost(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    press(grid, "b")
    x, y = middle_of(places)
    drag(grid, (x - 60, y - 60), (x + 60, y + 60))
    grid.move_to(30, 30)
    grid.wait_painted(GRID)
    few = in_box(places, x - 60, y - 60, x + 60, y + 60)
    loud = _strength_at(grid, places[few])
    quiet = _strength_at(grid, np.delete(places, few, axis=0))
    assert quiet.max() < 0.6 * loud.min(), "the rest is grayed"
    assert quiet.min() > 4, "none of the rest is lost"


def test_shift_click_adds_a_point_and_takes_it_out_again(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    for row in (17, 40, 66):
        click(grid, places[row], "Shift")
    expect_selected(grid, [17, 40, 66])
    click(grid, places[40], "Shift")
    expect_selected(grid, [17, 66])
    expect(section(grid)).to_contain_text("by hand")


def test_a_click_on_nothing_and_escape_clear(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    between = (places[17] + places[18]) / 2
    click(grid, places[17], "Shift")
    expect_selected(grid, [17])
    click(grid, between)
    expect_selected(grid, [])
    click(grid, places[17], "Shift")
    expect_selected(grid, [17])
    press(grid, "Escape")
    expect_selected(grid, [])


# --- By name ---


def test_a_search_result_is_a_selection(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("searchbox").fill("word12")
    expect(section(words)).to_contain_text("10 selected")
    expect(section(words)).to_contain_text("10 matches of «word12»")
    words.frame.get_by_role("searchbox").press("Tab")
    press(words, "Shift+I")
    expected = [row for row in range(WORDS) if not word_rows()[row][0].startswith("word12")]
    expect(section(words)).to_contain_text(f"{len(expected)} selected")
    expect(section(words)).to_contain_text("others")


def test_what_the_legend_filters_is_a_selection(words: EmbeddingsTab) -> None:
    expected = [row for row in range(WORDS) if word_rows()[row][1] == "verb"]
    legend = words.frame.get_by_role("region", name="Legend: kind")
    legend.get_by_role("button", name=re.compile("^verb")).click()
    expect(section(words)).to_contain_text(f"{len(expected)} pass kind verb")
    section(words).get_by_role("button", name="Select").click()
    expect(section(words)).to_contain_text(f"{len(expected)} selected")
    expect(section(words)).to_contain_text("by kind verb")
    section(words).get_by_role("button", name="Show all").click()
    press(words, "i")
    expect(words.status).to_contain_text(f"Showing {len(expected)} of {WORDS} points")
    words.wait_painted(WORDS)


def test_matches_and_values_are_added_and_taken_out(words: EmbeddingsTab) -> None:
    """With the same keys as for areas, and by command name."""
    verbs = {row for row in range(WORDS) if word_rows()[row][1] == "verb"}
    first, second = set(range(120, 130)), set(range(200, 210))
    select = words.frame.locator("match-list").get_by_role("button", name="Select")
    search = words.frame.get_by_role("searchbox")
    search.fill("word12")
    words.expect_text("10 of 400")
    select.click()
    search.fill("word20")
    expect(section(words)).to_contain_text("matches of «word12»")
    expect(words.frame.locator("match-list")).to_contain_text("word209")
    select.click(modifiers=["Shift"])
    expect_selected(words, sorted(first | second))
    select.click(modifiers=["Alt"])
    expect_selected(words, sorted(first))
    command(words, "Add the matches to")
    expect_selected(words, sorted(first | second))
    words.frame.get_by_role("region", name="Legend: kind").get_by_role("button", name=re.compile("^verb")).click()
    expect(section(words)).to_contain_text("pass kind verb")
    section(words).get_by_role("button", name="Select").click(modifiers=["Alt"])
    expect_selected(words, sorted((first | second) - verbs))
    section(words).get_by_role("button", name="Select").click(modifiers=["Shift"])
    expect(section(words)).to_contain_text(f"{len(first | second | verbs)} selected")


def test_everything_and_the_others(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    press(grid, "Control+a")
    expect_selected(grid, list(range(GRID)))
    click(grid, places[5], "Shift")
    expect_selected(grid, [row for row in range(GRID) if row != 5])
    section(grid).get_by_role("button", name="Invert").click()
    expect_selected(grid, [5])
    section(grid).get_by_role("button", name="Clear").click()
    expect_selected(grid, [])


# --- Undo and redo ---


def test_every_step_is_undone_and_redone(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    x, y = middle_of(places)
    box = (x - 100, y - 70, x + 100, y + 70)
    inside = in_box(places, *box)
    others = [row for row in range(GRID) if row not in inside]
    steps: list[tuple[Callable[[], None], list[int]]] = [
        (lambda: drag(grid, box[:2], box[2:]), inside),
        (lambda: press(grid, "Shift+I"), others),
        (lambda: press(grid, "Control+a"), list(range(GRID))),
        (lambda: press(grid, "Escape"), []),
    ]
    press(grid, "b")
    for do, selected in steps:
        do()
        expect_selected(grid, selected)
    for _, selected in [*reversed(steps[:-1]), (None, [])]:
        press(grid, "Control+z")
        expect_selected(grid, selected)
    for _, selected in steps:
        press(grid, "Shift+Control+Z")
        expect_selected(grid, selected)
    expect(grid.button("Redo")).to_be_disabled()
    grid.button(re.compile("^Undo")).click()
    expect_selected(grid, list(range(GRID)))


def test_isolating_is_undone_and_redone_with_its_picture(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("searchbox").fill("word12")
    expect(section(words)).to_contain_text("10 selected")
    press(words, "i")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    press(words, "Control+z")
    expect(words.status).to_contain_text("Showing all 400 points")
    expect(section(words)).to_contain_text("10 matches of «word12»")
    press(words, "Control+y")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    words.wait_painted()


def test_an_address_with_a_selection_opens_with_it(grid_board: TensorBoardProcess, open_tab, page: Page) -> None:
    tab = EmbeddingsTab(open_tab(grid_board))
    tab.wait_painted(GRID)
    page.evaluate("location.hash = 'embeddings&p.embeddings.selection=' + encodeURIComponent('3-5,70')")
    again = tab.reopened()
    again.wait_painted(GRID)
    expect_selected(again, [3, 4, 5, 70])


# --- Helpers ---


def _click_outlier(tab: EmbeddingsTab) -> None:
    leave_only_points(tab)
    spots = tab.spots()
    spot = max(spots[1:], key=lambda one: (one.x - spots[0].x) ** 2 + (one.y - spots[0].y) ** 2)
    tab.click_at(spot.x, spot.y)


def _strength_at(tab: EmbeddingsTab, places: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """How far the pixel at each position differs from the background."""
    pixels = tab.pixels().astype(int)
    ground = pixels[8, 8]
    x, y = np.round(places).astype(int).T
    kept = (x > 3) & (y > 3) & (x < pixels.shape[1] - 140) & (y < pixels.shape[0] - 140)
    return np.abs(pixels[y[kept], x[kept]] - ground).max(axis=1)
