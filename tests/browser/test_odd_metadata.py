"""Metadata with far too many columns or rows to read through: the tab stays usable."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect

from tb_projector_plugin import projector

ROWS = 300
MEGABYTE = 1 << 20


def make_vectors() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(ROWS, 8)).astype(np.float32)


def test_a_thousand_columns(tmp_path: Path, tensorboard_server, open_tab) -> None:
    columns = {
        f"column {number:04d}": [f"v{number}-{row % 7}" if number % 3 else row * number for row in range(ROWS)]
        for number in range(1000)
    }
    projector.add_embedding(str(tmp_path), make_vectors(), name="wide", metadata=columns)
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path)))
    tab.wait_painted(ROWS)
    tab.combobox("Color by").fill("0998")
    tab.combobox("Color by").press("Enter")
    legend = tab.frame.get_by_role("region", name="Legend: column 0998")
    expect(legend.get_by_text("v998-6").first).to_be_visible()
    tab.frame.get_by_role("searchbox").first.fill("v1-3")
    tab.frame.get_by_role("listbox").get_by_role("option").first.click()
    tab.button("Show all 1,000 columns").click()
    expect(tab.frame.locator("point-card dd").filter(has_text=re.compile(r"^\s*v998-3\s*$"))).to_be_attached()


def test_a_cell_of_a_megabyte(tmp_path: Path, tensorboard_server, open_tab) -> None:
    labels = [f"item {row}" for row in range(ROWS)]
    labels[5], labels[6] = "long " + "x" * MEGABYTE, "sentence " + "word " * (MEGABYTE // 5)
    groups = [labels[row] if row < 8 else f"g{row % 3}" for row in range(ROWS)]
    projector.add_embedding(str(tmp_path), make_vectors(), name="long", metadata={"label": labels, "group": groups})
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path)))
    tab.wait_painted(ROWS)
    for text in ("long xxx", "sentence word"):
        tab.frame.get_by_role("searchbox").first.fill(text)
        option = tab.frame.get_by_role("listbox").get_by_role("option", name=re.compile(text))
        option.first.click()
        expect(tab.frame.locator("point-card").get_by_text(re.compile(text)).first).to_be_visible()
        widths = tab.frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], "a long word makes the page no wider"
        tab.wait_painted(ROWS)
