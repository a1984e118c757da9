"""The cache folder: only complete files, bounded, least recently used evicted first, readable only by its owner."""

import errno
import io
import os
import shutil
import stat
import tempfile
import time
from contextlib import closing

import pyarrow as pa
import pytest

from tb_projector_plugin import cache_folder, limits
from tb_projector_plugin.cache_folder import CacheFolder, discard, make_name
from tb_projector_plugin.errors import NoSpaceError, StaleError


def stream(size=100):
    batch = pa.RecordBatch.from_pydict({"n": pa.array(range(size))})
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def put(folder, name, data=None):
    temporary = folder.make_temporary()
    with open(temporary, "wb") as file:
        file.write(stream() if data is None else data)
    return folder.adopt(temporary, name)


def content_of(found):
    with closing(found.open_content()) as opened:
        return b"".join(opened)


@pytest.fixture
def folder(tmp_path):
    return CacheFolder(str(tmp_path / "deep" / "cache"))


def test_what_was_adopted_is_found_with_every_byte(folder):
    assert folder.find("a") is None
    put(folder, "a")
    found = folder.find("a")
    assert content_of(found) == content_of(found) == stream()
    assert found.size == len(stream())
    assert folder.names("a") == ["a"]
    assert os.listdir(folder.path) == ["a.arrows"]


def test_what_was_opened_is_read_to_its_end_though_it_is_deleted(folder):
    found = put(folder, "a")
    with closing(found.open_content()) as opened:
        os.remove(found.path)
        assert b"".join(opened) == stream()
    assert found.open_content() is None


def test_a_name_depends_on_every_part():
    names = {make_name(*parts) for parts in [("a", 1), ("a", 2), ("a1",), ("a", "1"), (("a", 1),), ("a", None)]}
    assert len(names) == 6
    assert make_name("a", 1) == make_name("a", 1)


@pytest.mark.parametrize("data", [b"", b"\xff\xff\xff\xff", stream()[:-1], stream()[:-9], b"x" * 50])
def test_what_is_not_whole_is_not_found_and_goes(folder, data):
    put(folder, "a", data)
    assert folder.find("a") is None
    assert os.listdir(folder.path) == []


@pytest.mark.parametrize("place", [20, -30, -5, -1])
def test_one_bit_that_changed_is_noticed(folder, place):
    path = put(folder, "a").path
    with open(path, "rb") as file:
        content = bytearray(file.read())
    content[place] ^= 4
    with open(path, "wb") as file:
        file.write(content)
    assert folder.find("a") is None
    assert os.listdir(folder.path) == []
    put(folder, "a")
    assert content_of(folder.find("a")) == stream()


@pytest.fixture
def checks(monkeypatch):
    """One entry for each time a file is verified against its checksum."""
    checks, is_sealed = [], cache_folder._is_sealed

    def count(file, size):
        checks.append(size)
        return is_sealed(file, size)

    monkeypatch.setattr(cache_folder, "_is_sealed", count)
    return checks


def test_a_file_is_verified_once(folder, checks):
    put(folder, "a")
    for _ in range(3):
        assert folder.find("a")
    assert len(checks) == 1


def test_a_file_that_changed_is_verified_again(folder, checks):
    path = put(folder, "a").path
    folder.find("a")
    with open(path, "r+b") as file:
        file.seek(20)
        file.write(b"?")
    assert folder.find("a") is None
    put(folder, "a", stream(3))
    assert folder.find("a").size == len(stream(3))
    assert len(checks) == 3


def test_a_directory_of_its_name_makes_room(folder):
    os.makedirs(os.path.join(folder.path, "a.arrows", "deep"))
    assert folder.find("a") is None
    put(folder, "a")
    assert content_of(folder.find("a")) == stream()


def delete(path):
    shutil.rmtree(path)


def replace_by_file(path):
    shutil.rmtree(path)
    with open(path, "w") as file:
        file.write("no folder")


@pytest.mark.parametrize("take_away", [delete, replace_by_file])
def test_a_folder_that_was_taken_away_is_made_anew_or_another_one(folder, take_away):
    put(folder, "a")
    take_away(folder.path)
    assert folder.find("a") is None
    assert folder.names("") == []
    put(folder, "a")
    assert content_of(folder.find("a")) == stream()
    assert folder.names("") == ["a"]


def test_a_fall_back_that_is_gone_gives_way_to_the_folder_asked_for(tmp_path):
    blocked = tmp_path / "cache"
    blocked.write_text("no folder")
    folder = CacheFolder(str(blocked))
    put(folder, "a")
    blocked.unlink()
    shutil.rmtree(folder.path)
    put(folder, "a")
    assert folder.path == str(blocked)


def refuse_in(monkeypatch, directory, number):
    """Makes the creation of files in `directory` fail, as on a disk that became read-only."""

    def refusing(make):
        def make_elsewhere(*arguments, **options):
            if os.path.realpath(options.get("dir") or tempfile.gettempdir()) == os.path.realpath(directory):
                raise OSError(number, os.strerror(number))
            return make(*arguments, **options)

        return make_elsewhere

    for name in ("mkstemp", "TemporaryFile"):
        monkeypatch.setattr(tempfile, name, refusing(getattr(tempfile, name)))


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_became_read_only_is_left_for_another(folder, monkeypatch, number):
    put(folder, "a")
    before = folder.path
    refuse_in(monkeypatch, before, number)
    assert folder.find("a"), "it can still be read"
    put(folder, "b")
    assert folder.path != before
    assert folder.find("b")


def test_a_full_disk_is_said_and_leaves_nothing(folder, monkeypatch):
    refuse_in(monkeypatch, folder.path, errno.ENOSPC)
    with pytest.raises(NoSpaceError, match="no space left in the cache folder"):
        folder.make("a", lambda _: None)
    assert os.listdir(folder.path) == []


def test_a_disk_that_fills_up_while_it_is_written(folder):
    def write(path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    with pytest.raises(NoSpaceError) as error:
        folder.make("a", write)
    assert folder.path not in str(error.value), "answers hold no path"
    assert os.listdir(folder.path) == []


def test_what_is_taken_away_while_it_is_written_is_to_be_asked_for_again(folder):
    with pytest.raises(StaleError, match="Ask again"):
        folder.make("a", lambda _: shutil.rmtree(folder.path))
    put(folder, "a")


def test_another_file_that_is_missing_is_not_taken_for_the_folder(folder):
    with pytest.raises(FileNotFoundError):
        folder.make("a", lambda _: os.stat("/nowhere/at/all"))
    assert os.listdir(folder.path) == []


def test_the_least_recently_used_leave_first(tmp_path):
    folder = CacheFolder(str(tmp_path), max_bytes=3 * (len(stream()) + cache_folder._SEAL.size))
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
    long_ago = time.time() - 2 * limits.UNFINISHED_S
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
