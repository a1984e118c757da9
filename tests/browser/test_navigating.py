"""Navigation in the picture by mouse, touch and keyboard; the picture itself shows where the points are afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
from embeddings_tab import EmbeddingsTab
from pixels import read_pixels
from playwright.sync_api import Locator, Page, expect

from .grid import (
    COLUMNS,
    GRID,
    command,
    drag,
    expect_selected,
    find_places,
    leave_only_points,
    name_under,
    press,
    section,
)

ROW = 41
RIGHT, LEFT, UP, DOWN = "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"


# --- By mouse ---


def test_the_wheel_zooms_at_the_pointer(grid: EmbeddingsTab) -> None:
    x, y = find_places(grid)[ROW]
    grid.move_to(x, y)
    grid.page.mouse.wheel(0, -400)
    grid.wait_until(lambda: _gap(grid) > 90)
    assert name_under(grid, x, y) == f"p{ROW}"
    grid.page.mouse.wheel(0, 400)
    grid.wait_until(lambda: _gap(grid) < 70)
    assert name_under(grid, x, y) == f"p{ROW}"


def test_a_drag_moves_the_plane(grid: EmbeddingsTab) -> None:
    x, y = find_places(grid)[ROW]
    drag(grid, (x + 20, y + 20), (x + 80, y - 35))
    grid.wait_painted(GRID)
    assert name_under(grid, x + 60, y - 55) == f"p{ROW}"


def test_a_drag_turns_space_and_with_shift_moves_it(words: EmbeddingsTab) -> None:
    leave_only_points(words)
    before = _spread(words)
    drag(words, (300, 300), (420, 330))
    words.wait_until(lambda: not np.allclose(_spread(words), before, atol=4))
    words.wait_painted()
    turned, place = _spread(words), words.spots()[0]
    drag(words, (300, 300), (340, 280), key="Shift")
    words.wait_painted()
    moved = words.spots()[0]
    # In perspective, the outlier behind moves by less than the clouds.
    assert np.allclose(_spread(words), turned, atol=4), "what is moved is not turned"
    assert np.allclose([moved.x - place.x, moved.y - place.y], [40, -20], atol=6)
    drag(words, (340, 280), (300, 300), key="Control")
    words.wait_painted()
    back = words.spots()[0]
    assert np.allclose([back.x, back.y], [place.x, place.y], atol=6), "Ctrl swaps turning and moving"


def test_the_wheel_comes_nearer_in_space(words: EmbeddingsTab) -> None:
    leave_only_points(words)
    words.move_to(60, 60)  # No point lies there, so that no card covers any.
    before = _spread(words)
    words.page.mouse.wheel(0, -120)
    words.wait_until(lambda: _spread(words)[1] > 1.2 * before[1])  # Sideways, the point far away leaves the window.
    words.page.mouse.wheel(0, 120)
    words.wait_until(lambda: np.allclose(_spread(words), before, atol=1))


def test_arrows_turn_space_and_home_turns_it_back(words: EmbeddingsTab) -> None:
    leave_only_points(words)
    before = _spread(words)
    for _ in range(3):
        press(words, RIGHT)
    press(words, UP)
    words.wait_until(lambda: not np.allclose(_spread(words), before, atol=4))
    words.button("Reset view").click()
    words.wait_until(lambda: np.allclose(_spread(words), before, atol=1))


def test_reset_brings_everything_back(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    drag(grid, (300, 300), (200, 250))
    grid.move_to(*places[ROW])
    grid.page.mouse.wheel(0, -300)
    grid.wait_until(lambda: _gap(grid) > 70)
    grid.button("Reset view").click()
    grid.wait_until(lambda: np.allclose(find_places(grid), places, atol=1.5))


def test_flies_to_the_selection(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    press(grid, "b")
    x, y = places[ROW]
    drag(grid, (x - 30, y - 20), (x + 90, y + 60))
    rows = [row for row in range(GRID) if -30 <= places[row][0] - x <= 90 and -20 <= places[row][1] - y <= 60]
    expect_selected(grid, rows)
    press(grid, "f")
    grid.move_to(30, 30)
    grid.wait_painted(GRID)

    def is_there() -> bool:
        """Only the selection fills the window; the legend may cover one of its points."""
        seen = [spot.x for spot in grid.spots() if spot.pixels > 60]
        return len(rows) - 1 <= len(seen) <= len(rows) and max(seen) - min(seen) > 250

    grid.wait_until(is_there)


# --- By touch ---


def test_two_fingers_zoom_where_they_are(grid: EmbeddingsTab) -> None:
    x, y = find_places(grid)[ROW]
    gap = _gap(grid)
    _touch(grid, [[(x - 40, y), (x + 40, y)], [(x - 60, y), (x + 60, y)], [(x - 80, y), (x + 80, y)]])
    grid.wait_until(lambda: abs(_gap(grid) / gap - 2) < 0.1)
    assert name_under(grid, x, y) == f"p{ROW}"


def test_two_fingers_move_the_plane(grid: EmbeddingsTab) -> None:
    x, y = find_places(grid)[ROW]
    _touch(
        grid, [[(x - 40, y), (x + 40, y)], [(x - 10, y + 15), (x + 70, y + 15)], [(x + 20, y + 30), (x + 100, y + 30)]]
    )
    grid.wait_painted(GRID)
    assert name_under(grid, x + 60, y + 30) == f"p{ROW}"


def test_one_finger_moves_the_plane_and_a_tap_selects(grid: EmbeddingsTab) -> None:
    x, y = find_places(grid)[ROW]
    _touch(grid, [[(x + 20, y + 20)], [(x + 50, y + 40)], [(x + 80, y + 60)]])
    grid.wait_painted(GRID)
    assert name_under(grid, x + 60, y + 40) == f"p{ROW}"
    _touch(grid, [[(x + 60, y + 40)]])
    expect(section(grid)).to_contain_text(f"«p{ROW}» and {GRID - 1} neighbors")


# --- The minimap ---


def test_the_minimap_is_there_while_not_everything_is_seen(grid: EmbeddingsTab) -> None:
    expect(_minimap(grid)).to_be_hidden()
    press(grid, "+")
    press(grid, "+")
    expect(_minimap(grid)).to_be_visible()
    expect(_minimap(grid)).to_have_attribute("aria-hidden", "true")
    press(grid, "r")
    expect(_minimap(grid)).to_be_hidden()


def test_a_press_on_the_minimap_goes_there_and_a_drag_goes_along(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    corner = int(np.argmin(places.sum(axis=1)))
    opposite = int(np.argmax(places.sum(axis=1)))
    for _ in range(6):
        press(grid, "+")
    expect(_minimap(grid)).to_be_visible()
    grid.wait_painted(GRID)
    box = _minimap(grid).bounding_box()
    assert box is not None
    left, top, right, bottom = box["x"] + 1, box["y"] + 1, box["x"] + box["width"] - 1, box["y"] + box["height"] - 1
    grid.page.mouse.click(left, top)
    grid.wait_painted(GRID)
    assert _name_in_the_middle(grid) == f"p{corner}"
    grid.page.mouse.move(left, top)
    grid.page.mouse.down()
    grid.page.mouse.move(right, bottom, steps=8)
    grid.page.mouse.up()
    grid.wait_painted(GRID)
    assert _name_in_the_middle(grid) == f"p{opposite}"


def test_the_minimap_can_be_switched_off_by_name(grid: EmbeddingsTab) -> None:
    press(grid, "+")
    press(grid, "+")
    expect(_minimap(grid)).to_be_visible()
    command(grid, "minimap")
    expect(_minimap(grid)).to_be_hidden()
    grid.wait_until(lambda: "showMinimap=0" in grid.page.evaluate("location.hash"))


# --- Automatic rotation ---


def test_turns_slowly_until_somebody_takes_hold(words: EmbeddingsTab) -> None:
    turn = words.button("Turn slowly")
    turn.click()
    expect(turn).to_have_attribute("aria-pressed", "true")
    _wait_until_it_moves(words)
    box = words.frame.get_by_role("application").bounding_box()
    assert box is not None
    words.page.mouse.move(box["x"] + 100, box["y"] + 100)
    words.page.mouse.down()
    expect(turn).to_have_attribute("aria-pressed", "false")
    words.page.mouse.up()
    words.wait_painted()
    assert _stands_still(words)


def test_turning_starts_and_stops_by_key_and_by_name(words: EmbeddingsTab) -> None:
    press(words, "Shift+R")
    expect(words.button("Turn slowly")).to_have_attribute("aria-pressed", "true")
    _wait_until_it_moves(words)
    press(words, LEFT)
    expect(words.button("Turn slowly")).to_have_attribute("aria-pressed", "false")
    words.frame.get_by_role("radio", name="2-D").click()
    expect(words.button("Turn slowly")).to_be_hidden()
    command(words, "turn slowly")
    expect(words.status).to_contain_text("PCA 3-D")
    expect(words.button("Turn slowly")).to_have_attribute("aria-pressed", "true")


def test_nothing_turns_for_whoever_wants_less_motion(page: Page, words: EmbeddingsTab) -> None:
    page.emulate_media(reduced_motion="reduce")
    tab = words.reopened()
    tab.wait_painted()
    expect(tab.button("Turn slowly")).to_be_disabled()
    press(tab, "Shift+R")
    tab.wait_painted()
    assert _stands_still(tab)


# --- By keys ---


def test_keys_zoom_and_move(grid: EmbeddingsTab) -> None:
    gap = _gap(grid)
    press(grid, "+")
    grid.wait_until(lambda: abs(_gap(grid) / gap - 1.25) < 0.05)
    press(grid, "-")
    grid.wait_until(lambda: abs(_gap(grid) / gap - 1) < 0.05)
    x, y = find_places(grid)[ROW]
    press(grid, RIGHT)
    grid.wait_painted(GRID)
    assert name_under(grid, x + 32, y) == f"p{ROW}"


def test_with_p_held_arrows_walk_from_point_to_point(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    grid.move_to(*places[ROW])
    expect(_name(grid)).to_have_text(f"p{ROW}")
    grid.frame.get_by_role("application").focus()
    grid.page.keyboard.down("p")
    at = ROW
    for key in (RIGHT, RIGHT, UP, LEFT, DOWN, DOWN, RIGHT, UP):
        grid.page.keyboard.press(key)
        at = _next(places, at, key)
        expect(_name(grid)).to_have_text(f"p{at}")
        expect(grid.frame.get_by_role("status").filter(has_text=f"p{at}, row {at}")).to_have_count(1)
    grid.page.keyboard.up("p")
    grid.page.keyboard.press("Enter")
    expect(section(grid)).to_contain_text(f"«p{at}» and {GRID - 1} neighbors")
    press(grid, "Escape")


def test_walking_out_of_the_window_takes_the_camera_along(grid: EmbeddingsTab) -> None:
    places = find_places(grid)
    for _ in range(9):
        press(grid, "+")
    grid.wait_painted(GRID)
    grid.page.keyboard.down("p")
    grid.page.keyboard.press(RIGHT)
    expect(_name(grid)).to_be_visible()
    at = int(_name(grid).inner_text().removeprefix("p"))
    for _ in range(3):
        at = _next(places, at, RIGHT)
        grid.page.keyboard.press(RIGHT)
        expect(_name(grid)).to_have_text(f"p{at}")
    grid.page.keyboard.up("p")


def test_the_list_of_keys_has_them(grid: EmbeddingsTab) -> None:
    press(grid, "?")
    keys = grid.frame.get_by_role("dialog", name="Keys", exact=True)
    for name in (
        "Walk from point to point",
        "Zoom in",
        "Zoom out",
        "Turn slowly",
        "Fly to the selection",
        "Reset the view",
    ):
        expect(keys).to_contain_text(name)
    grid.page.keyboard.press("Escape")


# --- Helpers ---


def _gap(tab: EmbeddingsTab) -> float:
    """Distance in px between a point and the next one beside it."""
    spots = [spot for spot in tab.spots() if spot.pixels > 12]
    gaps = [
        min(
            (abs(a.x - b.x) for b in spots if b is not a and abs(a.y - b.y) < 4 and abs(a.x - b.x) > 10), default=np.inf
        )
        for a in spots
    ]
    return float(np.median([gap for gap in gaps if np.isfinite(gap)] or [0]))


def _spread(tab: EmbeddingsTab) -> tuple[float, float]:
    """Horizontal and vertical spread of the drawn pixels."""
    pixels = tab.pixels().astype(int)
    y, x = np.nonzero(np.abs(pixels - pixels[8, 8]).max(axis=2) > 24)
    return float(x.std()), float(y.std())


def _name_in_the_middle(tab: EmbeddingsTab) -> str:
    """Label of the spot nearest to the center of the window, if one is near."""
    box = tab.frame.get_by_role("application").bounding_box()
    assert box is not None
    x, y = box["width"] / 2, box["height"] / 2
    spot = min(tab.spots(), key=lambda one: np.hypot(one.x - x, one.y - y))
    return name_under(tab, spot.x, spot.y) if np.hypot(spot.x - x, spot.y - y) < 30 else "nothing"


def _minimap(tab: EmbeddingsTab) -> Locator:
    return tab.frame.locator("canvas.minimap")


def _name(tab: EmbeddingsTab) -> Locator:
    return tab.card.locator(".name")


def _next(places: np.ndarray[Any, Any], row: int, key: str) -> int:
    """The grid's neighbor on the screen, by the positions found for the rows."""
    step = {RIGHT: (1, 0), LEFT: (-1, 0), UP: (0, -1), DOWN: (0, 1)}[key]
    spacing = np.abs(places[1] - places[0]).max(), np.abs(places[COLUMNS] - places[0]).max()
    wanted = places[row] + np.array(step) * spacing
    return int(np.argmin(np.hypot(*(places - wanted).T)))


def _touch(tab: EmbeddingsTab, moments: list[list[tuple[float, float]]]) -> None:
    """Fingers go down at the first moment, move along the others and are lifted."""
    box = tab.frame.get_by_role("application").bounding_box()
    assert box is not None
    session = tab.page.context.new_cdp_session(tab.page)
    for number, places in enumerate(moments):
        points = [{"x": box["x"] + x, "y": box["y"] + y, "id": finger} for finger, (x, y) in enumerate(places)]
        session.send(
            "Input.dispatchTouchEvent", {"type": "touchStart" if number == 0 else "touchMove", "touchPoints": points}
        )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def _wait_until_it_moves(tab: EmbeddingsTab) -> None:
    first = _screen(tab)
    tab.wait_until(lambda: bool((_screen(tab) != first).any()))


def _stands_still(tab: EmbeddingsTab) -> bool:
    tab.wait_painted()  # A rotating picture is never at rest.
    first = _screen(tab)
    tab.next_frames(10)
    expect(tab.picture).to_be_attached()
    return bool((_screen(tab) == first).all())


def _screen(tab: EmbeddingsTab) -> np.ndarray[Any, Any]:
    """The picture, whether at rest or not."""
    return read_pixels(tab.page, tab.frame.get_by_role("application"))
