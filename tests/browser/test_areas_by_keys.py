"""Selecting by box, lasso and sphere with the keyboard; compared with the positions on the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect

from .grid import (
    GRID,
    expect_selected,
    find_places,
    in_box,
    leave_only_points,
    name_under,
    press,
    rows_where,
    section,
)

#: Step of an arrow key while an area is drawn.
STEP_PX = 16


def test_a_box_by_keys_begins_in_the_middle_grows_and_is_taken(grid: EmbeddingsTab) -> None:
    press(grid, "ArrowDown")  # The middle line of points lay on the edge of each box.
    grid.wait_painted(GRID)
    places = find_places(grid)
    x, y = _middle_of_picture(grid)
    assert np.abs(places - (x, y)).min() > 2
    across, down = _clear_steps(np.abs(places[:, 0] - x)), _clear_steps(np.abs(places[:, 1] - y))
    first = in_box(places, x, y, x + STEP_PX * across, y + STEP_PX * down)
    second = in_box(places, x - STEP_PX * across, y, x, y + STEP_PX * down)
    assert first
    assert second
    press(grid, "b")
    _press_keys(grid, "Enter", *["ArrowRight"] * across, *["ArrowDown"] * down, "Enter")
    expect_selected(grid, first)
    _press_keys(grid, "Enter", *["ArrowLeft"] * across, "Escape")
    expect_selected(grid, first)
    _press_keys(grid, "Enter", *["ArrowLeft"] * across, *["ArrowDown"] * down, "Shift+Enter")
    expect_selected(grid, sorted({*first, *second}))
    _press_keys(grid, "Enter", *["ArrowRight"] * across, *["ArrowDown"] * down, "Alt+Enter")
    expect_selected(grid, [row for row in second if row not in first])


def test_a_lasso_by_keys_takes_what_its_steps_enclose(grid: EmbeddingsTab) -> None:
    """A triangle: to the right, down, and back to where it began."""
    press(grid, "ArrowDown")  # As above.
    grid.wait_painted(GRID)
    places = find_places(grid)
    x, y = _middle_of_picture(grid)
    steps = range(6, 16)
    across, down, inside = next(
        (across, down, inside)
        for across in steps
        for down in steps
        if (inside := _in_triangle(places - (x, y), STEP_PX * across, STEP_PX * down)) is not None
    )
    assert 0 < inside.sum() < len(in_box(places, x, y, x + STEP_PX * across, y + STEP_PX * down))
    press(grid, "l")
    _press_keys(grid, "Enter", *["ArrowRight"] * across, *["ArrowDown"] * down, "Enter")
    expect_selected(grid, rows_where(inside))
    expect(section(grid)).to_contain_text("by lasso")
    _press_keys(grid, "Enter", *["ArrowLeft"] * across, *["ArrowUp"] * down, "Escape")
    expect_selected(grid, rows_where(inside))
    _press_keys(grid, "Enter", *["ArrowRight"] * across, *["ArrowDown"] * down, "Alt+Enter")
    expect_selected(grid, [])


def test_a_sphere_by_keys_grows_around_the_point_nearest_to_the_middle(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    center = np.argmin(np.hypot(*(places - _middle_of_picture(grid)).T))
    away = np.hypot(*(places - places[center]).T)
    steps = _clear_steps(away)
    press(grid, "o")
    _press_keys(grid, "Enter", *["ArrowUp"] * steps, "Enter")
    expect_selected(grid, rows_where(away < STEP_PX * steps))
    grid.page.keyboard.press("?")
    expect(grid.frame.get_by_role("dialog", name="Keys")).to_contain_text("begin an area, arrows grow it")


def test_a_box_by_keys_in_space_selects_what_is_seen_in_it(grid: EmbeddingsTab) -> None:
    """Seen at an angle: which point a spot is, its card says."""
    grid.frame.get_by_role("radio", name="3-D").click()
    expect(grid.status).to_contain_text("3-D")
    grid.wait_painted(GRID)
    leave_only_points(grid)
    places = np.array([(spot.x, spot.y) for spot in grid.spots()])
    x, y = _middle_of_picture(grid)
    across, down = _clear_steps(np.abs(places[:, 0] - x)), _clear_steps(np.abs(places[:, 1] - y))
    inside = in_box(places, x, y, x + STEP_PX * across, y + STEP_PX * down)
    assert 3 < len(inside) < GRID / 2
    rows = [int(name_under(grid, *places[spot]).removeprefix("p")) for spot in inside]
    _middle_of_picture(grid)
    press(grid, "b")
    _press_keys(grid, "Enter", *["ArrowRight"] * across, *["ArrowDown"] * down, "Enter")
    expect_selected(grid, rows)


def _middle_of_picture(tab: EmbeddingsTab) -> tuple[float, float]:
    """Leaves no point in hand: areas by keys would begin there."""
    tab.move_to(30, 30)
    expect(tab.card.locator(".name")).to_be_hidden()
    box = tab.picture.bounding_box()
    assert box is not None
    return box["width"] / 2, box["height"] / 2


def _clear_steps(distances: np.ndarray[Any, Any]) -> int:
    """A number of steps after which no point lies on the edge."""
    return next(steps for steps in range(6, 16) if np.abs(distances - STEP_PX * steps).min() > 2)


def _press_keys(tab: EmbeddingsTab, *keys: str) -> None:
    tab.picture.focus()
    for key in keys:
        tab.page.keyboard.press(key)


def _in_triangle(offset: np.ndarray[Any, Any], across: float, down: float) -> np.ndarray[Any, Any] | None:
    """Which points lie below the upper edge, left of the right one and above the slope; None if one lies on an edge."""
    slope = (offset[:, 0] / across - offset[:, 1] / down) * min(across, down)
    edges = np.stack([offset[:, 1], across - offset[:, 0], slope])
    return None if np.abs(edges).min() < 3 else (edges > 0).all(axis=0)
