"""The card of a point: its whole row, as text and links, and the files that it names, shown and played."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from embeddings_tab import EmbeddingsTab
from logdir_builders import write_labeled_run
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from tensorboard_process import TensorBoardProcess

LONG = "A very long description. " * 400
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
ROWS = [
    ("cat", "media/cat.png", "media/purr.wav", "See https://example.org/cat, or javascript:alert(1)", LONG),
    ("dog", "media/nowhere.png", "https://example.org/bark.wav", "", HOSTILE),
    ("cow", "../../outside.png", "media/text.wav", "-", "short"),
    *((f"other {number}", "-", "-", "-", "-") for number in range(37)),
]


@pytest.fixture(scope="module")
def animals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TensorBoardProcess]:
    """Serves 40 animals; the first ones name an image and a sound beside the metadata, not all of them valid."""
    folder = tmp_path_factory.mktemp("animals")
    run = folder / "logs" / "animals"
    vectors = np.random.default_rng(4).normal(size=(len(ROWS), 8)).astype(np.float32)
    write_labeled_run(run, [("name", "picture", "sound", "link", "description"), *ROWS], animals=vectors)
    media = run / "media"
    media.mkdir()
    Image.new("RGB", (120, 80), (200, 30, 60)).save(media / "cat.png")
    Image.new("RGB", (8, 8)).save(folder / "outside.png")
    (media / "text.wav").write_text("no sound at all")
    _write_tone(media / "purr.wav")
    with TensorBoardProcess(folder / "logs") as server:
        yield server


@pytest.fixture
def tab(animals: TensorBoardProcess, open_tab) -> EmbeddingsTab:
    tab = EmbeddingsTab(open_tab(animals))
    tab.wait_painted(len(ROWS))
    return tab


def test_an_image_is_shown_and_a_sound_is_played(tab: EmbeddingsTab) -> None:
    card = _open_card(tab, "cat")
    picture = card.locator("media-view img")
    expect(picture).to_have_js_property("naturalWidth", 120)
    expect(picture).to_have_attribute("alt", "media/cat.png")
    sound = card.locator("audio")
    expect(sound).to_have_js_property("error", None)
    tab.wait_until(lambda: abs(sound.evaluate("audio => audio.duration") - 0.5) < 0.05)
    sound.evaluate("audio => audio.play()")
    tab.wait_until(lambda: sound.evaluate("audio => audio.currentTime") > 0)


def test_links_open_elsewhere_and_long_cells_on_demand(tab: EmbeddingsTab) -> None:
    card = _open_card(tab, "cat")
    link = card.get_by_role("link", name="https://example.org/cat")
    expect(link).to_have_attribute("href", "https://example.org/cat")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    expect(card.locator("cell-text").get_by_role("link")).to_have_count(1)
    expect(card).not_to_contain_text(LONG.strip())
    card.get_by_role("button", name="Show all 10,000 characters").click()
    expect(card).to_contain_text(LONG.strip())
    card.get_by_role("button", name="Show less").click()
    expect(card).not_to_contain_text(LONG.strip())


def test_a_file_that_cannot_be_had_says_why(tab: EmbeddingsTab, nothing_went_wrong: list[str]) -> None:
    card = _open_card(tab, "dog")
    expect(card.get_by_role("alert")).to_contain_text("nowhere.png")
    expect(card).to_contain_text(HOSTILE)  # Shown as text.
    expect(card.locator("audio")).to_have_count(0)  # Nothing is loaded from other servers.
    expect(card.get_by_role("link", name="https://example.org/bark.wav")).to_be_visible()
    card = _open_card(tab, "cow")
    expect(card.get_by_role("alert")).to_have_count(2)
    expect(card.get_by_role("alert").last).to_contain_text("text.wav")
    nothing_went_wrong.clear()  # The browser logs each file that failed to load.


def test_the_row_is_copied_whole(tab: EmbeddingsTab, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = _open_card(tab, "cat")
    card.get_by_role("button", name="Copy the row").click()
    expect(card.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = tab.frame.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[:3] == ["row\t0", "name\tcat", "picture\tmedia/cat.png"]
    assert f"description\t{LONG.strip()}" in copied or f"description\t{LONG}" in copied


def _open_card(tab: EmbeddingsTab, name: str) -> Locator:
    field = tab.frame.get_by_role("searchbox")
    field.fill(name)
    expect(tab.frame.locator("search-field").get_by_role("status")).to_have_text(f"1 of {len(ROWS)}")
    field.press("Enter")
    field.fill("")
    card = tab.frame.locator("point-card")
    expect(card).to_contain_text(name)
    return card


def _write_tone(path: Path) -> None:
    """Writes half a second of sound."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes((np.sin(np.arange(4000) / 4) * 9000).astype("<i2").tobytes())
