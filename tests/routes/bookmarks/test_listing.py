"""/bookmarks: what a run offers, whatever its files contain."""

from __future__ import annotations

import json

import numpy as np
import pytest
from bookmarks_route import BUILTIN, ELSEWHERE, LOOPBACK, TRAIN, by_name, listing, put, put_file, saved, write_config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from logdir_builders import write_checkpoint
from plugin_client import PluginClient, read_error

from tb_projector_plugin import limits


def test_the_named_file_comes_first_then_those_beside_the_config(run, client):
    (run / "saved.json").write_text(json.dumps(BUILTIN))
    put_file(run, "b.json", json.dumps(BUILTIN * 2))
    put_file(run, "a.json", '{"label": "one state"}')
    put_file(run, "notes.txt", "not listed")
    put_file(run, ".b.json.x.tmp", "being written")
    found = listing(client)["bookmarks"]
    assert [(each["name"], each["file"], each["configured"]) for each in found] == [
        ("saved", "train/saved.json", True),
        ("a", "train/bookmarks/a.json", False),
        ("b", "train/bookmarks/b.json", False),
    ]
    assert [each["states"] for each in found] == [BUILTIN, [{"label": "one state"}], BUILTIN * 2]
    assert all(each["problem"] is None and each["version"] for each in found)
    assert [each["replaceable"] for each in found] == [False, True, True]


def test_a_run_without_a_config_or_bookmarks(tmp_path):
    write_checkpoint(tmp_path / "train", 1, words=np.eye(4, 3, dtype=np.float32))
    client = PluginClient(tmp_path)
    assert listing(client)["bookmarks"] == []
    assert saved(put(client, "first"))["file"] == "train/bookmarks/first.json"
    assert (tmp_path / "train" / "bookmarks" / "first.json").read_bytes() == json.dumps(BUILTIN).encode()


def test_an_embedding_or_run_that_is_not_there(run, client):
    (run / "saved.json").write_text("[]")
    client.runs()
    read_error(client.get("/bookmarks", run="train", name="nowhere"), 404, "not_found")
    read_error(client.get("/bookmarks", run="nowhere", name="words"), 404, "not_found")
    read_error(put(client, "x", run="nowhere"), 404, "not_found")
    read_error(client.get("/bookmarks", run="train"), 400, "bad_parameter")


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("", "bad_data", "line 1"),
        ("[{}", "bad_data", "not JSON"),
        ('[\n{"a": 1},\n{"b" 2}]', "bad_data", "line 3, column 6"),
        ("[1]", "bad_data", "state 1 is a number"),
        ('[{}, "x"]', "bad_data", "state 2 is text"),
        ("null", "bad_data", "null"),
        ('[{"a": NaN}]', "bad_data", "NaN"),
        ('[{"a": -Infinity}]', "bad_data", "-Infinity"),
        ("[" * 1_000_000, "bad_data", "deep"),
        ('[{"a": ' + "[" * 200 + "]" * 200 + "}]", "bad_data", "64 deep"),
        (b'[{"a": "\xff"}]', "bad_data", "0xff"),
        ('[{"a": 1}]'.encode("utf-16"), "bad_data", "UTF-8"),
        (b"\x00" * 50, "bad_data", "not JSON"),
    ],
)
def test_a_damaged_file_says_so_and_hides_no_other(run, client, content, kind, said):
    put_file(run, "torn.json", content)
    put_file(run, "whole.json", json.dumps(BUILTIN))
    found = by_name(client)
    assert found["whole"]["states"] == BUILTIN
    assert found["torn"]["states"] is None
    problem = found["torn"]["problem"]
    assert problem["kind"] == kind
    assert said in problem["message"]
    assert problem["fix"]
    assert (problem["file"], problem["run"], problem["embedding"]) == ("train/bookmarks/torn.json", "train", "words")


@pytest.mark.parametrize(
    ("content", "states"),
    [
        (b"\xef\xbb\xbf[]\r\n", []),
        ('[{"a": "\u2028 \U0001f600 </script>"}]', [{"a": "\u2028 \U0001f600 </script>"}]),
        ('[{"a": "\\ud800"}]', [{"a": "\ud800"}]),
        ('{"a": ' + "[" * 60 + "]" * 60 + "}", None),
        (b'[{"a": ' + b"9" * 10_000 + b"}]", None),
    ],
)
def test_odd_but_whole_files(run, client, content, states):
    put_file(run, "odd.json", content)
    odd = by_name(client)["odd"]
    assert odd["problem"] is None
    assert odd["states"] == states if states is not None else odd["states"]


def test_states_are_handed_on_byte_by_byte(run, client):
    """Numbers keep their digits, and unknown fields are preserved."""
    text = '[{"x":0.1000000000000000055,"y":1E5,"of tomorrow":[{}]}]'
    put_file(run, "exact.json", text)
    client.runs()
    assert text.encode() in client.ask("/bookmarks", **TRAIN).data


