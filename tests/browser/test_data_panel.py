"""The data panel and the legend as a user operates them: colors, sizes, images, tags, own files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_labeled_run
from playwright.sync_api import Locator, expect
from tensorboard_process import TensorBoardProcess

from .logdirs import KINDS, WORDS, word_rows

COUNTS = {kind: sum(1 for row in word_rows() if row[1] == kind) for kind in KINDS}
POINTS = 60
COLUMNS = 1000


@pytest.fixture(scope="module")
def odd_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """`wide`: a metadata file with 1,000 columns; `cats`: one that names images, two of which exist; `gaps`: a ring,
    of which every third point has no score.
    """
    from PIL import Image

    logdir = tmp_path_factory.mktemp("odd") / "logs"
    vectors = np.random.default_rng(2).normal(size=(POINTS, 4)).astype(np.float32)
    names = [f"column {number:03d}" for number in range(COLUMNS)]
    numbers = [[row * column for column in range(COLUMNS)] for row in range(POINTS)]
    write_labeled_run(logdir / "wide", [names, *numbers], vectors=vectors)
    files = [(f"cat {row}", f"images/{row % 3}.png") for row in range(POINTS)]
    write_labeled_run(logdir / "cats", [("cat", "file"), *files], vectors=vectors)
    turn = np.arange(POINTS) * 2 * np.pi / POINTS
    ring = np.stack([1.5 * np.cos(turn), np.sin(turn)], axis=1).astype(np.float32)
    scores = [(f"p{row}", "" if row % 3 == 0 else row / 4) for row in range(POINTS)]
    write_labeled_run(logdir / "gaps", [("name", "score"), *scores], vectors=ring)
    (logdir / "cats" / "images").mkdir()
    for number, color in enumerate(["#ff0000", "#00ff00"]):
        Image.new("RGB", (20, 10), color).save(logdir / "cats" / "images" / f"{number}.png")
    with TensorBoardProcess(logdir) as server:
        yield server


# --- The legend ---


def test_a_click_on_a_value_filters_to_it_a_second_mutes_it_a_third_shows_all(words: EmbeddingsTab) -> None:
    words.choose("Color by", "kind")
    value = _value(words, "verb")
    expect(value).to_contain_text(str(COUNTS["verb"]))
    value.click()
    expect(value).to_have_attribute("aria-pressed", "true")
    expect(_filtered(words)).to_contain_text(f"{COUNTS['verb']} pass")
    value.click()
    expect(value).to_have_attribute("aria-pressed", "mixed")
    expect(_filtered(words)).to_contain_text(f"{WORDS - COUNTS['verb']} pass")
    value.click()
    expect(value).to_have_attribute("aria-pressed", "false")
    expect(_filtered(words)).to_be_hidden()


def test_a_muted_value_fades_from_the_picture(words: EmbeddingsTab) -> None:
    words.button("Labels").click()  # The names of the kinds lie over their points.
    words.choose("Color by", "kind")
    words.wait_painted(WORDS)
    before = _strong_pixels(words)
    for pressed in ("true", "mixed"):
        _value(words, "verb").click()
        expect(_value(words, "verb")).to_have_attribute("aria-pressed", pressed)
    words.wait_until(lambda: _strong_pixels(words) < 0.9 * before)


def test_a_double_click_isolates_the_points_of_a_value(words: EmbeddingsTab) -> None:
    words.choose("Color by", "kind")
    _value(words, "verb").dblclick()
    expect(words.status).to_contain_text(f"{COUNTS['verb']} ")
    expect(words.frame.get_by_role("navigation")).to_contain_text("verb")
    for _ in ("isolation", "selection"):  # The clicks of the double click have left no steps.
        words.picture.focus()
        words.page.keyboard.press("Control+z")
    expect(words.status).not_to_contain_text(f"{COUNTS['verb']} ")
    expect(_value(words, "verb")).to_have_attribute("aria-pressed", "false")
    words.page.keyboard.press("Control+z")
    expect(words.combobox("Color by")).not_to_have_text("kind")


def test_the_legend_is_walked_and_used_by_keys(words: EmbeddingsTab) -> None:
    words.choose("Color by", "kind")
    first, second = _value(words, KINDS[0]), _value(words, KINDS[1])
    first.focus()
    words.page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    words.page.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-pressed", "true")
    words.page.keyboard.press("Home")
    expect(first).to_be_focused()


def test_a_drag_over_the_scale_shows_a_range(words: EmbeddingsTab) -> None:
    words.choose("Color by", "count")
    words.wait_complete()
    bars = words.frame.get_by_role("img", name="How many points have which count")
    box = bars.bounding_box()
    assert box is not None
    words.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    words.page.mouse.down()
    words.page.mouse.move(box["x"] + box["width"] + 20, box["y"] + 20, steps=4)
    words.page.mouse.up()
    upper = sum(1 for _, _, count in word_rows() if count >= 398**2 / 2)
    expect(_filtered(words)).to_be_visible()

    def passing() -> int:
        return int(re.search(r"(\d+) pass", _filtered(words).inner_text()).group(1))

    words.wait_until(lambda: abs(passing() - upper) <= 2)
    words.frame.get_by_role("region", name="Legend: count").get_by_role("button", name="Show all").click()
    expect(_filtered(words)).to_be_hidden()


# --- Colors ---


def test_a_column_is_taken_as_categories_or_as_a_scale(words: EmbeddingsTab) -> None:
    words.choose("Color by", "count")
    words.frame.get_by_text("Colors", exact=True).click()
    words.frame.get_by_role("radio", name="Categories").click()
    expect(_legend(words, "count")).to_contain_text(re.compile(r"and 349 others|and 348 others"))
    words.frame.get_by_role("radio", name="Scale", exact=True).click()
    words.choose("Scale", "Blue – orange, diverging")
    words.frame.get_by_role("spinbutton", name="Middle").fill("10000")
    words.frame.get_by_role("spinbutton", name="Middle").press("Enter")
    expect(_legend(words, "count")).to_contain_text("10,000")


def test_the_ends_of_a_scale_are_typed_and_the_legend_has_them(words: EmbeddingsTab) -> None:
    """Up to 10 lie four of the squares 0, 1, 4, 9, and so on: all others have the color of the upper end."""
    words.choose("Color by", "count")
    words.frame.get_by_text("Colors", exact=True).click()
    words.wait_complete()
    before = words.pixels()
    words.frame.get_by_role("spinbutton", name="To").fill("10")
    words.frame.get_by_role("spinbutton", name="To").press("Enter")
    expect(_legend(words, "count")).to_contain_text(re.compile(r"\b10\b"))
    words.wait_until(lambda: _share_of_one_color(words.pixels()) > 2 * _share_of_one_color(before))
    words.frame.get_by_role("button", name="As the column looks").click()
    words.wait_until(lambda: not (words.pixels() != before).any())


def _share_of_one_color(pixels: np.ndarray) -> float:
    """Of the drawn pixels, the share of those with the most frequent color, by sixteen steps of each primary."""
    drawn = np.abs(pixels[..., :3].astype(int) - pixels[8, 8, :3]).max(axis=2) > 24
    _, counts = np.unique(pixels[drawn][:, :3] >> 4, axis=0, return_counts=True)
    return float(counts.max() / counts.sum())


def test_a_value_gets_a_color_of_ones_own_and_the_address_keeps_it(words: EmbeddingsTab) -> None:
    words.choose("Color by", "kind")
    words.frame.get_by_label("Color of verb").fill("#ff00ff")
    words.wait_until(lambda: _has_color(words, (255, 0, 255)))
    words.wait_until(lambda: "colorChoice" in words.page.url)
    again = words.reopened()
    again.wait_painted(WORDS)
    again.wait_until(lambda: _has_color(again, (255, 0, 255)))


def test_points_without_a_number_are_gray_and_counted(odd_board: TensorBoardProcess, open_tab) -> None:
    view = f"{NO_AXES}&p.embeddings.run=gaps&p.embeddings.dimensions=2&p.embeddings.showLabels=0"
    tab = EmbeddingsTab(open_tab(odd_board, view=view))
    tab.wait_complete(POINTS)
    tab.choose("Color by", "score")
    expect(tab.frame.get_by_role("region", name="Legend")).to_contain_text(re.compile(rf"no value\s*{POINTS // 3}"))
    tab.wait_painted(POINTS)
    pixels, spots = tab.pixels().astype(int), tab.spots()
    assert len(spots) == POINTS
    colors = np.array([pixels[round(spot.y), round(spot.x)] for spot in spots])
    assert (np.ptp(colors, axis=1) < 12).sum() == POINTS // 3


def test_points_are_sized_by_a_column_and_one_of_words_says_why_not(words: EmbeddingsTab) -> None:
    words.frame.get_by_role("radio", name="2-D").click()
    words.wait_painted(WORDS)
    before = _strong_pixels(words)
    assert "kind — holds no numbers" in words.options("Size by")
    words.choose("Size by", "count")
    words.wait_until(lambda: _strong_pixels(words) > 1.3 * before)
    expect(words.frame.get_by_role("region", name="Sizes: count")).to_contain_text("158,404")


# --- Long lists and images ---


def test_of_a_thousand_columns_a_few_letters_find_one(odd_board: TensorBoardProcess, open_tab) -> None:
    tab = EmbeddingsTab(open_tab(odd_board))
    tab.choose("Run", "wide")
    box = tab.combobox("Color by")
    expect(box).to_be_enabled()
    box.click()
    options = tab.frame.get_by_role("listbox", name="Color by").get_by_role("option")
    expect(options.first).to_be_visible()
    assert options.count() < 30
    tab.page.keyboard.type("739")
    expect(options.first).to_contain_text("column 739")
    tab.page.keyboard.press("Enter")
    expect(box).to_have_value("column 739")
    expect(_legend(tab, "column 739")).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("column 739")


def test_images_that_a_column_names_are_shown_and_missing_ones_are_reported(
    odd_board: TensorBoardProcess, open_tab, nothing_went_wrong: list[str]
) -> None:
    tab = EmbeddingsTab(open_tab(odd_board))
    tab.choose("Run", "cats")
    tab.choose("Image by", "file")
    tab.wait_until(lambda: _has_color(tab, (255, 0, 0)) and _has_color(tab, (0, 255, 0)))
    tab.expect_text(re.compile("No image could be loaded for «images/2.png»"))
    nothing_went_wrong.clear()
    tab.choose("Image by", "None")
    tab.wait_until(lambda: not _has_color(tab, (0, 255, 0)))


# --- Tags and metadata ---


def test_a_tag_on_the_selection_is_a_column_that_can_be_undone_and_saved(words: EmbeddingsTab, tmp_path: Path) -> None:
    words.frame.get_by_role("searchbox").fill("word12")
    words.expect_text("10 selected")
    words.button("Tag").first.click()
    form = words.frame.get_by_role("form", name="Tag the selected points")
    form.get_by_label("Column").fill("mood")
    form.get_by_label("Value").fill("happy 😀")
    words.page.keyboard.press("Enter")
    expect(_legend(words, "mood")).to_contain_text("happy 😀")
    expect(_legend(words, "mood")).to_contain_text("10")
    words.frame.get_by_role("searchbox").fill("")
    words.button("Undo").click()
    words.button("Undo").click()
    expect(_legend(words, "mood")).to_be_hidden()
    words.button("Redo").click()
    expect(_legend(words, "mood")).to_contain_text("happy 😀")
    with words.page.expect_download() as download:
        words.button("Save metadata").click()
    download.value.save_as(tmp_path / "saved.tsv")
    lines = (tmp_path / "saved.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "word\tkind\tcount\tmood"
    tagged = {line.split("\t")[0] for line in lines[1:] if line.endswith("\thappy 😀")}
    assert tagged == {f"word{number}" for number in range(120, 130)}
    assert [line.split("\t")[:3] for line in lines[1:]] == [[str(cell) for cell in row] for row in word_rows()]


def test_metadata_is_loaded_from_a_file_and_left_again(words: EmbeddingsTab) -> None:
    lines = "mine\tweight\n" + "".join(f"my {row}\t{row / 2}\n" for row in range(WORDS))
    _choose_file(words, "Load metadata", "labels.tsv", lines.encode())
    expect(words.combobox("Label by")).to_have_value("mine")
    assert "weight" in words.options("Color by")
    words.frame.get_by_role("searchbox").fill("my 399")
    words.expect_text("1 match")
    words.button("Use the run's own").click()
    expect(words.combobox("Label by")).to_have_value("word")


def test_metadata_of_another_length_is_reported(words: EmbeddingsTab) -> None:
    _choose_file(words, "Load metadata", "short.tsv", b"a\tb\n1\t2\n")
    words.expect_text(re.compile(r"short\.tsv has 1 line after its header for 400 points: the last 399 points have no"))


# --- Own vectors ---


def test_a_file_is_explored_without_a_logdir(empty_logdir: Path, open_tab) -> None:
    with TensorBoardProcess(empty_logdir) as server:
        tab = EmbeddingsTab(open_tab(server))
        tab.expect_text("No embeddings found")
        _choose_file(tab, "Open vectors", "mine.npy", _npy(np.random.default_rng(1).normal(size=(123, 5))))
        tab.wait_painted(123)
        expect(tab.status).to_contain_text("Showing all 123 points · 5 dims")
        tab.wait_until(lambda: "uploads" in tab.page.url and "run=" in tab.page.url)
        again = tab.reopened()
        again.wait_painted(123)


def test_a_file_that_holds_no_vectors_is_refused_in_words(words: EmbeddingsTab, nothing_went_wrong: list[str]) -> None:
    _choose_file(words, "Open vectors", "novel.txt", b"It was a dark and stormy night.\nThe rain fell in torrents.\n")
    alert = words.frame.get_by_role("alert").first
    expect(alert).to_contain_text("novel.txt")
    nothing_went_wrong.clear()
    expect(words.status).to_contain_text(f"Showing all {WORDS} points")
    _choose_file(words, "Open vectors", "nothing.tsv", b"")
    expect(alert).to_contain_text("is empty")


# --- Helpers ---


def _legend(tab: EmbeddingsTab, column: str) -> Locator:
    return tab.frame.get_by_role("region", name=f"Legend: {column}")


def _value(tab: EmbeddingsTab, value: str) -> Locator:
    return _legend(tab, "kind").get_by_role("button", name=re.compile(rf"^{value}"))


def _filtered(tab: EmbeddingsTab) -> Locator:
    """The line in the inspector that counts the points that pass the filters."""
    return tab.frame.locator("selection-section .filtered")


def _choose_file(tab: EmbeddingsTab, button: str, name: str, content: bytes) -> None:
    with tab.page.expect_file_chooser() as chooser:
        tab.button(button).click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def _npy(vectors: np.ndarray) -> bytes:
    sink = io.BytesIO()
    np.save(sink, vectors)
    return sink.getvalue()


def _strong_pixels(tab: EmbeddingsTab) -> int:
    pixels = tab.pixels().astype(int)
    return int(((pixels.max(axis=-1) - pixels.min(axis=-1)) > 70).sum())


def _has_color(tab: EmbeddingsTab, color: tuple[int, int, int]) -> bool:
    pixels = tab.pixels()[..., :3].astype(int)
    return bool((np.abs(pixels - np.array(color)).max(axis=-1) < 60).sum() > 3)
