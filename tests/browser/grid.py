"""A run whose points are separate spots on the screen, and user actions in the picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from logdir_builders import write_labeled_run
from playwright.sync_api import Locator, expect

COLUMNS, LINES = 12, 7
GRID = COLUMNS * LINES

Places = np.ndarray[Any, Any]


def make_grid_vectors() -> np.ndarray[Any, Any]:
    """(84, 5): twelve columns of seven points, wider than high, so that the first component runs along the lines."""
    column, line = np.arange(GRID) % COLUMNS, np.arange(GRID) // COLUMNS
    height = np.sin(np.arange(GRID)) / 50
    return np.stack([column * 1.4, line, height, 0 * line, 0 * line + 1], axis=1).astype(np.float32)


def write_grid_run(run: Path) -> Path:
    """Writes the checkpoint `grid`; its points are named p0 to p83, with the number of their line."""
    lines = [(f"p{row}", f"line {row // COLUMNS}") for row in range(GRID)]
    return write_labeled_run(run, [("name", "line"), *lines], grid=make_grid_vectors())


def find_places(tab: EmbeddingsTab) -> Places:
    """(84, 2) screen position of each row. Hovers a few spots for their names; the others follow from the grid."""
    spots = tab.spots()
    assert len(spots) > GRID // 2, "the points cannot be distinguished"
    rows, places = [], []
    for spot in spots[:: len(spots) // 8]:
        rows.append(int(name_under(tab, spot.x, spot.y).removeprefix("p")))
        places.append((spot.x, spot.y))
    known = np.stack([np.arange(GRID) % COLUMNS, np.arange(GRID) // COLUMNS, np.ones(GRID)], axis=1)
    plane, *_ = np.linalg.lstsq(known[rows], np.array(places), rcond=None)
    assert np.abs(known[rows] @ plane - places).max() < 1.5, "a spot is not where its row belongs"
    return known @ plane


def name_under(tab: EmbeddingsTab, x: float, y: float) -> str:
    """The label in the card after the pointer has moved here from an empty spot."""
    name = tab.card.locator(".name")
    tab.move_to(30, 30)
    expect(name).to_be_hidden()
    tab.move_to(x, y)
    expect(name).to_be_visible()
    return name.inner_text()


def command(tab: EmbeddingsTab, words: str) -> None:
    """Runs a command by its name in the palette."""
    tab.frame.get_by_role("application").focus()
    tab.page.keyboard.press("Control+k")
    tab.page.keyboard.type(words)
    tab.page.keyboard.press("Enter")


def leave_only_points(tab: EmbeddingsTab) -> None:
    """Turns labels and axes off, so that only points are drawn."""
    if tab.button("Labels").get_attribute("aria-pressed") == "true":
        tab.button("Labels").click()
    if "showAxes=0" not in tab.page.evaluate("location.hash"):
        command(tab, "axes on or off")
        tab.wait_until(lambda: "showAxes=0" in tab.page.evaluate("location.hash"))
    tab.wait_painted()


def find_point(tab: EmbeddingsTab) -> tuple[float, float, str]:
    """Position and label of some point in the picture."""
    leave_only_points(tab)
    name = tab.card.locator(".name")
    for spot in tab.spots():
        for dx in (0, -5, 5):
            tab.move_to(spot.x + dx, spot.y)
            tab.wait_painted()  # The hover lookup is done.
            if name.is_visible():
                return spot.x + dx, spot.y, name.inner_text()
    raise AssertionError("no point is found under any spot")


def drag(tab: EmbeddingsTab, *corners: tuple[float, float], key: str | None = None) -> None:
    """Presses at the first corner and releases at the last; `key` is held meanwhile."""
    tab.move_to(*corners[0])
    if key is not None:
        tab.page.keyboard.down(key)
    tab.page.mouse.down()
    box = tab.picture.bounding_box() or tab.frame.get_by_role("application").bounding_box()
    assert box is not None
    for x, y in corners[1:]:
        tab.page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    tab.page.mouse.up()
    if key is not None:
        tab.page.keyboard.up(key)


def click(tab: EmbeddingsTab, place: Places, key: str | None = None) -> None:
    """Clicks on a place of the picture; `key` is held meanwhile."""
    if key is not None:
        tab.page.keyboard.down(key)
    tab.click_at(float(place[0]), float(place[1]))
    if key is not None:
        tab.page.keyboard.up(key)


def press(tab: EmbeddingsTab, key: str) -> None:
    tab.frame.get_by_role("application").focus()
    tab.page.keyboard.press(key)


def section(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("region", name="Selection")


def rows_in_address(tab: EmbeddingsTab) -> list[int]:
    """The selected rows in the URL, in the format «1-5,9»."""
    found = re.search(r"p\.embeddings\.selection=([^&]*)", tab.page.evaluate("decodeURIComponent(location.hash)"))
    parts = [part.split("-") for part in found[1].split(",")] if found else []
    return [row for part in parts for row in range(int(part[0]), int(part[-1]) + 1)]


def expect_selected(tab: EmbeddingsTab, rows: np.ndarray[Any, Any] | list[int]) -> None:
    """Exactly these rows are selected, by the count in the section and by the URL."""
    expected = sorted(int(row) for row in rows)
    if expected:
        expect(section(tab)).to_contain_text(f"{len(expected):,} selected")
    else:
        expect(section(tab)).to_be_hidden()
    tab.wait_until(lambda: rows_in_address(tab) == expected)


def rows_where(inside: np.ndarray[Any, Any]) -> list[int]:
    return [int(row) for row in np.flatnonzero(inside)]


def in_box(places: Places, x0: float, y0: float, x1: float, y1: float) -> list[int]:
    x, y = places.T
    return rows_where((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1))


def middle_of(places: Places) -> tuple[float, float]:
    x, y = places.mean(axis=0)
    return float(x), float(y)
