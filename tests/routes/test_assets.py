"""Files named by metadata: recognized by their bytes, served in ranges, and never from outside the logdir."""

from __future__ import annotations

import io
import re
import wave
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from plugin_client import PluginClient, read_error

from tb_projector_plugin import limits, projector


def sound() -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setparams((1, 2, 8000, 8000, "NONE", ""))
        file.writeframes(np.sin(np.arange(8000) / 10).astype("<i2").tobytes())
    return content.getvalue()


def picture(image_format: str) -> bytes:
    content = io.BytesIO()
    Image.fromarray(np.arange(48 * 48 * 3, dtype=np.uint8).reshape(48, 48, 3)).save(content, image_format)
    return content.getvalue()


@pytest.fixture
def logdir(tmp_path: Path) -> Path:
    run = tmp_path / "logs" / "run"
    projector.add_embedding(run, np.eye(3, dtype=np.float32), metadata=["a", "b", "c"])
    (run / "media").mkdir()
    (run / "media" / "ä b.wav").write_bytes(sound())
    for image_format in ("PNG", "JPEG", "GIF", "WEBP", "BMP"):
        (run / "media" / f"picture.{image_format.lower()}").write_bytes(picture(image_format))
    (tmp_path / "secret.png").write_bytes(picture("PNG"))
    return tmp_path / "logs"


@pytest.fixture
def client(logdir: Path) -> PluginClient:
    client = PluginClient(logdir)
    client.runs()
    return client


@pytest.mark.parametrize("name", ["png", "jpeg", "gif", "webp", "bmp"])
def test_an_image_comes_as_it_is_with_its_type(client, logdir, name):
    answer = client.get("/assets", run="run", path=f"media/picture.{name}")
    assert answer.status_code == 200
    assert answer.content_type == f"image/{name}"
    assert answer.data == (logdir / "run" / "media" / f"picture.{name}").read_bytes()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_sound_of_any_name_comes_in_ranges(client):
    whole = sound()
    answer = client.get("/assets", run="run", path="media/ä b.wav")
    assert (answer.content_type, answer.data) == ("audio/wav", whole)
    assert answer.headers["Accept-Ranges"] == "bytes"
    for requested, first, stop in (("0-9", 0, 10), ("100-", 100, len(whole)), ("-7", len(whole) - 7, len(whole))):
        part = client.ask("/assets", headers={"Range": f"bytes={requested}"}, run="run", path="media/ä b.wav")
        assert part.status_code == 206
        assert part.data == whole[first:stop]
        assert part.headers["Content-Range"] == f"bytes {first}-{stop - 1}/{len(whole)}"
        assert part.content_length == stop - first


def test_a_range_beyond_the_end_is_refused_and_an_odd_one_ignored(client):
    beyond = client.ask("/assets", headers={"Range": "bytes=99999999-"}, run="run", path="media/ä b.wav")
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(sound())}"
    for odd in ("bytes=0-1,4-5", "lines=1-2", "bytes=nonsense"):
        assert client.ask("/assets", headers={"Range": odd}, run="run", path="media/ä b.wav").status_code == 200


def test_what_is_known_is_not_sent_again_and_a_part_of_another_version_is_not_mixed(client):
    first = client.get("/assets", run="run", path="media/picture.png")
    tag = first.headers["ETag"]
    again = client.ask("/assets", headers={"If-None-Match": tag}, run="run", path="media/picture.png")
    assert (again.status_code, again.data) == (304, b"")
    old = {"Range": "bytes=0-3", "If-Range": '"of yesterday"'}
    assert client.ask("/assets", headers=old, run="run", path="media/picture.png").status_code == 200
    same = {"Range": "bytes=0-3", "If-Range": tag}
    assert client.ask("/assets", headers=same, run="run", path="media/picture.png").status_code == 206


@pytest.mark.parametrize(
    "written", ["../../secret.png", "media/../../../secret.png", "/etc/passwd", "~/secret.png", "link.png"]
)
def test_nothing_leaves_the_logdir(client, logdir, written):
    (logdir / "run" / "link.png").symlink_to(logdir.parent / "secret.png")
    error = read_error(client.get("/assets", run="run", path=written), 403, "forbidden")
    assert str(logdir) not in error["message"]


def test_a_path_may_lead_up_from_the_folder_of_the_metadata(tmp_path):
    """From the run's own folder, `../../a.png` is outside of the logdir."""
    run = tmp_path / "logs" / "run"
    projector.add_embedding(run, np.eye(3, dtype=np.float32), metadata=["../../a.png", "b", "c"])
    config = run / "projector_config.pbtxt"
    (written,) = re.findall(r'metadata_path: "(.*)"', config.read_text())
    (run / "meta").mkdir()
    (run / written).rename(run / "meta" / "metadata.tsv")
    config.write_text(config.read_text().replace(written, "meta/metadata.tsv"))
    for place in (tmp_path, tmp_path / "logs"):
        (place / "a.png").write_bytes(picture("PNG"))
    (tmp_path / "secret.png").write_bytes(picture("GIF"))
    client = PluginClient(tmp_path / "logs")
    client.runs()
    assert client.get("/assets", run="run", path="../../a.png").data == picture("PNG")
    for outside in ("../../../a.png", "../../secret.png", "../../../secret.png"):
        read_error(client.get("/assets", run="run", path=outside), 403, "forbidden")


def test_what_is_not_media_is_recognized_by_its_bytes_not_its_name(client, logdir):
    for name, content in (("page.png", b"<html><script>1</script>"), ("drawing.svg", b"<svg/>"), ("empty.wav", b"")):
        (logdir / "run" / name).write_bytes(content)
        assert name in read_error(client.get("/assets", run="run", path=name), 422, "bad_data")["message"]
    read_error(client.get("/assets", run="run", path="projector_config.pbtxt"), 422, "bad_data")
    read_error(client.get("/assets", run="run", path="media"), 422, "bad_data")


def test_what_is_missing_is_said(client):
    assert "none.png" in read_error(client.get("/assets", run="run", path="none.png"), 404, "not_found")["message"]
    read_error(client.get("/assets", run="nowhere", path="media/picture.png"), 404, "not_found")
    read_error(client.get("/assets", run="run"), 400, "bad_parameter")
    read_error(client.get("/assets", run="run", path="https://example.com/a.png"), 422, "bad_data")
    read_error(client.get("/assets", run="run", path="a\0.png"), 422, "bad_data")


def test_a_film_too_large_is_refused_before_it_is_read(client, logdir):
    with (logdir / "run" / "film.webm").open("wb") as film:
        film.write(b"\x1aE\xdf\xa3")
        film.truncate(limits.MEDIA_BYTES + 1)
    read_error(client.get("/assets", run="run", path="film.webm"), 413, "over_limit")
