"""Saved pictures and tables: PNG, SVG, CSV and Arrow, opened by the programs that read them."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from embeddings_tab import EmbeddingsTab
from logdir_builders import DIGIT_PX, write_labeled_run
from PIL import Image
from pixels import read_pixels, take_screenshot
from playwright.sync_api import Browser, Locator, Page, expect
from tensorboard_process import TensorBoardProcess

from .axe import find_violations
from .grid import press
from .saving import menu, save

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
    write_labeled_run(run, [("name", "__next__", "score", "x"), *rows()], spiral=spiral)
    with TensorBoardProcess(run) as server:
        yield server


@pytest.fixture
def spiral(spiral_board: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    tab = EmbeddingsTab(open_tab(spiral_board))
    tab.wait_complete(POINTS)
    return tab


def read_png(path: Path) -> Image.Image:
    """Reads the file in full now: the next picture is saved under the same name."""
    return Image.open(path).convert("RGB")


def select_some(tab: EmbeddingsTab) -> list[int]:
    tab.frame.get_by_role("searchbox").fill("日本")
    selected = [row for row in range(POINTS) if row % len(NAMES) == 3]
    tab.expect_text(f"{len(selected)} selected")
    return selected


# --- Pictures ---


def test_labels_of_the_largest_numbers_come_first(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    """Scores grow with the rows; not all of the points have room for a label."""

    def labeled() -> list[int]:
        svg = save(spiral, "SVG", tmp_path).read_text("utf-8")
        return sorted(int(row) for row in re.findall(r"> ?[^<>]* (\d+)<", svg))

    before = labeled()
    spiral.button("Drawing").click()
    spiral.choose("Labels first for", "score")
    spiral.page.keyboard.press("Escape")
    spiral.page.wait_for_url(re.compile("importanceBy=score"))
    spiral.wait_complete(POINTS)
    after = labeled()
    assert POINTS - 2 in after, "the largest score has its label"
    assert max(len(before), len(after)) < POINTS - 10
    assert after != before
    assert np.mean(after) > np.mean(before)


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


def test_a_png_wider_than_the_gpu_draws_looks_like_the_small_one(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    one = read_png(save(spiral, "PNG, 1 times the screen's size", tmp_path))
    wide = read_png(save(spiral, "PNG", tmp_path, width=9_000))
    assert wide.size == (9_000, round(one.height * 9_000 / one.width))
    smaller = np.asarray(wide.resize(one.size, Image.Resampling.BOX)).astype(int)
    assert (np.abs(smaller - np.asarray(one)).max(axis=2) > APART).mean() < 0.02, "another picture"


def test_a_large_png_is_canceled_while_it_is_written(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    menu(spiral).get_by_role("button", name="Save", exact=True).click()
    menu(spiral).get_by_label("Width in px").fill("32000")
    expect(menu(spiral)).to_contain_text(re.compile(r"32,000 × [\d,]+ px, [\d,]+ megapixels"))
    menu(spiral).get_by_role("button", name="PNG", exact=True).click()
    expect(menu(spiral).get_by_role("progressbar", name="Writing PNG")).to_be_visible()
    menu(spiral).get_by_role("button", name="Cancel").click()
    expect(menu(spiral)).to_contain_text("No PNG saved: canceled.")
    spiral.page.keyboard.press("Escape")
    spiral.wait_painted(POINTS)
    assert read_png(save(spiral, "PNG, 1 times the screen's size", tmp_path)).width > 0, "the next is saved"


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
    drawn = take_screenshot(page).astype(int)
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


def test_all_points_as_arrow(spiral: EmbeddingsTab, tmp_path: Path) -> None:
    table = pa.ipc.open_file(save(spiral, "Arrow of All points", tmp_path)).read_all().to_pandas()
    same = pd.read_csv(save(spiral, "CSV of All points", tmp_path))
    assert list(table.columns) == list(same.columns)
    assert table["row"].tolist() == list(range(POINTS))
    assert table["name"].tolist() == [row[0] for row in rows()]
    np.testing.assert_allclose(table[["x", "y", "z"]], same[["x", "y", "z"]], rtol=1e-6)


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


# --- Pages with images ---


@pytest.fixture(scope="module")
def thumbnails() -> np.ndarray[Any, Any]:
    """The digits as the sheet shows them: ink 0 to 255."""
    from sklearn.datasets import load_digits

    return (load_digits().images * 255 / 16).astype(int)


def test_a_saved_page_shows_the_images_of_its_points(
    digits: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path, thumbnails: np.ndarray[Any, Any]
) -> None:
    """As they are drawn in the tab: the sheet's own bytes, on the points and in the card."""
    page = open_saved(save(digits, HTML, tmp_path))
    with_images = read_pixels(page, page.get_by_role("application"))
    card = hover_first(page, "7")
    row = int(re.findall(r"\d+", card.get_by_role("img").get_attribute("aria-label") or "")[0])
    assert looks_like(read_pixels(page, card.get_by_role("img")), thumbnails[row])
    press(digits, "m")
    expect(digits.frame.get_by_role("button", name="Images", exact=True)).to_have_attribute("aria-pressed", "false")
    other = open_saved(save(digits, HTML, tmp_path))
    without = read_pixels(other, other.get_by_role("application"))
    assert (np.abs(with_images.astype(int) - without).max(axis=2) > APART).sum() > 1_000
    expect(hover_first(other, "7").get_by_role("img")).to_have_count(0)


