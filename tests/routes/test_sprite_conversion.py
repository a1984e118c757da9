"""Sheets in formats that browsers do not show: decoded once for all requests, and one at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from bounded_process import run_bounded
from PIL import Image
from plugin_client import PluginClient, read_error
from waiting import wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.queries import sprite_files
from tb_projector_plugin.sources import sprites

RUNS = ("a", "b", "c")

_ASK = """
import sys
import pyarrow, PIL.Image, PIL.PngImagePlugin, PIL.TiffImagePlugin
from plugin_client import PluginClient
client = PluginClient(sys.argv[1])
client.runs()
bound_memory(500)
answer = client.get("/sprites", run=".", name="v")
print(answer.status_code, answer.content_type)
"""


class CountedDecoding:
    """Replaces the encoder of a decoded sheet: counts calls, and the maximum number of concurrent ones."""

    def __init__(self, encode) -> None:
        self.calls, self.most = 0, 0
        self.wait: Callable[[], None] = lambda: None
        self._encode, self._now, self._lock = encode, 0, threading.Lock()

    def __call__(self, image, display):
        with self._lock:
            self.calls, self._now = self.calls + 1, self._now + 1
            self.most = max(self.most, self._now)
        self.wait()
        png = self._encode(image, display)
        with self._lock:
            self._now -= 1
        return png


class CountedLock:
    """Counts who has asked for it."""

    def __init__(self) -> None:
        self.asked = 0
        self._lock, self._counting = threading.Lock(), threading.Lock()

    def __enter__(self) -> None:
        with self._counting:
            self.asked += 1
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, (8, 8, 4), np.uint8)


@pytest.fixture
def client(tmp_path, pixels) -> PluginClient:
    for run in RUNS:
        (tmp_path / run).mkdir()
        np.zeros((4, 2), "<f4").tofile(tmp_path / run / "v.bytes")
        Image.fromarray(pixels).save(tmp_path / run / "s.tiff")
        (tmp_path / run / "projector_config.pbtxt").write_text(
            'embeddings { tensor_name: "v" tensor_path: "v.bytes" tensor_shape: 4 tensor_shape: 2 '
            'sprite { image_path: "s.tiff" single_image_dim: 4 single_image_dim: 4 } }'
        )
    client = PluginClient(tmp_path)
    client.runs()
    return client


@pytest.fixture
def decoding(monkeypatch) -> CountedDecoding:
    counted = CountedDecoding(sprites._encode_png)
    monkeypatch.setattr(sprites, "_encode_png", counted)
    return counted


def test_a_sheet_is_decoded_once_however_many_ask_and_one_at_a_time(client, decoding, pixels, monkeypatch) -> None:
    lock = CountedLock()
    monkeypatch.setattr(sprite_files, "_decoding", lock)
    decoding.wait = lambda: wait_until(lambda: lock.asked >= len(RUNS), "that every sheet's turn is asked for")
    asked = [run for run in RUNS for _ in range(4)]
    with ThreadPoolExecutor(len(asked)) as threads:
        answers = list(threads.map(lambda run: client.get("/sprites", run=run, name="v"), asked))
    for answer in answers:
        assert (answer.status_code, answer.content_type) == (200, "image/png")
        assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.data))), pixels)
    assert client.get("/sprites", run="a", name="v").status_code == 200
    assert (decoding.calls, decoding.most) == (len(RUNS), 1)


def test_a_sheet_that_was_written_anew_is_converted_anew(client, decoding, tmp_path) -> None:
    before = client.get("/sprites", run="a", name="v").data
    Image.fromarray(np.zeros((8, 8, 4), np.uint8)).save(tmp_path / "a" / "s.tiff", compression="tiff_lzw")
    assert client.get("/sprites", run="a", name="v").data != before
    assert decoding.calls == 2


@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
def test_the_largest_sheet_takes_its_pixels_once(tmp_path, mode) -> None:
    """Some hundred kilobytes on disk, 256 MiB of pixels, of which no copy is made."""
    side = limits.SPRITE_SIDE_PX
    np.zeros((4, 2), "<f4").tofile(tmp_path / "v.bytes")
    Image.new(mode, (side, side)).save(tmp_path / "s.tiff", compression="tiff_adobe_deflate")
    (tmp_path / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "v" tensor_path: "v.bytes" tensor_shape: 4 tensor_shape: 2 '
        f'sprite {{ image_path: "s.tiff" single_image_dim: {side // 2} single_image_dim: {side // 2} }} }}'
    )
    assert run_bounded(_ASK, tmp_path) == "200 image/png\n"


def test_a_sheet_that_does_not_decode_is_reported_and_not_kept(client, tmp_path) -> None:
    file = tmp_path / "a" / "s.tiff"
    Image.fromarray(np.zeros((8, 8, 4), np.uint8)).save(file, compression="tiff_lzw")
    with open(file, "r+b") as damaged:
        damaged.seek(8)
        damaged.write(b"\xff" * 24)
    for _ in range(2):
        assert read_error(client.get("/sprites", run="a", name="v"), 422, "bad_data")["file"] == "a/s.tiff"
