"""Sprite sheets written by Pillow and PyTorch, and invalid ones."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from golden_checkpoints import GOLDEN
from PIL import Image

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError
from tb_projector_plugin.sources.sprites import read_sprite_bytes, read_sprite_header


def write_sheet(folder, size, image_format="PNG", mode="RGB"):
    path = folder / f"sheet.{image_format.lower()}"
    Image.new(mode, size).save(path, image_format)
    return str(path)


def claim_png(folder, width, height):
    """A PNG whose header claims more pixels than it has."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    (folder / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + bytes(4))
    return str(folder / "bomb.png")


def test_pytorchs_sheet() -> None:
    sheet = read_sprite_header(str(GOLDEN / "torch/00010/digits/sprite.png"), "s.png", (8, 8), 12)
    assert (sheet.width, sheet.height, sheet.columns, sheet.rows) == (32, 24, 4, 3) or sheet.columns * sheet.rows >= 12


@pytest.mark.parametrize(
    ("size", "thumbnail", "points", "grid"),
    [
        ((60, 40), (20, 10), 12, (3, 4)),
        ((200, 10), (10, 10), 15, (20, 1)),
        ((10, 200), (10, 10), 20, (1, 20)),
        ((65, 45), (20, 20), 6, (3, 2)),
    ],
)
def test_any_aspect_of_grid_with_the_last_row_unfilled(size, thumbnail, points, grid, tmp_path) -> None:
    sheet = read_sprite_header(write_sheet(tmp_path, size), "s.png", thumbnail, points)
    assert (sheet.columns, sheet.rows) == grid


@pytest.mark.parametrize(
    ("image_format", "media_type"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "webp"), ("GIF", "gif")]
)
def test_what_browsers_show_is_sent_as_it_is(image_format, media_type, tmp_path) -> None:
    path = write_sheet(tmp_path, (20, 20), image_format)
    content, sent_as = read_sprite_bytes(read_sprite_header(path, "s", (10, 10), 4))
    with open(path, "rb") as file:
        assert content == file.read()
    assert sent_as == f"image/{media_type}"


@pytest.mark.parametrize("image_format", ["BMP", "TIFF", "PPM", "TGA"])
def test_other_formats_become_png(image_format, tmp_path) -> None:
    sheet = read_sprite_header(write_sheet(tmp_path, (20, 30), image_format), "s", (10, 10), 6)
    content, media_type = read_sprite_bytes(sheet)
    assert media_type == "image/png"
    with Image.open(io.BytesIO(content)) as png:
        assert (png.format, png.size) == ("PNG", (20, 30))


def test_a_sheet_with_too_few_places(tmp_path) -> None:
    with pytest.raises(DataError, match=r"3 x 2 thumbnails of 20 x 20 px, 6 in all; 7 points") as raised:
        read_sprite_header(write_sheet(tmp_path, (60, 40)), "run/s.png", (20, 20), 7)
    assert raised.value.file == "run/s.png"
    assert "single_image_dim" in raised.value.fix


@pytest.mark.parametrize("thumbnail", [(), (10,), (0, 10), (10, -1), (1, 2, 3)])
def test_no_size_of_a_thumbnail(thumbnail, tmp_path) -> None:
    with pytest.raises(DataError, match="single_image_dim is") as raised:
        read_sprite_header(write_sheet(tmp_path, (20, 20)), "run/s.png", thumbnail, 4)
    assert "projector_config.pbtxt" in raised.value.fix


@pytest.mark.parametrize("content", [b"", b"not an image", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_what_is_no_image(content, tmp_path) -> None:
    (tmp_path / "s.png").write_bytes(content)
    with pytest.raises(DataError, match="not an image") as raised:
        read_sprite_header(str(tmp_path / "s.png"), "run/s.png", (8, 8), 1)
    assert "PNG" in raised.value.fix


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "TGA", "ICO"])
def test_an_image_cut_off_anywhere_in_its_header(image_format, tmp_path) -> None:
    """A copy that is under way: a sheet that is recognized, or no image that can be read."""
    content = Path(write_sheet(tmp_path, (20, 20), image_format)).read_bytes()
    for size in range(1, min(len(content), 200)):
        (tmp_path / "cut").write_bytes(content[:size])
        with suppress(DataError):
            assert read_sprite_header(str(tmp_path / "cut"), "run/cut", (10, 10), 4).rows == 2


@pytest.mark.parametrize("size", [(11_586, 11_586), (10, 2**27), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_header_that_says_too_many_pixels_is_refused_before_decoding(size, tmp_path) -> None:
    with pytest.raises(LimitError, match="too large"):
        read_sprite_header(claim_png(tmp_path, *size), "run/s.png", (8, 8), 1)


def test_the_largest_sheet_is_described_without_decoding(tmp_path) -> None:
    assert read_sprite_header(claim_png(tmp_path, 8192, 8192), "s.png", (32, 32), 65_536).columns == 256


def test_a_cut_off_image_that_must_be_converted(tmp_path) -> None:
    path = write_sheet(tmp_path, (64, 64), "BMP")
    with open(path, "r+b") as file:
        file.truncate(500)
    sheet = read_sprite_header(path, "run/s.bmp", (8, 8), 64)
    with pytest.raises(DataError, match="not an image"):
        read_sprite_bytes(sheet)


def test_a_chunk_that_claims_a_gigabyte_takes_no_memory(tmp_path) -> None:
    """An icon is a PNG that is decoded with its header."""
    path = Path(write_sheet(tmp_path, (16, 16), "ICO"))
    content = path.read_bytes()
    length = content.index(b"IDAT") - 4
    path.write_bytes(content[:length] + struct.pack(">I", 1 << 30) + content[length + 4 :])
    tracemalloc.start()
    try:
        with suppress(DataError):
            read_sprite_header(str(path), "run/sheet.ico", (8, 8), 4)
        assert tracemalloc.get_traced_memory()[1] < 1 << 24
    finally:
        tracemalloc.stop()


def test_a_tiff_whose_strips_begin_at_a_fraction(tmp_path) -> None:
    """Type 5 of the tag 273 instead of 4: Pillow's decoder raised a TypeError."""
    path = Path(write_sheet(tmp_path, (16, 16), "TIFF"))
    long_strip, fraction = struct.pack("<HHI", 273, 4, 1), struct.pack("<HHI", 273, 5, 1)
    assert long_strip in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(long_strip, fraction))
    sheet = read_sprite_header(str(path), "run/sheet.tiff", (8, 8), 4)
    with pytest.raises(DataError, match=r"run/sheet\.tiff"):
        read_sprite_bytes(sheet)


def test_a_file_that_is_not_there_or_too_large(tmp_path, monkeypatch) -> None:
    with pytest.raises(NotFoundError, match="could not be read"):
        read_sprite_header(str(tmp_path / "none.png"), "none.png", (8, 8), 1)
    path = write_sheet(tmp_path, (20, 20))
    monkeypatch.setattr(limits, "SPRITE_BYTES", 10)
    with pytest.raises(LimitError, match="bytes"):
        read_sprite_header(path, "s.png", (8, 8), 1)
