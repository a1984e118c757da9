"""Pages of sheets larger than a texture, compared with Pillow's own crops of the sheet."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tb_projector_plugin.errors import DataError, LimitError
from tb_projector_plugin.sources.sprite_pages import make_pages, page_type, plan_pages
from tb_projector_plugin.sources.sprites import read_sprite_header

TALL = (200, 20_000)
THUMB = (50, 40)


def write_sheet(folder, size=TALL, mode="RGB", image_format="PNG"):
    """Every thumbnail has its own color, with a mark in its top left corner."""
    random = np.random.default_rng(0)
    lines, columns = size[1] // THUMB[1], size[0] // THUMB[0]
    colors = random.integers(0, 256, (lines, columns, len(mode)), np.uint8)
    pixels = np.zeros((size[1], size[0], len(mode)), np.uint8)
    body = np.repeat(np.repeat(colors, THUMB[1], axis=0), THUMB[0], axis=1)
    pixels[: body.shape[0], : body.shape[1]] = body
    pixels[:: THUMB[1], :: THUMB[0]] = 255
    path = folder / f"sheet.{image_format.lower()}"
    Image.fromarray(pixels).save(path, image_format)
    return str(path)


def crop(image, number, columns):
    left, top = number % columns * THUMB[0], number // columns * THUMB[1]
    return np.asarray(image.crop((left, top, left + THUMB[0], top + THUMB[1])))


@pytest.mark.parametrize(
    ("size", "mode"), [(TALL, "RGB"), (TALL, "RGBA"), ((20_000, 210), "RGB"), ((9_010, 90), "RGB")]
)
def test_every_thumbnail_is_in_its_place_pixel_by_pixel(size, mode, tmp_path) -> None:
    path = write_sheet(tmp_path, size, mode)
    sheet = read_sprite_header(path, "s.png", THUMB, 300)
    grid, pages = plan_pages(sheet), list(make_pages(sheet))
    assert len(pages) == grid.count
    images = [Image.open(io.BytesIO(page)) for page in pages]
    assert {image.size for image in images} == {(grid.columns * THUMB[0], grid.rows * THUMB[1])}
    assert max(images[0].size) <= 4096
    with Image.open(path) as whole:
        for number in range(sheet.columns * sheet.rows):
            page, place = divmod(number, grid.places)
            expected = crop(whole, number, sheet.columns)
            assert np.array_equal(crop(images[page], place, grid.columns), expected), number


def test_a_page_holds_no_more_lines_than_there_are(tmp_path) -> None:
    sheet = read_sprite_header(write_sheet(tmp_path, (9_000, 40)), "s.png", THUMB, 180)
    assert vars(plan_pages(sheet)) == {"columns": 81, "rows": 3, "count": 1}


def test_a_photographs_sheet_stays_a_jpeg_and_nearly_as_it_was(tmp_path) -> None:
    path = write_sheet(tmp_path, image_format="JPEG")
    sheet = read_sprite_header(path, "s.jpg", THUMB, 2000)
    assert page_type(sheet) == "image/jpeg"
    page = Image.open(io.BytesIO(next(make_pages(sheet))))
    with Image.open(path) as whole:
        columns = plan_pages(sheet).columns
        difference = np.abs(crop(page, 5, columns).astype(int) - crop(whole, 5, 4)).mean()
    assert (page.format, difference < 4) == ("JPEG", True)


def test_palettes_and_grays_become_colors(tmp_path) -> None:
    Image.linear_gradient("L").resize((100, 9000)).save(tmp_path / "gray.png")
    sheet = read_sprite_header(str(tmp_path / "gray.png"), "s.png", THUMB, 450)
    first = np.asarray(Image.open(io.BytesIO(next(make_pages(sheet)))))
    with Image.open(tmp_path / "gray.png") as whole:
        assert np.array_equal(first[:40, :50, 0], np.asarray(whole)[:40, :50])


def test_a_sheet_that_ends_too_early(tmp_path) -> None:
    path = write_sheet(tmp_path)
    with open(path, "r+b") as file:
        file.truncate(4000)
    sheet = read_sprite_header(path, "run/s.png", THUMB, 2000)
    with pytest.raises(DataError, match="not an image") as raised:
        list(make_pages(sheet))
    assert raised.value.file == "run/s.png"


def test_thumbnails_larger_than_a_page_are_refused_where_pages_are_needed(tmp_path) -> None:
    path = write_sheet(tmp_path, (100, 9_000))
    with pytest.raises(LimitError, match="4096"):
        read_sprite_header(path, "s.png", (100, 4500), 2)
    small = write_sheet(tmp_path, (100, 5_000))
    assert plan_pages(read_sprite_header(small, "s.png", (100, 5000), 1)) is None
