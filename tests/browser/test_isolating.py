"""Isolating the selected points, and the ways back."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, expect
from sklearn.datasets import load_digits

from .grid import click, expect_selected, find_places, find_point, press, section
from .logdirs import word_rows
from .projecting import run_layout, stop_layout, wait_for_iteration

DIGITS = 1797
ISOLATED = re.compile("Isolated points")


def test_isolated_digits_are_projected_measured_and_shown_as_themselves(digits: EmbeddingsTab) -> None:
    """For the eights only: variance, neighbors and distances by brute force, labels and images of the same rows."""
    from sklearn.decomposition import PCA

    data = load_digits()
    eights = np.flatnonzero(data.target == 8)
    _isolate(digits, "8", len(eights), of="1,797")
    share = PCA().fit(data.data[eights]).explained_variance_ratio_[:3].sum()
    expect(digits.status).to_contain_text(f"{100 * share:.1f} % of variance")
    digits.wait_painted(DIGITS)
    x, y, _ = find_point(digits)
    digits.click_at(x, y)
    card = digits.frame.locator("point-card")
    row = _row_on(card)
    assert row in eights
    expect(card.locator(".name")).to_have_text("8")
    expect(card.get_by_role("img")).to_have_attribute("aria-label", f"Image of row {row}")
    near = _nearest(data.data, row, eights)
    options = _neighbors(digits)
    for position, (other, distance) in enumerate(near[:6]):
        option = options.nth(position)
        expect(option.get_by_role("img")).to_have_attribute("aria-label", f"Image of row {other}")
        expect(option).to_contain_text(f"{distance:.3f}")


def test_tsne_of_isolated_digits_moves_them_alone(digits: EmbeddingsTab) -> None:
    data = load_digits()
    eights = np.flatnonzero(data.target == 8)
    _isolate(digits, "8", len(eights), of="1,797")
    digits.wait_painted(DIGITS)
    before = digits.pixels()
    layout = run_layout(digits, "t-SNE")
    wait_for_iteration(digits, layout, 250)
    stop_layout(digits)
    digits.wait_painted(DIGITS)
    assert (digits.pixels() != before).any(axis=2).mean() > 0.005, "nothing has moved"
    expect(digits.status).to_contain_text(f"Showing {len(eights)} of 1,797 points")
    expect(digits.status).to_contain_text("t-SNE")
    x, y, _ = find_point(digits)
    digits.click_at(x, y)
    row = _row_on(digits.frame.locator("point-card"))
    assert row in eights
    options = _neighbors(digits)
    for position, (other, distance) in enumerate(_nearest(data.data, row, eights)[:6]):
        expect(options.nth(position).get_by_role("img")).to_have_attribute("aria-label", f"Image of row {other}")
        expect(options.nth(position)).to_contain_text(f"{distance:.3f}")


def test_isolating_twice_and_going_back_by_the_breadcrumbs(digits: EmbeddingsTab) -> None:
    data = load_digits()
    eights = np.flatnonzero(data.target == 8)
    _isolate(digits, "8", len(eights), of="1,797")
    digits.wait_painted(DIGITS)
    x, y, _ = find_point(digits)
    digits.click_at(x, y)
    expect(section(digits)).to_contain_text("101 selected")
    section(digits).get_by_role("button", name="Isolate").click()
    expect(digits.status).to_contain_text("Showing 101 of 1,797 points")
    trail = digits.frame.get_by_role("navigation", name=ISOLATED)
    expect(trail.get_by_role("listitem")).to_have_count(3)
    trail.get_by_role("button").nth(1).click()
    expect(digits.status).to_contain_text(f"Showing {len(eights)} of 1,797 points")
    trail.get_by_role("button", name="All 1,797").click()
    expect(digits.status).to_contain_text("Showing all 1,797 points")
    expect(trail).to_be_hidden()
    digits.wait_painted(DIGITS)


def test_escape_leads_back_from_isolated_points(words: EmbeddingsTab) -> None:
    _isolate(words, "word12", 10, of="400")
    press(words, "Escape")
    expect(words.status).to_contain_text("Showing all 400 points")


def test_selecting_and_inverting_stay_within_the_isolated_points(words: EmbeddingsTab) -> None:
    _isolate(words, "word12", 10, of="400")
    press(words, "Control+a")
    expect_selected(words, list(range(120, 130)))
    press(words, "i")
    words.expect_text("All points are selected: there is nothing to leave out.")


def test_the_legend_counts_the_isolated_points(words: EmbeddingsTab) -> None:
    kinds = Counter(kind for _, kind, _ in word_rows()[120:130])
    legend = words.frame.get_by_role("region", name="Legend: kind")
    whole = legend.get_by_role("button", name=re.compile(r"\d$")).all_inner_texts()
    _isolate(words, "word12", 10, of="400")
    for kind, count in kinds.items():
        expect(legend.get_by_role("button", name=re.compile(rf"^{kind}\s*{count}$"))).to_be_visible()
    expect(legend.get_by_role("button", name=re.compile(r"\d$"))).to_have_count(len(kinds))
    press(words, "Escape")
    expect(legend.get_by_role("button", name=re.compile(r"\d$"))).to_have_text(whole, use_inner_text=True)


def test_what_cannot_be_isolated_says_why(grid: EmbeddingsTab) -> None:
    press(grid, "i")
    grid.expect_text("Nothing is selected")
    places = find_places(grid)
    click(grid, places[30], "Shift")
    press(grid, "i")
    grid.expect_text("One point alone has nothing to be compared with")


def _isolate(tab: EmbeddingsTab, text: str, count: int, *, of: str) -> None:
    """Searches for `text`, and isolates its `count` matches."""
    tab.frame.get_by_role("searchbox").fill(text)
    expect(section(tab)).to_contain_text(f"{count} selected")
    press(tab, "i")
    expect(tab.status).to_contain_text(f"Showing {count} of {of} points")


def _row_on(card: Locator) -> int:
    """«row 1,596»"""
    found = re.search(r"row ([\d,]+)", card.locator(".names").inner_text())
    assert found is not None
    return int(found[1].replace(",", ""))


def _neighbors(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE)).get_by_role("option")


def _nearest(data: np.ndarray[Any, Any], row: int, among: np.ndarray[Any, Any]) -> list[tuple[int, float]]:
    """The rows of `among` by cosine distance from `row`, by brute force in float64."""
    unit = data / np.linalg.norm(data, axis=1, keepdims=True)
    distances = 1 - unit[among] @ unit[row]
    order = np.argsort(distances, kind="stable")
    return [(int(among[at]), float(distances[at])) for at in order if among[at] != row]
