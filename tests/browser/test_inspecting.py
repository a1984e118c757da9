"""The inspector as a user operates it: search, lists of points, the card, and sums of points."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from chromium_browser import plugin_frame
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, expect
from sklearn.datasets import load_digits

from .logdirs import KINDS, WORDS, make_word_vectors, word_rows

Vector = np.ndarray[Any, Any]


def test_the_count_follows_what_is_typed_and_how(words: EmbeddingsTab) -> None:
    _search(words, "WORD12")
    _expect_count(words, f"10 of {WORDS}")
    words.button("Match case").click()
    _expect_count(words, f"0 of {WORDS}")
    words.button("Match case").click()
    words.button("Exact").click()
    _expect_count(words, f"0 of {WORDS}")
    _search(words, "word127")
    _expect_count(words, f"1 of {WORDS}")
    words.button("Regular expression").click()
    _search(words, "^word1.[37]$")
    _expect_count(words, f"20 of {WORDS}")
    expect(words.button("Exact")).to_have_attribute("aria-pressed", "false")


def test_another_column_or_all_are_searched(words: EmbeddingsTab) -> None:
    of_kind = [row for row, (_, kind, _) in enumerate(word_rows()) if kind == KINDS[1]]
    _search(words, KINDS[1])
    _expect_count(words, f"0 of {WORDS}")
    words.choose("Column to search in", "kind")
    _expect_count(words, f"{len(of_kind)} of {WORDS}")
    words.choose("Column to search in", "all columns")
    _search(words, "144")
    expected = [row for row, cells in enumerate(word_rows()) if any("144" in str(cell) for cell in cells)]
    _expect_count(words, f"{len(expected)} of {WORDS}")


def test_an_expression_that_is_invalid_is_reported_beside_the_field(words: EmbeddingsTab) -> None:
    words.button("Regular expression").click()
    _search(words, "word(")
    expect(words.frame.get_by_role("alert")).to_contain_text("Invalid regular expression: unterminated group.")
    expect(_field(words)).to_have_attribute("aria-invalid", "true")
    words.button("Look for it as text").click()
    _expect_count(words, f"0 of {WORDS}")


def test_an_expression_that_runs_forever_is_stopped(words: EmbeddingsTab) -> None:
    words.choose("Column to search in", "word")
    words.button("Regular expression").click()
    _search(words, "(" * 14 + ".+" + ")+" * 14 + "!")
    expect(words.frame.get_by_role("alert")).to_contain_text("was stopped")
    _search(words, "word12")
    _expect_count(words, f"10 of {WORDS}")


def test_enter_walks_along_the_matches_and_they_become_the_selection(words: EmbeddingsTab) -> None:
    _field(words).focus()
    words.page.keyboard.type("word12")
    words.page.keyboard.press("Enter")  # Before the response arrives.
    _expect_count(words, f"1 / 10 of {WORDS}")
    words.page.keyboard.press("Enter")
    _expect_count(words, f"2 / 10 of {WORDS}")
    expect(words.frame.locator("point-card")).to_contain_text("word121")
    words.page.keyboard.press("Shift+Enter")
    words.page.keyboard.press("Shift+Enter")
    _expect_count(words, f"10 / 10 of {WORDS}")
    words.frame.locator("match-list").get_by_role("button", name="Select").click()
    words.expect_text("10 selected")
    expect(_field(words)).to_have_value("word12")


def test_the_search_is_in_the_address(words: EmbeddingsTab) -> None:
    words.choose("Column to search in", "kind")
    words.button("Exact").click()
    words.button("Match case").click()
    _search(words, KINDS[0])
    _expect_count(words, re.compile(rf"of {WORDS}"))
    said = _count(words).inner_text()
    words.wait_until(lambda: "searchMode=exact" in words.page.url)
    other_page = words.page.context.new_page()
    other_page.goto(words.page.url)
    again = EmbeddingsTab(plugin_frame(other_page, "embeddings"))
    again.wait_painted(WORDS)
    expect(_field(again)).to_have_value(KINDS[0])
    _expect_count(again, said)
    expect(again.button("Match case")).to_have_attribute("aria-pressed", "true")


def _field(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("searchbox")


def _search(tab: EmbeddingsTab, text: str) -> None:
    _field(tab).fill(text)


def _count(tab: EmbeddingsTab) -> Locator:
    return tab.frame.locator("search-field").get_by_role("status")


def _expect_count(tab: EmbeddingsTab, words: str | re.Pattern[str]) -> None:
    expect(_count(tab)).to_have_text(words)


def test_neighbors_have_a_bar_and_a_number_and_any_count(words: EmbeddingsTab) -> None:
    _select(words, "word127")
    rows = _list(words, "Nearest neighbors")
    near, distances = _nearest_to(make_word_vectors()[127], "cosine", without=[127])
    for place in range(3):
        expect(rows.nth(place)).to_contain_text(word_rows()[near[place]][0])
        expect(rows.nth(place)).to_contain_text(f"{distances[near[place]]:.3f}")
    words.expect_text("Exact cosine distance · 16 dims as stored")
    count = words.frame.get_by_label("Number of neighbors, typed")
    count.fill("7")
    count.press("Enter")
    expect(rows).to_have_count(7)
    count.fill("100000")
    count.press("Enter")
    expect(count).to_have_value(str(WORDS - 1))
    words.frame.get_by_role("radio", name="Euclidean").click()
    words.expect_text("Exact euclidean distance · 16 dims as stored")
    near, distances = _nearest_to(make_word_vectors()[127], "euclidean", without=[127])
    for place in range(3):
        expect(rows.nth(place)).to_contain_text(word_rows()[near[place]][0])
        expect(rows.nth(place)).to_contain_text(f"{distances[near[place]]:.3f}")
    words.frame.get_by_role("radio", name="Dot").click()
    words.expect_text("Exact dot product · 16 dims")
    near, distances = _nearest_to(make_word_vectors()[127], "dot", without=[127])
    expect(rows.first).to_contain_text(word_rows()[near[0]][0])
    words.frame.get_by_role("listbox", name="Nearest neighbors").focus()
    words.page.keyboard.press("ArrowDown")
    words.page.keyboard.press("ArrowDown")
    words.page.keyboard.press("Enter")
    expect(words.frame.locator("point-card")).to_contain_text(word_rows()[near[1]][0])


def test_a_thousand_neighbors_are_listed_to_the_last(digits: EmbeddingsTab) -> None:
    """Distances by brute force; the nearest has the shortest bar, the last one that fills its track."""
    vectors = load_digits().data
    _search(digits, "7")
    _field(digits).press("Enter")
    expect(digits.frame.locator("point-card")).to_contain_text("7")
    _search(digits, "")
    count = digits.frame.get_by_label("Number of neighbors, typed")
    count.fill("1000")
    count.press("Enter")
    lengths = np.linalg.norm(vectors, axis=1)
    distances = np.sort(1 - vectors @ vectors[7] / lengths / lengths[7])
    neighbors = _list(digits, "Nearest neighbors")
    expect(neighbors.first).to_have_attribute("aria-setsize", "1000")
    expect(neighbors.first.locator(".value")).to_have_text(f"{distances[1]:.3f}")
    digits.frame.get_by_role("listbox", name="Nearest neighbors").focus()
    digits.page.keyboard.press("End")
    last = digits.frame.locator("[role=option][aria-posinset='1000']")
    expect(last.locator(".value")).to_have_text(f"{distances[1000]:.3f}")
    bar, track = last.locator(".bar").bounding_box(), last.locator(".track").bounding_box()
    assert bar is not None
    assert track is not None
    assert abs(bar["width"] - track["width"]) < 1


def test_the_list_points_at_what_the_pointer_is_on(words: EmbeddingsTab) -> None:
    _select(words, "word127")
    _list(words, "Nearest neighbors").nth(1).hover()
    near, _ = _nearest_to(make_word_vectors()[127], "cosine", without=[127])
    expect(words.card).to_contain_text(word_rows()[near[1]][0])


def test_neighbors_of_a_typed_sum(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("application").focus()
    words.page.keyboard.press("e")
    words.page.keyboard.type("word005 - word007 + word012")
    words.page.keyboard.press("Enter")
    expected = _sum_of(5, -7, 12)
    _expect_sum(words, expected, without=[5, 7, 12])
    words.page.keyboard.type("- nowhere")
    words.page.keyboard.press("Enter")
    words.expect_text("No point is labeled «nowhere».")
    words.page.keyboard.press("Escape")
    words.page.keyboard.type("+ word013")
    words.page.keyboard.press("Enter")
    _expect_sum(words, _sum_of(5, -7, 12, 13), without=[5, 7, 12, 13])
    words.page.keyboard.press("Backspace")
    _expect_sum(words, expected, without=[5, 7, 12])


def test_terms_are_turned_around_normalized_taken_out_and_undone(words: EmbeddingsTab) -> None:
    _select(words, "word005")
    words.frame.locator("point-card").get_by_role("button", name="Add to the sum").click()
    words.button("word005 is added: subtract it instead").click()
    _expect_sum(words, _sum_of(-5), without=[5])
    near, _ = _nearest_to(_sum_of(-5), "cosine", without=[5])
    rows = words.frame.get_by_role("listbox", name="Nearest to the sum")
    rows.focus()
    words.page.keyboard.press("ArrowDown")
    words.page.keyboard.press("+")
    vectors = make_word_vectors().astype(np.float64)
    _expect_sum(words, vectors[near[0]] - vectors[5], without=[5, near[0]])
    words.frame.get_by_role("checkbox", name="Normalize").check()
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    _expect_sum(words, unit[near[0]] - unit[5], without=[5, near[0]])
    words.frame.get_by_role("application").focus()
    words.page.keyboard.press("Control+z")
    _expect_sum(words, vectors[near[0]] - vectors[5], without=[5, near[0]])
    words.button("Take word005 out").click()
    _expect_sum(words, vectors[near[0]], without=[near[0]])
    words.button("Clear the sum").click()
    expect(rows).to_have_count(0)


def test_a_sum_is_in_the_address(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("application").focus()
    words.page.keyboard.press("e")
    words.page.keyboard.type("word005 - word007")
    words.page.keyboard.press("Enter")
    _expect_sum(words, _sum_of(5, -7), without=[5, 7])
    words.wait_until(lambda: "terms=" in words.page.url)
    other_page = words.page.context.new_page()
    other_page.goto(words.page.url)
    again = EmbeddingsTab(plugin_frame(other_page, "embeddings"))
    again.wait_painted(WORDS)
    _expect_sum(again, _sum_of(5, -7), without=[5, 7])


def _select(tab: EmbeddingsTab, word: str) -> None:
    """Selects by search, then clears the search."""
    _search(tab, word)
    _expect_count(tab, f"1 of {WORDS}")
    _field(tab).press("Enter")
    _search(tab, "")
    expect(tab.frame.locator("point-card")).to_contain_text(word)


def _list(tab: EmbeddingsTab, name: str) -> Locator:
    return tab.frame.get_by_role("listbox", name=name).get_by_role("option")


def _sum_of(*signed_rows: int) -> Vector:
    vectors = make_word_vectors().astype(np.float64)
    return np.sum([np.sign(row) * vectors[abs(row)] for row in signed_rows], axis=0)


def _nearest_to(query: Vector, metric: str, without: list[int]) -> tuple[list[int], Vector]:
    """Rows, nearest first; and the distance or the dot product of each row."""
    vectors, query = make_word_vectors().astype(np.float64), np.asarray(query, np.float64)
    products = vectors @ query
    measured = {
        "cosine": 1 - products / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query),
        "euclidean": np.linalg.norm(vectors - query, axis=1),
        "dot": products,
    }[metric]
    order = np.argsort(-measured if metric == "dot" else measured, kind="stable")
    return [int(row) for row in order if row not in without], measured


def _expect_sum(tab: EmbeddingsTab, query: Vector, without: list[int]) -> None:
    """The list of the sum holds numpy's nearest rows, without the rows that were added or subtracted."""
    near, distances = _nearest_to(query, "cosine", without)
    rows = _list(tab, "Nearest to the sum")
    for place in range(4):
        expect(rows.nth(place)).to_contain_text(word_rows()[near[place]][0])
        expect(rows.nth(place)).to_contain_text(f"{distances[near[place]]:.3f}")
