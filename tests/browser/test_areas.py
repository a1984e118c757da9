"""Selecting by box, lasso and sphere with the mouse; the selection is compared with the positions on the screen."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect

from .grid import (
    COLUMNS,
    GRID,
    click,
    drag,
    expect_selected,
    find_places,
    find_point,
    in_box,
    leave_only_points,
    middle_of,
    name_under,
    press,
    rows_in_address,
    rows_where,
    section,
)
from .logdirs import WORDS, make_word_vectors


def test_box_selects_what_lies_in_it_adds_with_shift_and_takes_out_with_alt(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    x, y = middle_of(places)
    first = (x - 150, y - 90, x + 10, y + 60)
    second = (x - 30, y - 10, x + 140, y + 120)
    third = (x - 60, y - 40, x + 60, y + 50)
    press(grid, "b")
    drag(grid, first[:2], first[2:])
    expected = set(in_box(places, *first))
    assert 4 < len(expected) < GRID
    expect_selected(grid, list(expected))
    expect(section(grid)).to_contain_text("by box")
    drag(grid, second[2:], second[:2], key="Shift")
    expected |= set(in_box(places, *second))
    expect_selected(grid, list(expected))
    drag(grid, third[:2], third[2:], key="Alt")
    expected -= set(in_box(places, *third))
    expect_selected(grid, list(expected))


def test_lasso_selects_what_it_goes_around(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    x, y = middle_of(places)
    press(grid, "l")
    corners = [(x, y - 121.0), (x + 173.0, y), (x, y + 121.0), (x - 173.0, y)]
    drag(grid, *corners, (x - 10, y - 114.0))
    offset = np.abs(places - (x, y))
    expected = rows_where(offset[:, 0] / 173 + offset[:, 1] / 121 <= 1)
    assert 4 < len(expected) < GRID
    expect_selected(grid, expected)
    expect(section(grid)).to_contain_text("by lasso")


def test_an_area_takes_only_what_the_filters_leave(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    x, y = middle_of(places)
    grid.choose("Color by", "line")
    grid.frame.get_by_role("group", name="Values of line").get_by_role("button", name=re.compile("^line 3")).click()
    box = (x - 150, y - 90, x + 150, y + 90)
    in_line = [row for row in in_box(places, *box) if row // COLUMNS == 3]
    assert 2 < len(in_line) < COLUMNS
    press(grid, "b")
    drag(grid, box[:2], box[2:])
    expect_selected(grid, in_line)


def test_sphere_grows_outward_from_a_point(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    center = 41
    press(grid, "o")
    x, y = places[center]
    drag(grid, (x, y), (x + 95, y + 20))
    radius = float(np.hypot(95, 20))
    expect_selected(grid, rows_where(np.hypot(*(places - places[center]).T) <= radius))
    expect(section(grid)).to_contain_text("in a sphere")


def test_box_and_lasso_in_space_select_what_is_seen_in_them(grid: EmbeddingsTab) -> None:
    """Seen at an angle: which point a spot is, its card says."""
    grid.frame.get_by_role("radio", name="3-D").click()
    expect(grid.status).to_contain_text("3-D")
    grid.wait_painted(GRID)
    leave_only_points(grid)
    spots = grid.spots()
    assert GRID - 3 < len(spots) <= GRID, "the points cannot be distinguished"  # A few are under the legend.
    places = np.array([(spot.x, spot.y) for spot in spots])
    x, y = middle_of(places)
    dx, dy = np.abs(places - (x, y)).T
    from_box, from_rhomb = np.maximum(dx / 110, dy / 60), dx / 150 + dy / 90
    box, rhomb = _clear_of(from_box), _clear_of(from_rhomb)
    in_a_box, in_a_rhomb = from_box <= box, from_rhomb <= rhomb
    rows = {at: int(name_under(grid, *places[at])[1:]) for at in np.flatnonzero(in_a_box | in_a_rhomb)}
    assert 4 < in_a_box.sum() < GRID
    press(grid, "b")
    drag(grid, (x - 110 * box, y - 60 * box), (x + 110 * box, y + 60 * box))
    expect_selected(grid, [rows[at] for at in np.flatnonzero(in_a_box)])
    expect(section(grid)).to_contain_text("by box")
    press(grid, "l")
    a, b = 150 * rhomb, 90 * rhomb
    drag(grid, (x, y - b), (x + a, y), (x, y + b), (x - a, y), (x - 0.1 * a, y - 0.9 * b))
    expect_selected(grid, [rows[at] for at in np.flatnonzero(in_a_rhomb)])
    expect(section(grid)).to_contain_text("by lasso")


def test_sphere_in_space_holds_the_nearest_in_space(words: EmbeddingsTab) -> None:
    """For any radius, no other point is nearer in the three components than a selected one."""
    from sklearn.decomposition import PCA

    verbs = np.arange(1, WORDS, 3)
    words.choose("Column to search in", "kind")
    words.frame.get_by_role("searchbox").fill("verb")
    expect(section(words)).to_contain_text(f"{len(verbs)} selected")
    press(words, "i")
    expect(words.status).to_contain_text(f"Showing {len(verbs)} of 400 points")
    words.wait_painted(WORDS)
    assert _height_of_spots(words) > 200, "the isolated points do not fill the picture"
    x, y, name = find_point(words)
    press(words, "o")
    drag(words, (x, y), (x + 70, y))
    words.wait_until(lambda: len(rows_in_address(words)) > 1)
    selected = np.isin(verbs, rows_in_address(words))
    places = PCA(3).fit_transform(make_word_vectors()[verbs].astype(np.float64))
    away = np.linalg.norm(places - places[verbs == int(name.removeprefix("word"))], axis=1)
    assert 1 < selected.sum() < len(verbs)
    assert away[selected].max() <= away[~selected].min() * (1 + 1e-3)


def test_escape_gives_up_an_area_and_brings_back_what_was_selected(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    x, y = middle_of(places)
    click(grid, places[17], "Shift")
    expect_selected(grid, [17])
    press(grid, "b")
    grid.move_to(x - 100, y - 100)
    grid.page.mouse.down()
    grid.move_to(x + 100, y + 100)
    expect(section(grid)).not_to_contain_text("1 selected by hand")
    grid.page.keyboard.press("Escape")
    grid.page.mouse.up()
    expect_selected(grid, [17])


def test_tools_are_chosen_by_mouse_and_by_key(grid: EmbeddingsTab) -> None:
    tools = grid.frame.get_by_role("radiogroup", name="Tool")
    for key, name in (("b", "Box"), ("l", "Lasso"), ("o", "Sphere"), ("v", "Select")):
        press(grid, key)
        expect(tools.get_by_role("radio", name=name)).to_be_checked()
    tools.get_by_role("radio", name="Lasso").click()
    expect(tools.get_by_role("radio", name="Lasso")).to_be_checked()
    press(grid, "Escape")
    expect(tools.get_by_role("radio", name="Select")).to_be_checked()


def _clear_of(sizes: np.ndarray[Any, Any]) -> float:
    """About 1, and as far from all sizes as it can be: no point lies on the outline."""
    near = np.sort(sizes[(sizes > 0.7) & (sizes < 1.3)])
    at = int(np.diff(near).argmax())
    return float(near[at : at + 2].mean())


def _height_of_spots(tab: EmbeddingsTab) -> float:
    heights = [spot.y for spot in tab.spots()]
    return max(heights) - min(heights)
