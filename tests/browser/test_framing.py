"""The home view: the points are beside the legend, and fill the rest of the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_labeled_run
from pixels import DIFFERENCE, read_pixels
from playwright.sync_api import Locator, Page, Route, expect
from tensorboard_process import TensorBoardProcess

from .grid import leave_only_points, press

Box = Any
#: Share of the points' pixels below which they need not make room: see room.ts.
FEW = 0.03
#: Share of the points' pixels that may differ in the same view: colors change the pixels at the points' edges.
SAME = 0.1
CORNERS = 600
FLAT = f"{NO_AXES}&p.embeddings.dimensions=2"


@pytest.mark.parametrize("name", ["digits", "words", "corners"])
def test_the_legend_lies_beside_the_points(name: str, request: pytest.FixtureRequest) -> None:
    tab: EmbeddingsTab = request.getfixturevalue(name)
    leave_only_points(tab)
    box = _legend(tab).bounding_box()
    assert box is not None
    _fold(tab)
    points = _points(tab)
    under = _under(tab, points, box)
    assert under.sum() < FEW * points.sum(), "what the folded legend uncovers are hardly any points"


def test_the_points_fill_the_room(digits: EmbeddingsTab) -> None:
    leave_only_points(digits)
    _fold(digits)
    points = _points(digits)
    rows, columns = np.flatnonzero(points.any(axis=1)), np.flatnonzero(points.any(axis=0))
    height, width = points.shape
    assert max(np.ptp(rows) / height, np.ptp(columns) / width) > 0.6


def test_folding_the_legend_moves_nothing_until_the_view_is_reset(corners: EmbeddingsTab) -> None:
    leave_only_points(corners)
    box = _legend(corners).bounding_box()
    _fold(corners)
    beside = _points(corners)
    _reset(corners)
    whole = _points(corners)
    assert _area(whole) > 1.1 * _area(beside), "the points take the room of the folded legend"
    assert _under(corners, whole, box).sum() > FEW * whole.sum()
    _fold(corners)
    assert _differ(corners, _points(corners), whole, box) < SAME, "the open legend lies over the points"
    _reset(corners)
    _fold(corners)
    assert _differ(corners, _points(corners), beside) < SAME, "and they are beside it again"


def test_room_is_made_when_the_metadata_arrives(late: EmbeddingsTab, held: list[Route]) -> None:
    expect(_legend(late)).to_be_hidden()
    whole = _points(late)
    _release(late, held)
    box = _legend(late).bounding_box()
    _fold(late)
    beside = _points(late)
    assert _under(late, whole, box).sum() > FEW * whole.sum()
    assert _under(late, beside, box).sum() < FEW * beside.sum()


def test_a_view_that_was_moved_before_the_metadata_arrived_stays(late: EmbeddingsTab, held: list[Route]) -> None:
    press(late, "+")
    late.next_frames()
    late.wait_painted()
    moved = _points(late)
    _release(late, held)
    box = _legend(late).bounding_box()
    assert _differ(late, _points(late), moved, box) < SAME


@pytest.fixture(scope="module")
def corners_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """Serves a cloud in each corner of a rectangle, of ten kinds: a tall legend over a quarter of the points."""
    run = tmp_path_factory.mktemp("corners") / "logs"
    corners = np.array([(-1.1, -1), (-1.1, 1), (1.1, -1), (1.1, 1)])[np.arange(CORNERS) % 4]
    places = corners + 0.1 * np.random.default_rng(5).standard_normal((CORNERS, 2))
    rows = [(f"word {row}", f"kind {row % 10}") for row in range(CORNERS)]
    write_labeled_run(run, [("word", "kind"), *rows], corners=places.astype(np.float32))
    with TensorBoardProcess(run) as server:
        yield server


@pytest.fixture
def corners(corners_board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    tab = EmbeddingsTab(open_tab(corners_board, view=FLAT))
    tab.wait_complete(CORNERS)
    return tab


@pytest.fixture
def held() -> list[Route]:
    """Requests for metadata that are not answered yet."""
    return []


@pytest.fixture
def late(corners_board: TensorBoardProcess, open_tab, page: Page, held: list[Route]) -> Iterator[EmbeddingsTab]:
    """The same points as they are drawn before their metadata have arrived."""

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/embeddings/metadata?*", hold)
    tab = EmbeddingsTab(open_tab(corners_board, view=FLAT))
    tab.wait_painted(CORNERS)
    leave_only_points(tab)
    yield tab
    page.unroute_all()


def _release(tab: EmbeddingsTab, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    expect(_legend(tab)).to_be_visible()
    tab.next_frames()
    tab.wait_complete(CORNERS)


def _reset(tab: EmbeddingsTab) -> None:
    tab.button("Reset view").click()
    tab.move_to(30, 30)
    tab.next_frames()
    tab.wait_painted()


def _area(points: np.ndarray[Any, Any]) -> float:
    """The area of the box around the points, in pixels."""
    rows, columns = np.flatnonzero(points.any(axis=1)), np.flatnonzero(points.any(axis=0))
    return float(np.ptp(rows) * np.ptp(columns))


def _differ(tab: EmbeddingsTab, one: np.ndarray[Any, Any], other: np.ndarray[Any, Any], box: Box = None) -> float:
    """The share of the points' pixels that differ, outside `box` if there is one."""
    both = one | other
    if box is not None:
        both = both & ~_mask(tab, both.shape, box)
    return float(((one != other) & both).sum() / both.sum())


def _legend(tab: EmbeddingsTab) -> Locator:
    return tab.frame.get_by_role("region", name="Legend")


def _fold(tab: EmbeddingsTab) -> None:
    """Folds the legend, or unfolds it."""
    title = _legend(tab).locator("button.title")
    was_open = title.get_attribute("aria-expanded") == "true"
    title.click()
    tab.move_to(30, 30)
    expect(title).to_have_attribute("aria-expanded", "false" if was_open else "true")
    tab.next_frames()
    tab.wait_painted()


def _points(tab: EmbeddingsTab) -> np.ndarray[Any, Any]:
    """(height, width) whether a pixel of the picture differs from the background, outside the legend."""
    pixels = read_pixels(tab.page, tab.picture).astype(int)
    drawn = np.abs(pixels - pixels[10, 10]).max(axis=2) > DIFFERENCE
    drawn[:, :5] = drawn[:, -5:] = False  # The panels' splitters.
    box = _legend(tab).bounding_box() if _legend(tab).is_visible() else None
    return drawn if box is None else drawn & ~_mask(tab, drawn.shape, box)


def _under(tab: EmbeddingsTab, points: np.ndarray[Any, Any], box: Box) -> np.ndarray[Any, Any]:
    return points & _mask(tab, points.shape, box)


def _mask(tab: EmbeddingsTab, shape: tuple[int, ...], box: Box) -> np.ndarray[Any, Any]:
    picture = tab.picture.bounding_box()
    assert picture is not None
    left, top = int(box["x"] - picture["x"]) - 2, int(box["y"] - picture["y"]) - 2
    mask = np.zeros(shape, dtype=bool)
    mask[max(top, 0) : top + int(box["height"]) + 5, max(left, 0) : left + int(box["width"]) + 5] = True
    return mask
