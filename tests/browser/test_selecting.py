"""Selecting and isolating with mouse and keyboard; the selection is compared with the positions on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import Locator, Page, expect
from sklearn.datasets import load_digits
from tensorboard_process import TensorBoardProcess

from .grid import (
    GRID,
    command,
    drag,
    expect_selected,
    find_places,
    find_point,
    in_box,
    leave_only_points,
    middle_of,
    press,
    rows_in_address,
    rows_where,
    section,
)
from .logdirs import OUTLIER_WORD, WORDS, make_word_vectors, word_rows

DIGITS = 1797
ISOLATED = re.compile("Isolated points")


# --- Clicks ---


def test_a_click_selects_the_point_and_its_neighbors(words: EmbeddingsTab) -> None:
    _click_outlier(words)
    expect(section(words)).to_contain_text("101 selected")
    expect(section(words)).to_contain_text(f"«{OUTLIER_WORD}» and 100 neighbors")


def test_what_is_not_selected_is_greyed_and_not_lost(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    press(grid, "b")
    x, y = middle_of(places)
    drag(grid, (x - 60, y - 60), (x + 60, y + 60))
    grid.move_to(30, 30)
    grid.wait_painted(GRID)
    few = in_box(places, x - 60, y - 60, x + 60, y + 60)
    loud = _strength_at(grid, places[few])
    quiet = _strength_at(grid, np.delete(places, few, axis=0))
    assert quiet.max() < 0.6 * loud.min(), "the rest is greyed"
    assert quiet.min() > 4, "none of the rest is lost"


def test_shift_click_adds_a_point_and_takes_it_out_again(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    for row in (17, 40, 66):
        _click(grid, places[row], "Shift")
    expect_selected(grid, [17, 40, 66])
    _click(grid, places[40], "Shift")
    expect_selected(grid, [17, 66])
    expect(section(grid)).to_contain_text("by hand")


def test_a_click_on_nothing_and_escape_clear(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    between = (places[17] + places[18]) / 2
    _click(grid, places[17], "Shift")
    expect_selected(grid, [17])
    _click(grid, between)
    expect_selected(grid, [])
    _click(grid, places[17], "Shift")
    expect_selected(grid, [17])
    press(grid, "Escape")
    expect_selected(grid, [])


# --- Areas ---


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


def test_sphere_grows_from_a_point_outwards(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    center = 41
    press(grid, "o")
    x, y = places[center]
    drag(grid, (x, y), (x + 95, y + 20))
    radius = float(np.hypot(95, 20))
    expect_selected(grid, rows_where(np.hypot(*(places - places[center]).T) <= radius))
    expect(section(grid)).to_contain_text("in a sphere")


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
    _click(grid, places[17], "Shift")
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


def _in_triangle(offset: np.ndarray[Any, Any], across: float, down: float) -> np.ndarray[Any, Any] | None:
    """Which points lie below the upper edge, left of the right one and above the slope; None if one lies on an edge."""
    slope = (offset[:, 0] / across - offset[:, 1] / down) * min(across, down)
    edges = np.stack([offset[:, 1], across - offset[:, 0], slope])
    return None if np.abs(edges).min() < 3 else (edges > 0).all(axis=0)


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


#: Step of an arrow key while an area is drawn.
STEP_PX = 16


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


def test_everything_and_the_others(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    press(grid, "Control+a")
    expect_selected(grid, list(range(GRID)))
    _click(grid, places[5], "Shift")
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


# --- Isolating ---


def test_isolated_digits_are_projected_measured_and_shown_as_themselves(digits: EmbeddingsTab) -> None:
    """For the eights only: variance, neighbors and distances by brute force, labels and images of the same rows."""
    from sklearn.decomposition import PCA

    data = load_digits()
    eights = np.flatnonzero(data.target == 8)
    _search_label(digits, "8", len(eights))
    press(digits, "i")
    expect(digits.status).to_contain_text(f"Showing {len(eights)} of 1,797 points")
    share = PCA().fit(data.data[eights]).explained_variance_ratio_[:3].sum()
    expect(digits.status).to_contain_text(f"{100 * share:.1f} % of variance")
    digits.wait_painted(DIGITS)
    x, y, _ = find_point(digits)
    digits.click_at(x, y)
    card = digits.frame.locator("point-card")
    row = int(re.search(r"row (\d+)", card.locator(".names").inner_text())[1])
    assert row in eights
    expect(card.locator(".name")).to_have_text("8")
    expect(card.get_by_role("img")).to_have_attribute("aria-label", f"Image of row {row}")
    near = _nearest(data.data, row, eights)
    options = _neighbors(digits)
    for position, (other, distance) in enumerate(near[:6]):
        option = options.nth(position)
        expect(option.get_by_role("img")).to_have_attribute("aria-label", f"Image of row {other}")
        expect(option).to_contain_text(f"{distance:.3f}")


def test_isolating_twice_and_going_back_by_the_breadcrumbs(digits: EmbeddingsTab) -> None:
    data = load_digits()
    eights = np.flatnonzero(data.target == 8)
    _search_label(digits, "8", len(eights))
    press(digits, "i")
    expect(digits.status).to_contain_text(f"Showing {len(eights)} of 1,797 points")
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
    words.frame.get_by_role("searchbox").fill("word12")
    expect(section(words)).to_contain_text("10 selected")
    press(words, "i")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    press(words, "Escape")
    expect(words.status).to_contain_text("Showing all 400 points")


def test_selecting_and_inverting_stay_within_the_isolated_points(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("searchbox").fill("word12")
    expect(section(words)).to_contain_text("10 selected")
    press(words, "i")
    expect(words.status).to_contain_text("Showing 10 of 400 points")
    press(words, "Control+a")
    expect_selected(words, list(range(120, 130)))
    press(words, "i")
    words.expect_text("All points are selected: there is nothing to leave out.")


def test_what_cannot_be_isolated_says_why(grid: EmbeddingsTab) -> None:
    press(grid, "i")
    grid.expect_text("Nothing is selected")
    places = find_places(grid)
    _click(grid, places[30], "Shift")
    press(grid, "i")
    grid.expect_text("One point alone has nothing to be compared with")


# --- Helpers ---


def _click_outlier(tab: EmbeddingsTab) -> None:
    leave_only_points(tab)
    spots = tab.spots()
    spot = max(spots[1:], key=lambda one: (one.x - spots[0].x) ** 2 + (one.y - spots[0].y) ** 2)
    tab.click_at(spot.x, spot.y)


def _click(tab: EmbeddingsTab, place: np.ndarray[Any, Any], key: str | None = None) -> None:
    if key is not None:
        tab.page.keyboard.down(key)
    tab.click_at(float(place[0]), float(place[1]))
    if key is not None:
        tab.page.keyboard.up(key)


def _height_of_spots(tab: EmbeddingsTab) -> float:
    heights = [spot.y for spot in tab.spots()]
    return max(heights) - min(heights)


def _strength_at(tab: EmbeddingsTab, places: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """How far the pixel at each position differs from the background."""
    pixels = tab.pixels().astype(int)
    ground = pixels[8, 8]
    x, y = np.round(places).astype(int).T
    kept = (x > 3) & (y > 3) & (x < pixels.shape[1] - 140) & (y < pixels.shape[0] - 140)
    return np.abs(pixels[y[kept], x[kept]] - ground).max(axis=1)


def _search_label(tab: EmbeddingsTab, label: str, count: int) -> None:
    tab.frame.get_by_role("searchbox").fill(label)
    expect(section(tab)).to_contain_text(f"{count} selected")


def _neighbors(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE)).get_by_role("option")


def _nearest(data: np.ndarray[Any, Any], row: int, among: np.ndarray[Any, Any]) -> list[tuple[int, float]]:
    """The rows of `among` by cosine distance from `row`, by brute force in float64."""
    unit = data / np.linalg.norm(data, axis=1, keepdims=True)
    distances = 1 - unit[among] @ unit[row]
    order = np.argsort(distances, kind="stable")
    return [(int(among[at]), float(distances[at])) for at in order if among[at] != row]