def test_a_file_over_the_limit(run, client, monkeypatch):
    monkeypatch.setattr(limits, "BOOKMARK_BYTES", 1000)
    put_file(run, "large.json", json.dumps([{"a": "x" * 1000}]))
    put_file(run, "small.json", "[]")
    found = by_name(client)
    assert found["large"]["problem"]["kind"] == "over_limit"
    assert found["small"]["states"] == []


def test_all_files_together_are_bounded(run, client, monkeypatch):
    monkeypatch.setattr(limits, "BOOKMARKS_BYTES", 100)
    for name in ("a", "b", "c"):
        put_file(run, f"{name}.json", json.dumps([{"a": "x" * 60}]))
    put_file(run, "d.json", "[]")
    problems = {name: each["problem"] and each["problem"]["kind"] for name, each in by_name(client).items()}
    assert problems == {"saved": "not_found", "a": None, "b": "over_limit", "c": "over_limit", "d": None}


def test_what_is_not_listed_is_counted(run, client, monkeypatch):
    monkeypatch.setattr(limits, "BOOKMARK_FILES", 3)
    for number in range(5):
        put_file(run, f"{number}.json", "[]")
    answer = listing(client)
    assert len(answer["bookmarks"]) == 3
    assert answer["left_out"] == 3
    assert "3 files" in read_error(put(client, "one more"), 413, "over_limit")["message"]


@pytest.mark.parametrize(
    "written", ["../../outside.json", "/etc/passwd", "saved.json/../../../outside.json", "link.json"]
)
def test_a_path_that_leaves_the_logdir_is_refused(run, client, written, tmp_path):
    (tmp_path / "outside.json").write_text('[{"secret": 1}]')
    (run / "link.json").symlink_to(tmp_path / "outside.json")
    write_config(run, written)
    put_file(run, "whole.json", "[]")
    (configured, whole) = listing(client)["bookmarks"]
    assert configured["problem"]["kind"] == "forbidden"
    assert "secret" not in json.dumps(configured)
    assert str(tmp_path) not in json.dumps(configured)
    assert whole["states"] == []
    assert any(problem["kind"] == "forbidden" for problem in client.runs()["problems"])


def test_a_link_in_bookmarks_that_leaves_the_logdir_is_refused(run, client, tmp_path):
    (tmp_path / "outside.json").write_text('[{"secret": 1}]')
    put_file(run, "whole.json", "[]")
    (run / "bookmarks" / "link.json").symlink_to(tmp_path / "outside.json")
    link = by_name(client)["link"]
    assert link["problem"]["kind"] == "forbidden"
    assert not link["replaceable"]
    read_error(put(client, "link", version=link["version"]), 403, "forbidden")
    assert "secret" in (tmp_path / "outside.json").read_text()


def test_bookmarks_that_is_a_link_out_of_the_logdir_is_neither_written_to_nor_listed(run, client, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.json").write_text("[]")
    (run / "bookmarks").symlink_to(tmp_path / "elsewhere")
    read_error(put(client, "x"), 403, "forbidden")
    read_error(put(client, "secret"), 403, "forbidden")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["secret.json"]
    assert "secret" not in json.dumps(listing(client))
    link = by_name(client)["bookmarks"]
    assert (link["file"], link["problem"]["kind"]) == ("train/bookmarks", "forbidden")
    assert not link["replaceable"]


def test_a_named_file_that_is_missing_is_reported_here_and_in_runs(client):
    (missing,) = listing(client)["bookmarks"]
    assert missing["version"] is None
    assert "bookmarks_path" in missing["problem"]["message"]
    assert any("bookmarks_path" in problem["message"] for problem in client.runs()["problems"])


def test_a_second_question_costs_nothing_until_a_file_changes(run, client):
    path = put_file(run, "a.json", "[]")
    client.runs()
    first = client.ask("/bookmarks", environ=LOOPBACK, **TRAIN)
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.ask("/bookmarks", environ=LOOPBACK, headers=again, **TRAIN).status_code == 304
    assert client.ask("/bookmarks", environ=ELSEWHERE, headers=again, **TRAIN).status_code == 200
    path.write_text("[{}]")
    assert client.ask("/bookmarks", environ=LOOPBACK, headers=again, **TRAIN).status_code == 200


@given(st.binary(max_size=60) | st.text('[]{}:,"\\ue019.-+ntfalsru\n\ufeff\u2028😀', max_size=60).map(str.encode))
@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_states_or_a_problem(run, client, content):
    """For any content, the output is JSON that a browser accepts; JSON that only Python accepts is invalid."""
    put_file(run, "any.json", content)
    found = by_name(client)["any"]
    assert (found["states"] is None) == (found["problem"] is not None)
