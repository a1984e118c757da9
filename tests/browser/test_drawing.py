"""How points are drawn, changed by the menu «Drawing» and by keys; checked in the picture's pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_labeled_run
from pixels import find_ink
from playwright.sync_api import expect
from tensorboard_process import TensorBoardProcess

from .logdirs import WORDS

POINTS = 12
#: One of them is hidden by the ticks.
SEEN = POINTS - 1
CHAINS, LINKS = 3, 4


@pytest.fixture(scope="module")
def rings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """Twelve points on a circle, each followed by the next; the last names a row that does not exist."""
    run = tmp_path_factory.mktemp("rings") / "logs"
    angles = np.arange(POINTS) * 2 * np.pi / POINTS
    ring = np.stack([3 * np.cos(angles), np.sin(angles), 0 * angles], axis=1).astype(np.float32)
    scripts = ("北京大学", "مرحبا", "नमस्ते", "😀 smile")
    rows = [(scripts[row % 4], row + 1 if row + 1 < POINTS else 999) for row in range(POINTS)]
    write_labeled_run(run, [("name", "__next__"), *rows], ring=ring)
    with TensorBoardProcess(run) as server:
        yield server


@pytest.fixture
def ring(rings: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    tab = EmbeddingsTab(open_tab(rings))
    tab.wait_painted(POINTS)
    tab.frame.get_by_role("radio", name="2-D").click()
    expect(tab.status).to_contain_text("PCA 2-D")
    expect(tab.combobox("Label by")).to_be_enabled()
    tab.wait_painted(POINTS)
    return tab


def open_menu(tab: EmbeddingsTab) -> None:
    tab.button("Drawing").click()
    expect(tab.frame.get_by_role("region", name="Drawing")).to_be_visible()


def ink(tab: EmbeddingsTab) -> int:
    return int(find_ink(tab.pixels()).sum())


def test_points_grow_with_the_slider_and_by_the_key_and_are_undone(grid: EmbeddingsTab) -> None:
    before = ink(grid)
    open_menu(grid)
    grid.frame.get_by_role("slider", name="Point size").press("End")
    grid.page.keyboard.press("Escape")
    expect(grid.frame.get_by_role("region", name="Drawing")).to_be_hidden()
    grid.page.keyboard.press("Escape")  # There is nothing left to clear, so there is nothing to undo.
    grid.wait_until(lambda: ink(grid) > 2 * before)
    grid.page.wait_for_url(re.compile("pointSize=40"))
    grid.button(re.compile("^Undo")).click()
    grid.page.wait_for_url(lambda url: "pointSize" not in url)
    grid.wait_until(lambda: ink(grid) == before)


def test_points_grow_transparent_with_the_slider(grid: EmbeddingsTab) -> None:
    def strength() -> int:
        """How far the points' strongest pixel is from the background."""
        pixels = grid.pixels().astype(int)
        return int(np.abs(pixels - pixels[8, 8]).max())

    before = strength()
    open_menu(grid)
    grid.frame.get_by_role("slider", name="Opacity").press("Home")
    grid.frame.get_by_role("slider", name="Opacity").press("ArrowRight")  # The first place is «auto».
    grid.page.keyboard.press("Escape")
    expect(grid.frame.get_by_role("region", name="Drawing")).to_be_hidden()
    grid.wait_until(lambda: 0 < strength() < before / 2)
    grid.page.wait_for_url(re.compile("opacity="))


def test_density_by_its_key_shows_the_ramp_and_is_in_the_address(words: EmbeddingsTab) -> None:
    before = words.pixels()
    words.frame.get_by_role("application").press("h")
    words.wait_until(lambda: bool((words.pixels() != before).any()))
    words.page.wait_for_url(re.compile("density=1"))
    words.wait_painted(400)
    expect(words.frame.get_by_role("region", name="Density")).to_contain_text("many")
    # Viridis is green somewhere between its ends; neither the hues of the classes nor the background are as green.
    colors = words.pixels().reshape(-1, 3).astype(int)
    greener = colors[:, 1] - np.maximum(colors[:, 0], colors[:, 2])
    assert (greener > 40).sum() > 50


def test_lines_join_the_sequence_and_what_names_no_row_is_said(ring: EmbeddingsTab) -> None:
    ring.button("Labels").click()
    ring.wait_painted(POINTS)
    ring.wait_until(lambda: len(ring.spots()) < SEEN / 2)
    ring.frame.get_by_role("application").press("j")
    ring.wait_until(lambda: len(ring.spots()) == SEEN)
    ring.button(re.compile("1 problem")).click()
    ring.expect_text(
        "1 entry names no row of the data in __next__, so no line is drawn for it. The first is «999» at row 11."
    )


@pytest.mark.parametrize("column", ["__next__", "__seq_next__"])
def test_each_chain_has_a_line_of_its_own(tmp_path: Path, tensorboard_server, open_tab, column: str) -> None:
    """Three of four points each, in any order of the rows; each line lies above the previous."""
    order = np.random.default_rng(7).permutation(CHAINS * LINKS)
    row_of = np.argsort(order)
    chain, link = order // LINKS, order % LINKS
    chains = np.stack([3 * link, 2 * chain, 0 * chain], axis=1).astype(np.float32)
    followers = [row_of[place + 1] if place % LINKS < LINKS - 1 else "" for place in order]
    rows = [(f"point {row}", follower) for row, follower in enumerate(followers)]
    write_labeled_run(tmp_path, [("name", column), *rows], chains=chains)
    view = f"{NO_AXES}&p.embeddings.dimensions=2&p.embeddings.showLabels=0"
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path), view=view))
    tab.wait_painted(CHAINS * LINKS)
    tab.wait_until(lambda: len(tab.spots()) == CHAINS)
    tab.frame.get_by_role("application").press("j")
    tab.wait_until(lambda: len(tab.spots()) == CHAINS * LINKS)


def test_points_as_their_labels_in_every_script(ring: EmbeddingsTab) -> None:
    ring.button("Labels").click()
    ring.frame.get_by_role("application").press("j")
    ring.wait_until(lambda: len(ring.spots()) == SEEN)
    as_discs = ink(ring)
    ring.frame.get_by_role("application").press("Shift+N")
    ring.wait_until(lambda: ink(ring) > 2 * as_discs)


def test_axes_have_ticks_that_can_be_switched_off(ring: EmbeddingsTab) -> None:
    ring.button("Labels").click()
    ring.wait_painted(POINTS)
    overlay = """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        .data.filter((part, at) => at % 4 === 3 && part > 0).length"""
    canvas = ring.picture.locator("canvas[aria-hidden='true']").first
    assert canvas.evaluate(overlay) > 1000
    open_menu(ring)
    ring.frame.get_by_role("checkbox", name=re.compile("Axes, ticks and grid")).uncheck()
    ring.wait_until(lambda: canvas.evaluate(overlay) == 0)


@pytest.mark.parametrize("switch", ["Smaller in the distance", "Fog in the distance"])
def test_depth_is_seen_in_3d_until_it_is_switched_off(words: EmbeddingsTab, switch: str) -> None:
    before = words.pixels()
    open_menu(words)
    words.frame.get_by_role("checkbox", name=re.compile(switch)).uncheck()
    words.page.keyboard.press("Escape")
    expect(words.frame.get_by_role("region", name="Drawing")).to_be_hidden()
    words.wait_complete(WORDS)
    assert (words.pixels() != before).any()
    words.frame.get_by_role("radio", name="2-D").click()
    expect(words.status).to_contain_text("2-D")
    open_menu(words)
    expect(words.frame.get_by_role("checkbox", name=re.compile(switch))).to_be_disabled()
