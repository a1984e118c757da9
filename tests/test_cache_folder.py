"""The cache folder: whole files only, bounded, the least recently used out first, and for its owner's eyes."""

import io
import os
import stat
import time

import pyarrow as pa
import pytest

from tb_projector_plugin import cache_folder
from tb_projector_plugin.cache_folder import CacheFolder, discard, make_name


def stream(size=100):
    batch = pa.record_batch({"n": pa.array(range(size))})
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def put(folder, name, data=None):
    temporary = folder.make_temporary()
    with open(temporary, "wb") as file:
        file.write(stream() if data is None else data)
    return folder.adopt(temporary, name)


@pytest.fixture
def folder(tmp_path):
    return CacheFolder(str(tmp_path / "deep" / "cache"))


def test_what_was_adopted_is_found_with_every_byte(folder):
    assert folder.find("a") is None
    put(folder, "a")
    found = folder.find("a")
    assert b"".join(found.chunks()) == b"".join(found.chunks()) == stream()
    assert found.size == len(stream())
    assert folder.names("a") == ["a"]
    assert os.listdir(folder.path) == ["a.arrows"]


def test_a_name_depends_on_every_part():
    names = {make_name(*parts) for parts in [("a", 1), ("a", 2), ("a1",), ("a", "1"), (("a", 1),), ("a", None)]}
    assert len(names) == 6
    assert make_name("a", 1) == make_name("a", 1)


@pytest.mark.parametrize("data", [b"", b"\xff\xff\xff\xff", stream()[:-1], stream()[:-9], b"x" * 50])
def test_what_is_not_whole_is_not_found_and_goes(folder, data):
    put(folder, "a", data)
    assert folder.find("a") is None
    assert os.listdir(folder.path) == []


def test_the_least_recently_used_leave_first(tmp_path):
    folder = CacheFolder(str(tmp_path), max_bytes=3 * len(stream()))
    for age, name in enumerate("cba"):
        os.utime(put(folder, name).path, (age, age))
    assert folder.find("c")
    put(folder, "d")
    assert sorted(folder.names("")) == ["a", "c", "d"]


def test_what_was_just_made_stays_however_large(tmp_path):
    folder = CacheFolder(str(tmp_path), max_bytes=10)
    put(folder, "a")
    put(folder, "b")
    assert folder.names("") == ["b"]


def test_files_of_a_writer_that_was_killed_leave(folder):
    old, new = folder.make_temporary(), folder.make_temporary()
    long_ago = time.time() - 2 * cache_folder._ABANDONED_S
    os.utime(old, (long_ago, long_ago))
    put(folder, "a")
    assert not os.path.exists(old)
    assert os.path.exists(new)
    discard(new)
    discard(new)
    assert os.listdir(folder.path) == ["a.arrows"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_only_its_owner_may_look_into_it(tmp_path):
    wide = tmp_path / "wide"
    wide.mkdir(mode=0o755)
    for path in (wide, tmp_path / "new"):
        assert stat.S_IMODE(os.stat(CacheFolder(str(path)).path).st_mode) == 0o700


def test_where_it_cannot_be_written_results_are_kept_elsewhere(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    folder = CacheFolder(str(blocked / "cache"))
    put(folder, "a")
    assert folder.find("a")
    assert not folder.path.startswith(str(tmp_path))
    assert "cannot be written" in caplog.text


def test_the_variable_moves_it(tmp_path, monkeypatch):
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(tmp_path / "elsewhere"))
    assert CacheFolder().path == str(tmp_path / "elsewhere")
