"""Saved pictures and tables: PNG, SVG, CSV and Arrow, opened by the programs that read them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from embeddings_tab import EmbeddingsTab
from logdir_builders import write_checkpoint, write_metadata
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from tensorboard_process import TensorBoardProcess

from .grid import press

POINTS = 120
#: This row holds NaN, so it has no coordinates.
NOWHERE = 50
NAMES = ("plain", 'a, "quoted" name', "<b>&amp;", "日本語 😀", "سلام")
#: Smaller differences are invisible.
APART = 48


def rows() -> list[tuple[str, str, str, str]]:
    """Name, the next row, score (some have none), and a column named like an axis."""
    return [
        (f"{NAMES[row % len(NAMES)]} {row}", str(row + 1), "" if row % 7 == 0 else str(row / 8), f"x{row % 3}")
        for row in range(POINTS)
    ]


@pytest.fixture(scope="module")
def spiral_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """A spiral of points, each followed by the next."""
    run = tmp_path_factory.mktemp("saving") / "logs"
    turn = np.linspace(0, 4 * np.pi, POINTS)
    spiral = np.stack([np.cos(turn) * (1 + turn), np.sin(turn) * (1 + turn), turn], axis=1).astype(np.float32)
    spiral[NOWHERE] = np.nan
    write_checkpoint(run, 1, spiral=spiral)
    write_metadata(run / "metadata.tsv", [("name", "__next__", "score", "x"), *rows()])
    (run / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "spiral/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "metadata.tsv" }\n'
    )
    with TensorBoardProcess(run) as server:
        yield server


@pytest.fixture
def spiral(spiral_board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    tab = EmbeddingsTab(open_tab(spiral_board))
    tab.wait_complete(POINTS)
    return tab


def menu(tab: EmbeddingsTab) -> Locator:
    return tab.frame.locator("save-menu")


def save(tab: EmbeddingsTab, name: str | re.Pattern[str], folder: Path, width: int | None = None) -> Path:
    """The file that a button of the menu «Save» saves, under the name that the page gives it."""
    menu(tab).get_by_role("button", name="Save", exact=True).click()
    if width is not None:
        menu(tab).get_by_label("Width in px").fill(str(width))
    with tab.page.expect_download() as found:
        menu(tab).get_by_role("button", name=name, exact=isinstance(name, str)).click()
    expect(menu(tab).locator("[aria-busy='false']")).to_be_visible()
    tab.page.keyboard.press("Escape")
    saved = folder / found.value.suggested_filename
    found.value.save_as(saved)
    return saved


def read_png(path: Path) -> Image.Image:
    """Reads the file in full now: the next picture is saved under the same name."""
    return Image.open(path).convert("RGB")


def select_some(tab: EmbeddingsTab) -> list[int]:
    tab.frame.get_by_role("searchbox").fill("日本")
    selected = [row for row in range(POINTS) if row % len(NAMES) == 3]
    tab.expect_text(f"{len(selected)} selected")
    return selected


# --- Pictures ---


def test_a_png_has_the_size_that_was_asked_for(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    box = spiral.picture.bounding_box()
    assert box is not None
    screen = (round(box["width"]), round(box["height"]))
    one = read_png(save(spiral, "PNG, 1 times the screen's size", tmp_path))
    assert one.size == screen
    four = read_png(save(spiral, "PNG, 4 times the screen's size", tmp_path))
    assert four.size == (4 * screen[0], 4 * screen[1])
    own = read_png(save(spiral, "PNG", tmp_path, width=3000))
    assert own.size[0] == 3000
    smaller = np.asarray(four.resize(screen, Image.Resampling.BOX)).astype(int)
    assert (np.abs(smaller - np.asarray(one)).max(axis=2) > APART).mean() < 0.02, "another picture"


@pytest.mark.parametrize(
    ("dimensions", "case"), [("2-D", "as it is"), ("2-D", "selected"), ("3-D", "of one size"), ("3-D", "as labels")]
)
def test_an_svg_looks_as_the_picture(
    spiral: EmbeddingsTab, chromium: Browser, tmp_path: Path, dimensions: str, case: str
) -> None:
    """Including lines, axes, ticks, labels, fog, rings and the legend."""
    spiral.frame.get_by_role("radio", name=dimensions).click()
    expect(spiral.status).to_contain_text(f"PCA {dimensions}")
    change_drawing(spiral, case)
    spiral.wait_complete()
    svg = save(spiral, "SVG", tmp_path)
    assert "NaN" not in svg.read_text()
    png = np.asarray(read_png(save(spiral, "PNG, 1 times the screen's size", tmp_path))).astype(int)
    page = chromium.new_page(viewport={"width": png.shape[1], "height": png.shape[0]})
    page.goto(svg.as_uri())
    drawn = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    page.close()
    assert ink_apart(png, drawn) < (0.2 if case == "as labels" else 0.1), "letters are softer than discs"
    assert (">PC 1 →<" if dimensions == "2-D" else ">PC 3<") in svg.read_text()


def change_drawing(tab: EmbeddingsTab, case: str) -> None:
    if case == "selected":
        select_some(tab)
        tab.frame.locator("match-list").get_by_role("button", name="Select").click()
    elif case == "as labels":
        press(tab, "Shift+n")
    elif case == "of one size":
        tab.button("Drawing").click()
        for name in ("Smaller in the distance", "Fog in the distance"):
            switch = tab.frame.get_by_role("checkbox", name=re.compile(name))
            if switch.is_enabled():
                switch.uncheck()
        tab.page.keyboard.press("Escape")


def ink_apart(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Fraction of drawn pixels that the other picture lacks within one px: edges are antialiased differently."""
    return max(_missing(one, other), _missing(other, one))


