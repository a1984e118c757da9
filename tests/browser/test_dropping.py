"""Files dropped onto the page: vectors, metadata and bookmarks."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect
from shared_views import download, expect_bookmarks, open_in_new_page, press

from .logdirs import WORDS


def test_a_file_is_dropped_onto_the_page(words: EmbeddingsTab) -> None:
    text = "".join(f"name {row}\t{row % 7}.5\t{row}\t-{row}\n" for row in range(77))
    _drop(words, "Vectors to explore", ("mine.tsv", text))
    words.wait_painted(77)
    expect(words.combobox("Tensor")).to_have_value("mine.tsv")
    words.frame.get_by_role("searchbox").fill("name 76")
    words.expect_text("1 match")


def test_an_array_of_numpy_is_dropped_onto_the_page(words: EmbeddingsTab) -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.random.default_rng(0).normal(size=(66, 5)))
    _drop(words, "Vectors to explore", ("mine.npy", buffer.getvalue()))
    words.wait_painted(66)
    expect(words.combobox("Tensor")).to_have_value("mine.npy")
    words.expect_text("66 × 5 float64")


def test_metadata_is_dropped_on_its_half(words: EmbeddingsTab) -> None:
    _drop(words, "Metadata for", ("labels.csv", "a,b\n" + "x,1\n" * WORDS))
    expect(words.combobox("Label by")).to_have_value("a")


@pytest.mark.parametrize("half", ["Vectors to explore", "Metadata for"])
def test_a_file_of_bookmarks_is_recognized_by_its_content(words: EmbeddingsTab, tmp_path: Path, half: str) -> None:
    press(words, "k")
    download(words, tmp_path / "saved.json")
    other = open_in_new_page(words)
    _drop(other, half, ("saved.txt", (tmp_path / "saved.json").read_text()))
    expect_bookmarks(other, "PCA 1")
    expect(other.frame.get_by_role("alert")).to_have_count(0)


def test_all_of_several_files_are_opened(words: EmbeddingsTab) -> None:
    text = "".join(f"{row}\t-{row}\n" for row in range(55))
    _drop(words, "Vectors to explore", ("one.tsv", text), ("two.tsv", text + text))
    words.wait_painted(110)
    expect(words.combobox("Tensor")).to_have_value("two.tsv")
    words.expect_text("one.tsv: 55 points")


def _drop(tab: EmbeddingsTab, half: str, *files: tuple[str, str | bytes]) -> None:
    """Dispatches the events of files dragged in from the desktop, which cannot be scripted."""
    held = tab.frame.evaluate_handle(
        """files => {
          const held = new DataTransfer();
          const partOf = (content) => typeof content === "string" ? content : Uint8Array.from(content);
          for (const [name, content] of files) held.items.add(new File([partOf(content)], name));
          return held;
        }""",
        [(name, list(content) if isinstance(content, bytes) else content) for name, content in files],
    )
    tab.frame.locator("projector-page").dispatch_event("dragenter", {"dataTransfer": held})
    target = tab.frame.locator("drop-target .half").filter(has_text=half)
    expect(target).to_be_visible()
    target.dispatch_event("drop", {"dataTransfer": held})
    expect(target).to_be_hidden()
