"""Thumbnails from the sprite sheet: on the points, in the card, in the list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from embeddings_tab import NO_AXES, EmbeddingsTab
from logdir_builders import write_checkpoint
from PIL import Image
from pixels import read_pixels
from playwright.sync_api import expect


def test_points_are_drawn_as_their_images(digits: EmbeddingsTab) -> None:
    images = digits.frame.get_by_role("button", name="Images", exact=True)
    expect(images).to_have_attribute("aria-pressed", "true")
    with_images = _black(digits)
    assert with_images > 0.01, "the digits are white on black"
    images.click()
    expect(images).to_have_attribute("aria-pressed", "false")
    digits.wait_until(lambda: _black(digits) < 0.1 * with_images)
    images.click()
    digits.wait_until(lambda: _black(digits) > 0.9 * with_images)


def _black(tab: EmbeddingsTab) -> float:
    """Fraction of the picture's pixels."""
    return float((tab.pixels()[..., :3].max(axis=2) < 40).mean())


def test_images_are_drawn_where_there_is_room_for_them(tmp_path: Path, tensorboard_server, open_tab) -> None:
    """40,000 black images are discs at home, unless all are asked for, and images from nearby."""
    rows, side, columns = 40_000, 8, 200
    Image.fromarray(np.zeros((rows // columns * side, columns * side, 3), np.uint8)).save(tmp_path / "sheet.png")
    write_checkpoint(tmp_path, 1, table=np.random.default_rng(0).normal(size=(rows, 3)).astype(np.float32))
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "table" '
        f'sprite {{ image_path: "sheet.png" single_image_dim: {side} single_image_dim: {side} }} }}\n'
    )
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path), view=f"{NO_AXES}&p.embeddings.showLabels=0"))
    tab.wait_complete(rows)
    images = tab.frame.get_by_role("button", name="Images", exact=True)
    expect(images).to_have_attribute("aria-pressed", "true")
    assert _black(tab) == 0
    tab.button("Drawing").click()
    tab.frame.get_by_role("checkbox", name="Images where there is room").uncheck()
    tab.wait_until(lambda: _black(tab) > 0.1)
    tab.frame.get_by_role("checkbox", name="Images where there is room").check()
    tab.wait_until(lambda: _black(tab) == 0)
    tab.page.keyboard.press("Escape")
    box = tab.picture.bounding_box()
    assert box is not None
    tab.move_to(box["width"] / 2, box["height"] / 2)
    tab.page.mouse.wheel(0, -1200)
    tab.wait_until(lambda: _black(tab) > 0.1)


def test_the_steps_of_one_variable_can_be_chosen(digits: EmbeddingsTab) -> None:
    assert digits.options("Step") == ["1", "2 (newest)"]
    digits.choose("Step", "1")
    digits.wait_painted(1797)
    digits.expect_text(re.compile("model.ckpt-1"))
    digits.frame.get_by_role("application").focus()
    digits.page.keyboard.press("]")
    expect(digits.combobox("Step")).to_have_value("2")
    digits.page.keyboard.press("]")
    digits.page.keyboard.press("[")
    expect(digits.combobox("Step")).to_have_value("1")


def test_a_neighbor_is_listed_with_its_image(digits: EmbeddingsTab) -> None:
    digits.frame.get_by_role("searchbox").fill("7")
    matches = digits.frame.get_by_role("listbox").get_by_role("option")
    matches.first.click()
    neighbors = digits.frame.get_by_role("listbox", name=re.compile("neighbors", re.IGNORECASE)).get_by_role("option")
    expect(neighbors.first.get_by_role("img")).to_be_visible()
    digits.button("Drawing").click()
    digits.frame.get_by_role("checkbox", name="Images in lists").uncheck()
    expect(neighbors.first.get_by_role("img")).to_be_hidden()
    digits.frame.get_by_role("checkbox", name="Images in lists").check()
    expect(neighbors.first.get_by_role("img")).to_be_visible()


def test_the_card_of_a_point_has_its_image(digits: EmbeddingsTab) -> None:
    """A digit's image is gray on black, and as large as the card shows it."""
    spot = digits.farthest_spot()
    digits.move_to(spot.x, spot.y)
    image = digits.card.get_by_role("img")
    expect(image).to_be_visible()
    expect(digits.card).to_contain_text(re.compile(r"\d"))
    pixels = read_pixels(digits.page, image)[..., :3].astype(int)
    assert (pixels.max(axis=2) < 40).mean() > 0.2
    assert (pixels.min(axis=2) > 150).any()


def test_a_sheet_higher_than_any_texture_is_drawn_and_shown(tmp_path: Path, tensorboard_server, open_tab) -> None:
    """20,000 px high, with 8,700 thumbnails whose color changes from red to blue: the last ones are on another page."""
    rows, side, columns = 8_700, 64, 28
    lines = 313  # 20,032 px
    reds = np.zeros(lines * columns, np.uint8)
    reds[:rows] = np.linspace(255, 0, rows)
    cells = np.stack([reds, np.zeros_like(reds), 255 - reds], axis=1).reshape(lines, columns, 3)
    Image.fromarray(cells.repeat(side, axis=0).repeat(side, axis=1)).save(tmp_path / "sheet.png")
    vectors = np.random.default_rng(0).normal(scale=0.01, size=(rows, 3)).astype(np.float32)
    vectors[:, 0] = np.linspace(-1, 1, rows)
    write_checkpoint(tmp_path, 1, table=vectors)
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "table" '
        f'sprite {{ image_path: "sheet.png" single_image_dim: {side} single_image_dim: {side} }} }}\n'
    )
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path)))
    tab.wait_painted(rows)
    tab.wait_until(
        lambda: len(find_color(tab.pixels(), 0)) > 20 and len(find_color(tab.pixels(), 2)) > 20, timeout_s=60
    )
    y, x = np.median(find_color(tab.pixels(), 2), axis=0)
    tab.click_at(x, y)
    thumbnail = tab.frame.locator("point-card").get_by_role("img", name=re.compile(r"Image of row 8\d\d\d$"))
    expect(thumbnail).to_be_visible()
    tab.wait_until(lambda: len(find_color(read_pixels(tab.page, thumbnail), 2)) > 500)


def test_a_sheet_with_fewer_images_than_points_is_refused_and_the_points_are_drawn(
    tmp_path: Path, tensorboard_server, open_tab
) -> None:
    rows, side = 10, 16
    Image.fromarray(np.zeros((side, 4 * side, 3), np.uint8)).save(tmp_path / "sheet.png")
    write_checkpoint(tmp_path, 1, table=np.random.default_rng(0).normal(size=(rows, 3)).astype(np.float32))
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "table" '
        f'sprite {{ image_path: "sheet.png" single_image_dim: {side} single_image_dim: {side} }} }}\n'
    )
    tab = EmbeddingsTab(open_tab(tensorboard_server(tmp_path)))
    tab.wait_painted(rows)
    expect(tab.frame.get_by_role("button", name="Images", exact=True)).to_be_hidden()
    tab.button(re.compile("1 problem")).click()
    tab.expect_text("4 in all; 10 points are expected.")


def find_color(pixels: np.ndarray[Any, Any], channel: int) -> np.ndarray[Any, Any]:
    """Where (y, x) there is mostly red (0) or blue (2): rows near one end."""
    others = np.delete(pixels[..., :3], channel, axis=2)  # Fog makes distant points paler.
    return np.argwhere((pixels[..., channel] > 240) & (others < 110).all(axis=2))
