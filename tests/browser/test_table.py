"""The table below the picture, with mouse and keyboard: linked both ways, sorted, filtered, its columns chosen."""

from __future__ import annotations

import re

from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, expect

from .logdirs import OUTLIER, OUTLIER_WORD, WORDS

NOUNS, OTHERS = 134, 133


def test_its_key_opens_and_closes_it(words: EmbeddingsTab) -> None:
    _open(words)
    expect(words.frame.get_by_role("row")).not_to_have_count(0)
    expect(_grid(words)).to_be_focused()
    expect(_count(words)).to_have_text(f"All {WORDS} rows")
    words.page.keyboard.press("t")
    expect(_grid(words)).to_be_hidden()


def test_a_head_sorts_rising_falling_and_not(words: EmbeddingsTab) -> None:
    _open(words)
    head = _head(words, "count")
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(_cell(words, 0, "word")).to_have_text("word000")
    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(_cell(words, 0, "count")).to_have_text(str((OUTLIER - 1) ** 2))
    head.click()
    expect(head).to_have_attribute("aria-sort", "none")
    expect(_cell(words, 1, "word")).to_have_text("word001")


def test_values_with_counts_filter_and_the_count_is_said(words: EmbeddingsTab) -> None:
    _open(words)
    _head(words, "kind").hover()
    _head(words, "kind").get_by_role("button", name="Filter").click()
    values = words.frame.get_by_role("listbox", name="Values").get_by_role("option")
    expect(values).to_have_text([re.compile(rf"noun\s*{NOUNS}"), re.compile("verb"), re.compile("particle")])
    values.filter(has_text="noun").click()
    expect(_count(words)).to_have_text(f"{WORDS - NOUNS} of {WORDS} rows · 1 filter")
    words.page.keyboard.press("Escape")
    expect(_cell(words, 0, "kind")).to_have_text("verb")
    words.button("Clear 1 filter").click()
    expect(_count(words)).to_have_text(f"All {WORDS} rows")


def test_escape_clears_the_filters_when_nothing_else_is_left(words: EmbeddingsTab) -> None:
    _open(words)
    words.frame.get_by_role("region", name=re.compile("Legend")).get_by_role("button", name="noun").first.click()
    expect(_count(words)).to_have_text(f"{NOUNS} of {WORDS} rows · 1 filter")
    words.frame.get_by_role("searchbox").fill("word12")
    words.expect_text("selected")
    words.frame.get_by_role("application").focus()
    words.page.keyboard.press("Escape")
    expect(words.frame.get_by_role("searchbox")).to_have_value("")
    expect(_count(words)).to_have_text(f"{NOUNS} of {WORDS} rows · 1 filter")
    words.page.keyboard.press("Escape")
    expect(_count(words)).to_have_text(f"All {WORDS} rows")


def test_contains_and_range_filter_together(words: EmbeddingsTab) -> None:
    _open(words)
    words.page.keyboard.press("ArrowUp")
    words.page.keyboard.press("ArrowRight")
    words.page.keyboard.press("Alt+ArrowDown")
    words.frame.get_by_label("Contains").last.fill("WORD12")
    expect(_count(words)).to_have_text(f"10 of {WORDS} rows · 1 filter")
    words.page.keyboard.press("Escape")
    expect(_grid(words)).to_be_focused()
    words.page.keyboard.press("End")
    words.page.keyboard.press("Alt+ArrowDown")
    words.frame.get_by_label("At least").fill(str(125**2))
    expect(_count(words)).to_have_text(f"5 of {WORDS} rows · 2 filters")
    expect(_cell(words, 0, "word")).to_have_text("word125")


def test_hover_is_linked_both_ways(words: EmbeddingsTab) -> None:
    _open(words)
    _cell(words, 2, "word").hover()
    expect(words.card).to_contain_text("word002")
    _head(words, "word").click()
    expect(_cell(words, 0, "word")).to_have_text(OUTLIER_WORD)
    spot = words.farthest_spot()
    words.move_to(spot.x, spot.y)
    expect(words.frame.locator("[role=row].hovered")).to_contain_text(OUTLIER_WORD)


