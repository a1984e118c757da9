"""Projections of the digits run to their end: what the tab then says of them, against scikit-learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize

from .projecting import LAYOUT_TIMEOUT_MS, choose_dimensions, choose_method, measure_quality, run_layout
from .saving import save

DIGITS = 1797
#: Pairs of digits, each the ends of an axis.
ENDS = ((0, 1), (2, 3), (4, 5))


@pytest.fixture
def digits(plain_digits: EmbeddingsTab) -> EmbeddingsTab:
    return plain_digits


def expect_shown(tab: EmbeddingsTab, projection: str) -> None:
    """Every point is drawn in this projection, the URL names it, and nothing failed."""
    tab.wait_painted(DIGITS)
    expect(tab.status).to_contain_text("Showing all 1,797 points")
    expect(tab.status).to_contain_text(f"{projection} 3-D")
    expect(tab.frame.locator("failure-note")).to_have_count(0)
    expect(tab.frame.locator("task-progress")).to_have_count(0)
    assert len(tab.spots()) >= 1


def test_three_axes_between_digits_are_those_between_their_means(digits: EmbeddingsTab) -> None:
    choose_method(digits, "Axes")
    choose_dimensions(digits, 3)
    data, labels = load_digits(return_X_y=True)
    for axis, ends in enumerate(ENDS):
        field = digits.frame.locator("axis-field").nth(axis)
        field.get_by_label(f"What axis {'XYZ'[axis]} is made of").select_option(value="searches")
        for end, digit in enumerate(ends):
            field.get_by_role("textbox").nth(end).fill(str(digit))
            expect(field.get_by_title("Points that match").nth(end)).to_have_text(str((labels == digit).sum()))
    digits.frame.get_by_role("button", name="Project", exact=True).click()
    expect(digits.status).to_contain_text("axes 3-D")
    expect_shown(digits, "axes")
    directions = normalize(
        [data[labels == one].mean(axis=0) - data[labels == other].mean(axis=0) for one, other in ENDS]
    )
    places = (data - data.mean(axis=0)) @ directions.T
    expected = trustworthiness(normalize(data), places, n_neighbors=15)
    assert measure_quality(digits)["Trustworthiness"] == pytest.approx(expected, abs=6e-4)
    digits.wait_until(lambda: "p.embeddings.method=axes" in digits.page.url)


def test_umap_in_three_dimensions_ends_and_can_be_believed(digits: EmbeddingsTab) -> None:
    panel = run_layout(digits, "UMAP", 3)
    expect(panel).to_contain_text("500 of 500 epochs", timeout=LAYOUT_TIMEOUT_MS)
    expect(digits.button("Pause")).to_have_count(0)
    expect_shown(digits, "UMAP")
    quality = measure_quality(digits)
    assert quality["Trustworthiness"] > 0.97
    assert quality["Continuity"] > 0.97
    assert quality["Kept neighbors"] > 40
    assert all(np.isfinite(list(quality.values())))
    digits.wait_until(lambda: "p.embeddings.method=umap" in digits.page.url)


def test_classes_that_supervise_stand_apart(digits: EmbeddingsTab, tmp_path: Path) -> None:
    choose_method(digits, "UMAP")
    digits.frame.get_by_text("More", exact=True).click()
    parted = []
    for column in ("no column", "label"):
        digits.choose("Supervise by", column)
        panel = run_layout(digits, "UMAP", 3)
        expect(panel).to_contain_text("500 of 500 epochs", timeout=LAYOUT_TIMEOUT_MS)
        expect_shown(digits, "UMAP")
        saved = pd.read_csv(save(digits, "CSV of All points", tmp_path))
        parted.append(silhouette_score(saved[["x", "y", "z"]], load_digits().target))
    assert parted[1] > parted[0] + 0.1


def test_as_it_is_draws_dimensions_and_a_column_of_the_digits(digits: EmbeddingsTab, tmp_path: Path) -> None:
    choose_method(digits, "As is")
    choose_dimensions(digits, 3)
    for axis, dimension in (("X", 20), ("Y", 36)):
        digits.frame.get_by_label(f"Dimension on axis {axis}").fill(str(dimension))
        digits.page.keyboard.press("Enter")
    digits.frame.get_by_label("What stands on axis Z").select_option(label="ink")
    digits.wait_until(lambda: ".asIs=" in digits.page.url and "ink" in digits.page.url)
    expect_shown(digits, "as is")
    saved = pd.read_csv(save(digits, "CSV of All points", tmp_path))
    data = 2 * load_digits().data  # The newest step is the second.
    expected = np.stack([data[:, 20], data[:, 36], data.sum(axis=1) / 2], axis=1)
    assert saved[["x", "y", "z"]].to_numpy().tolist() == expected.tolist()