def test_a_saved_page_of_isolated_points_holds_their_images_alone(
    digits: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path, thumbnails: np.ndarray[Any, Any]
) -> None:
    digits.frame.get_by_role("searchbox").fill("7")
    digits.expect_text(re.compile("179 selected"))
    press(digits, "i")
    expect(digits.status).to_contain_text("Showing 179 of 1,797 points")
    digits.wait_painted()
    saved = save(digits, HTML, tmp_path)
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(block(saved, "sheet0")))).convert("L")).astype(int)
    rows = np.frombuffer(base64.b64decode(block(saved, "rowNumbers")), np.int32)
    columns = sheet.shape[1] // DIGIT_PX
    for at in (0, 1, 100, 178):
        top, left = at // columns * DIGIT_PX, at % columns * DIGIT_PX
        assert looks_like(sheet[top : top + DIGIT_PX, left : left + DIGIT_PX], thumbnails[rows[at]])
    assert sheet.size < 200 * DIGIT_PX**2, "nothing of the others"
    expect(hover_first(open_saved(saved), "7").get_by_role("img")).to_be_visible()


def test_axe_finds_nothing_in_a_saved_page_with_images(
    digits: EmbeddingsTab, open_saved: Callable[[Path], Page], tmp_path: Path
) -> None:
    page = open_saved(save(digits, HTML, tmp_path))
    for theme in ("light", "dark"):
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        hover_first(page, "7")
        assert find_violations(page) == [], theme
        page.get_by_role("button", name="Light or dark").click()


#: The button whose words say the page's size, once it is known.
HTML = re.compile("^HTML, about")


def hover_first(page: Page, text: str) -> Locator:
    """The card of the first point that a search finds."""
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("listitem").first.get_by_role("button").hover()
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    return card


def block(saved: Path, name: str) -> str:
    found = re.search(rf'id="{name}">([^<]*)<', saved.read_text())
    assert found is not None, name
    return found[1]


def looks_like(image: np.ndarray[Any, Any], ink: np.ndarray[Any, Any]) -> bool:
    """Whether an image shows the thumbnail, at any size and in either polarity."""
    gray = image if image.ndim == 2 else image[..., :3].mean(axis=2)
    size = (ink.shape[1], ink.shape[0])
    small = np.asarray(Image.fromarray(gray.astype(np.uint8)).resize(size, Image.Resampling.BOX))
    return abs(float(np.corrcoef(small.ravel(), ink.ravel())[0, 1])) > 0.9