def test_a_click_selects_and_a_click_in_the_picture_is_found(words: EmbeddingsTab) -> None:
    _open(words)
    spot = words.farthest_spot()
    words.click_at(spot.x, spot.y)
    row = words.frame.get_by_role("row", selected=True).filter(has_text=OUTLIER_WORD)
    expect(row).to_be_in_viewport()
    _cell(words, OUTLIER - 1, "word").click()
    expect(words.frame.locator("point-card")).to_contain_text("word398")


def test_shift_extends_control_toggles_and_only_those_are_listed(words: EmbeddingsTab) -> None:
    _open(words)
    _cell(words, 1, "word").click()
    _cell(words, 4, "word").click(modifiers=["Shift"])
    words.expect_text("4 selected")
    _cell(words, 2, "word").click(modifiers=["Control"])
    words.expect_text("3 selected")
    words.frame.get_by_role("checkbox", name="Only selected").click()
    expect(_count(words)).to_have_text(f"3 of {WORDS} rows · only selected")
    expect(_body_rows(words)).to_contain_text(["word001", "word003", "word004"])


def test_keys_walk_the_grid(words: EmbeddingsTab) -> None:
    _open(words)
    words.page.keyboard.press("Control+End")
    active = _active(words)
    expect(active).to_have_text("0")
    expect(active).to_be_in_viewport()
    words.page.keyboard.press("Home")
    words.page.keyboard.press("ArrowRight")
    expect(_active(words)).to_have_text(OUTLIER_WORD)
    words.page.keyboard.press("Enter")
    expect(words.frame.locator("point-card")).to_contain_text(OUTLIER_WORD)
    words.page.keyboard.press("Control+Home")
    words.page.keyboard.press("PageDown")
    words.page.keyboard.press("PageUp")
    words.page.keyboard.press("Space")
    words.page.keyboard.press("ArrowDown")
    words.page.keyboard.press("Space")
    words.expect_text("3 selected")
    words.page.keyboard.press("Shift+ArrowDown")
    words.expect_text("2 selected")


def test_columns_are_chosen_and_moved(words: EmbeddingsTab) -> None:
    _open(words)
    words.button("Columns").click()
    words.frame.get_by_role("button", name="Move count to the left").click()
    expect(words.frame.get_by_role("columnheader")).to_contain_text(["Row", "word", "count", "kind"])
    words.frame.get_by_role("checkbox", name="kind").click()
    expect(words.frame.get_by_role("columnheader")).to_contain_text(["Row", "word", "count"])
    words.frame.get_by_role("checkbox", name="Distance to the selected point").click()
    words.page.keyboard.press("Escape")
    _cell(words, 2, "word").click()
    _head(words, "Distance").click()
    expect(_cell(words, 0, "word")).to_have_text("word002")
    neighbors = words.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE))
    name, distance = neighbors.get_by_role("option").first.inner_text().split()
    expect(_cell(words, 1, "word")).to_have_text(name)
    expect(_cell(words, 1, "Distance")).to_have_text(distance)


def test_its_edge_is_moved_with_keys_and_kept(words: EmbeddingsTab) -> None:
    _open(words)
    edge = words.frame.get_by_role("separator", name="Height of the table")
    before = words.frame.get_by_role("region", name="Table").bounding_box()
    edge.focus()
    for _ in range(3):
        words.page.keyboard.press("ArrowUp")
    after = words.frame.get_by_role("region", name="Table").bounding_box()
    assert before
    assert after
    assert after["height"] == before["height"] + 48


def _open(tab: EmbeddingsTab) -> None:
    tab.picture.focus()
    tab.page.keyboard.press("t")
    expect(_grid(tab)).to_be_visible()


def _grid(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("grid", name="Table")


def _count(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("region", name="Table").get_by_role("status").first


def _head(tab: EmbeddingsTab, name: str) -> Locator:
    return tab.frame.get_by_role("columnheader", name=re.compile(f"^{re.escape(name)}"))


def _body_rows(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("rowgroup").nth(1).get_by_role("row")


def _active(tab: EmbeddingsTab) -> Locator:
    name = _grid(tab).get_attribute("aria-activedescendant")
    assert name
    return tab.frame.locator(f"#{name}")


def _cell(tab: EmbeddingsTab, place: int, column: str) -> Locator:
    """The cell of a row, by its position in the table, and of a column, by name."""
    index = _head(tab, column).get_attribute("aria-colindex")
    return tab.frame.locator(f"[role=row][aria-rowindex='{place + 2}'] [role=gridcell][aria-colindex='{index}']")
