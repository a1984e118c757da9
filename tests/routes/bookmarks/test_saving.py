"""/bookmarks: saving, replacing and removing, and under which name."""

from __future__ import annotations

import json
import os
import threading

import pytest
from bookmarks_route import BUILTIN, by_name, put, put_file, remove, saved
from plugin_client import read_error

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.bookmark_names import make_file_name
from tb_projector_plugin.catalog.bookmarks import RunBookmarks
from tb_projector_plugin.errors import BadParameterError


def test_saved_replaced_and_removed(run, client):
    first = saved(put(client, "my tour"))
    path = run / "bookmarks" / "my tour.json"
    assert json.loads(path.read_bytes()) == BUILTIN
    assert by_name(client)["my tour"]["version"] == first["version"]

    read_error(put(client, "my tour", [{}]), 409, "stale")
    read_error(put(client, "my tour", [{}], version="0123456789abcdef"), 409, "stale")
    assert json.loads(path.read_bytes()) == BUILTIN
    second = saved(put(client, "my tour", [{}], version=first["version"]))
    assert json.loads(path.read_bytes()) == [{}]

    read_error(remove(client, bookmark="my tour", version=first["version"]), 409, "stale")
    read_error(remove(client, bookmark="my tour"), 400, "bad_parameter")
    gone = remove(client, bookmark="my tour", version=second["version"])
    assert json.loads(gone.data) == {"removed": "train/bookmarks/my tour.json"}
    assert not path.exists()
    read_error(remove(client, bookmark="my tour", version=second["version"]), 409, "stale")
    read_error(put(client, "my tour", version=second["version"]), 409, "stale")
    assert os.listdir(run / "bookmarks") == []


def test_of_two_who_save_under_one_name_one_is_refused(run, client):
    client.runs()
    statuses = []
    start = threading.Barrier(8)

    def work(number):
        start.wait()
        statuses.append(put(client, "same", [{"by": number}]).status_code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 7
    assert os.listdir(run / "bookmarks") == ["same.json"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../escape", "_.._escape"),
        ("/etc/cron.d/x", "_etc_cron.d_x"),
        ("..\\..\\x", "_.._x"),
        ("C:\\x", "C__x"),
        ("a\0b", "a_b"),
        (".hidden", "hidden"),
        ("x.json", "x.json"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("Ünïcödé 日本語 नमस्ते", "Ünïcödé 日本語 नमस्ते"),
        ("e\u0301", "é"),
        ("a\u202eb\u200bc", "a_b_c"),
        ("line\nbreak", "line_break"),
        ("💥 x", "_ x"),
        ("x" * 5000, "x" * 100),
        ("日" * 100, "日" * 66),
        ("trailing. . ", "trailing"),
    ],
)
def test_a_name_becomes_a_file_name_that_leads_nowhere_else(run, client, name, file):
    assert make_file_name(name) == file
    assert make_file_name(file) == file
    one = saved(put(client, name))
    assert (one["name"], one["file"], one["replaceable"]) == (file, f"train/bookmarks/{file}.json", True)
    assert os.listdir(run / "bookmarks") == [f"{file}.json"]
    assert {path.name for path in run.parent.parent.iterdir()} == {"logs"}


@pytest.mark.parametrize("name", ["", "..", "/", "///", "\0", " ", "💥", "."])
def test_a_name_of_which_nothing_is_left(client, name):
    read_error(put(client, name), 400, "bad_parameter")
    if name:
        with pytest.raises(BadParameterError):
            make_file_name(name)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"[NaN]", b"\xff", b"[" * 1_000_000, b'"text"'])
def test_a_body_that_is_no_bookmark_is_not_saved(run, client, body):
    read_error(put(client, "x", body), 400, "bad_parameter")
    assert not (run / "bookmarks").exists()


def test_a_body_over_the_limit(run, client):
    read_error(put(client, "x", b" " * limits.BOOKMARK_BYTES + b"[]"), 413, "over_limit")
    assert not (run / "bookmarks").exists()


def test_a_body_of_a_form_is_refused(run, client):
    for content_type in ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        read_error(put(client, "x", headers={"Content-Type": content_type}), 415, "content_type")
    assert not (run / "bookmarks").exists()


def test_a_file_in_the_place_of_the_folder(run, client):
    (run / "bookmarks").write_text("a file")
    error = read_error(put(client, "x"), 422, "bad_data")
    assert error["message"] == "train/bookmarks/x.json could not be written: train/bookmarks is a file, not a folder."
    assert error["fix"].startswith("Rename train/bookmarks")


@pytest.mark.parametrize("swapped", ["bookmarks", "."])
def test_a_link_swapped_after_the_check_is_not_written_through(run, client, tmp_path, monkeypatch, swapped):
    """The folder becomes a link out of the logdir after its path was allowed and before the file is written."""
    put_file(run, "x.json", "[]")
    version = by_name(client)["x"]["version"]
    outside = tmp_path / "outside"
    (outside / "bookmarks").mkdir(parents=True)
    target = (run / swapped).resolve()
    check = RunBookmarks._check_version

    def check_and_swap(self, path, version):
        check(self, path, version)
        target.rename(tmp_path / "aside")
        target.symlink_to(outside if swapped == "." else outside / "bookmarks")

    monkeypatch.setattr(RunBookmarks, "_check_version", check_and_swap)
    read_error(put(client, "x", [{}], version=version), 422, "bad_data")
    assert list(outside.rglob("*.json")) == []
