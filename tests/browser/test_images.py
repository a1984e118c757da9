"""Thumbnails from the sprite sheet: on the points, in the card, in the list."""

from __future__ import annotations

import re

from embeddings_tab import EmbeddingsTab
from playwright.sync_api import expect


def test_points_are_drawn_as_their_images(digits: EmbeddingsTab) -> None:
    images = digits.button("Images")
    expect(images).to_have_attribute("aria-pressed", "true")
    with_images = digits.pixels()
    images.click()
    expect(images).to_have_attribute("aria-pressed", "false")
    digits.wait_until(lambda: bool((digits.pixels() != with_images).any()))


def test_the_steps_of_one_variable_can_be_chosen(digits: EmbeddingsTab) -> None:
    assert digits.options("Step") == ["1", "2 (newest)"]
    digits.choose("Step", "1")
    digits.wait_painted(1797)
    digits.expect_text(re.compile("model.ckpt-1"))


def test_a_neighbor_is_listed_with_its_image(digits: EmbeddingsTab) -> None:
    digits.frame.get_by_role("searchbox").fill("7")
    matches = digits.frame.get_by_role("listbox").get_by_role("option")
    matches.first.click()
    neighbors = digits.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE)).get_by_role("option")
    expect(neighbors.first.get_by_role("img")).to_be_visible()