def _missing(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    ink = np.abs(one - one[2, 2]).max(axis=2) > APART
    near = [np.abs(np.roll(other, (y, x), axis=(0, 1)) - one).max(axis=2) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return float((ink & (np.min(near, axis=0) > APART)).sum() / ink.sum())


# --- Tables ---


def test_all_points_as_csv(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    saved = save(spiral, "CSV of All points", tmp_path)
    assert saved.name.endswith("_pca_step-1.csv")
    table = pd.read_csv(saved, keep_default_na=False, dtype=str)
    assert list(table.columns) == ["row", "x", "y", "z", "name", "__next__", "score", "metadata x"]
    assert table["row"].tolist() == [str(row) for row in range(POINTS)]
    assert table["name"].tolist() == [row[0] for row in rows()]
    assert [cell and float(cell) for cell in table["score"]] == [row[2] and float(row[2]) for row in rows()]
    assert table["metadata x"].tolist() == [row[3] for row in rows()]
    assert [row for row in range(POINTS) if table["x"][row] == ""] == [NOWHERE]
    places = table.loc[table["x"] != "", ["x", "y", "z"]].to_numpy(dtype=float)
    assert np.abs(places.mean(axis=0)).max() < 1e-4, "PCA has its middle at 0"
    assert np.isclose(places.var(axis=0).sum(), spiral_variance(), rtol=1e-4)


def spiral_variance() -> float:
    turn = np.delete(np.linspace(0, 4 * np.pi, POINTS), NOWHERE)
    spiral = np.stack([np.cos(turn) * (1 + turn), np.sin(turn) * (1 + turn), turn], axis=1)
    return float(spiral.var(axis=0).sum())


def test_the_selection_as_arrow_and_as_csv(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    selected = select_some(spiral)
    saved = save(spiral, f"Arrow of {len(selected)} selected", tmp_path)
    assert saved.name.endswith("_selection.arrow")
    table = pa.ipc.open_file(saved).read_all().to_pandas()
    assert table["row"].tolist() == selected
    assert table["name"].tolist() == [rows()[row][0] for row in selected]
    assert table["score"].isna().tolist() == [row % 7 == 0 for row in selected]
    same = pd.read_csv(save(spiral, f"CSV of {len(selected)} selected", tmp_path))
    assert list(same.columns) == list(table.columns)
    assert np.allclose(same[["x", "y", "z"]], table[["x", "y", "z"]], rtol=1e-6)


def test_isolated_points_are_all_that_is_saved(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    selected = select_some(spiral)
    press(spiral, "i")
    expect(spiral.status).to_contain_text(f"Showing {len(selected)} of {POINTS} points")
    spiral.wait_complete()
    assert pd.read_csv(save(spiral, "CSV of All points", tmp_path))["row"].tolist() == selected
    assert save(spiral, "SVG", tmp_path).read_text().count("<circle") >= len(selected)
