"""/bookmarks: what a run offers, whatever its files contain, and who may save a bookmark, where, under which name."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from logdir_builders import write_checkpoint
from playwright.sync_api import Page
from plugin_client import PluginClient, read_error
from tensorboard_process import TensorBoardProcess

from tb_projector_plugin import limits
from tb_projector_plugin.catalog.bookmark_names import make_file_name
from tb_projector_plugin.catalog.bookmarks import RunBookmarks
from tb_projector_plugin.errors import BadParameterError

LOOPBACK = {"REMOTE_ADDR": "127.0.0.1"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
#: A file as the built-in projector 2.20 writes it, reduced to two points.
BUILTIN = [
    {
        "label": "State 0",
        "isSelected": True,
        "tSNEIteration": 0,
        "tSNEPerplexity": 0,
        "tSNELearningRate": 0,
        "tSNEis3d": True,
        "umapIs3d": True,
        "umapNeighbors": 15,
        "pcaComponentDimensions": [0, 1, 2],
        "projections": [{"pca-0": -0.25, "pca-1": 1e-7}, {"pca-0": 3, "pca-1": 0}],
        "selectedProjection": "pca",
        "dataSetDimensions": [2, 12],
        "selectedPoints": [],
        "filteredPoints": [],
        "cameraDef": {"orthographic": False, "position": [0.45, 0.9, 1.6], "target": [0, 0, 0], "zoom": 1},
        "selectedColorOptionName": "label",
        "forceCategoricalColoring": False,
        "selectedLabelOption": "label",
    }
]
TRAIN = {"run": "train", "name": "words"}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The run `train` with the checkpoint tensor `words` and a config that names `saved.json`."""
    run = tmp_path / "logs" / "train"
    write_checkpoint(run, 1, words=np.eye(4, 3, dtype=np.float32))
    write_config(run, "saved.json")
    return run


@pytest.fixture
def client(run: Path) -> PluginClient:
    return PluginClient(run.parent)


def write_config(run: Path, bookmarks_path: str) -> None:
    entry = f'embeddings {{ tensor_name: "words" bookmarks_path: {json.dumps(bookmarks_path)} }}\n'
    (run / "projector_config.pbtxt").write_text(entry)


def put_file(run: Path, name: str, content: bytes | str) -> Path:
    path = run / "bookmarks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def listing(client: PluginClient, environ: dict[str, str] = LOOPBACK, **query) -> dict:
    client.runs()
    response = client.ask("/bookmarks", environ=environ, **{**TRAIN, **query})
    assert response.status_code == 200, response.data
    return json.loads(response.data, parse_constant=pytest.fail, parse_int=_parse_int)


def _parse_int(text: str) -> float:
    """Like browsers; Python rejects integers of 4,300 digits."""
    return int(text) if len(text) < 20 else float(text)


def by_name(client: PluginClient) -> dict[str, dict]:
    return {each["name"]: each for each in listing(client)["bookmarks"]}


def put(client: PluginClient, bookmark: str, states: object = BUILTIN, environ=LOOPBACK, headers=(), **query):
    client.runs()
    data = states if isinstance(states, bytes) else json.dumps(states).encode()
    headers = {"Content-Type": "application/json", **dict(headers)}
    query = {**TRAIN, "bookmark": bookmark, **query}
    return client.ask("/bookmarks", "PUT", data=data, headers=headers, environ=environ, **query)


def remove(client: PluginClient, environ=LOOPBACK, headers=(), **query):
    return client.ask("/bookmarks", "DELETE", environ=environ, headers=headers, **{**TRAIN, **query})


def saved(response) -> dict:
    assert response.status_code == 200, response.data
    return json.loads(response.data)["bookmark"]


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


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_other_sites_save_and_remove_nothing(run, client, headers):
    path = put_file(run, "a.json", "[]")
    version = by_name(client)["a"]["version"]
    read_error(put(client, "a", version=version, headers=headers), 403, "forbidden")
    read_error(remove(client, bookmark="a", version=version, headers=headers), 403, "forbidden")
    assert path.read_text() == "[]"


@pytest.mark.parametrize(
    ("environ", "headers", "allowed"),
    [
        (LOOPBACK, {}, True),
        ({"REMOTE_ADDR": "127.8.8.8"}, {}, True),
        ({"REMOTE_ADDR": "::1"}, {}, True),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, {}, True),
        (ELSEWHERE, {}, False),
        ({"REMOTE_ADDR": "::ffff:192.0.2.7"}, {}, False),
        ({"REMOTE_ADDR": "localhost"}, {}, False),
        ({"REMOTE_ADDR": ""}, {}, False),
        (LOOPBACK, {"X-Forwarded-For": "192.0.2.7"}, False),
        (LOOPBACK, {"Forwarded": "for=192.0.2.7"}, False),
        (ELSEWHERE, {"X-Forwarded-For": "127.0.0.1"}, False),
    ],
)
def test_only_this_machine_saves(run, client, environ, headers, allowed):
    response = client.ask("/bookmarks", environ=environ, headers=headers, **TRAIN) if client.runs() else None
    saving = json.loads(response.data)["saving"]
    assert saving["allowed"] == allowed
    answer = put(client, "x", environ=environ, headers=headers)
    if allowed:
        saved(answer)
        return
    assert "--embeddings_allow_saving_bookmarks" in saving["fix"]
    assert read_error(answer, 403, "forbidden")["message"] == saving["why"]
    read_error(remove(client, environ=environ, headers=headers, bookmark="x", version="0"), 403, "forbidden")
    assert not (run / "bookmarks").exists()


def test_the_flag_lets_others_save(run):
    client = PluginClient(run.parent, embeddings_allow_saving_bookmarks=True)
    assert listing(client, ELSEWHERE)["saving"] == {"allowed": True, "why": None, "fix": None}
    saved(put(client, "x", environ=ELSEWHERE))


def test_a_file_in_the_place_of_the_folder(run, client):
    (run / "bookmarks").write_text("a file")
    error = read_error(put(client, "x"), 422, "bad_data")
    assert error["message"] == "train/bookmarks/x.json could not be written: train/bookmarks is a file, not a folder."
    assert error["fix"].startswith("Rename train/bookmarks")


@pytest.mark.parametrize("swapped", ["bookmarks", "."])
def test_a_link_swapped_after_the_check_is_not_written_through(run, client, tmp_path, monkeypatch, swapped):
    """The folder becomes a link out of the logdir after its path was allowed and before the file is written."""
    version = by_name_after(put_file(run, "x.json", "[]"), client)
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


def by_name_after(path: Path, client: PluginClient) -> str:
    return by_name(client)[path.stem]["version"]


@given(st.binary(max_size=60) | st.text('[]{}:,"\\ue019.-+ntfalsru\n\ufeff\u2028😀', max_size=60).map(str.encode))
@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_states_or_a_problem(run, client, content):
    """For any content, the output is JSON that a browser accepts; JSON that only Python accepts is invalid."""
    put_file(run, "any.json", content)
    found = by_name(client)["any"]
    assert (found["states"] is None) == (found["problem"] is not None)


#: Like the page; the browser adds Origin and Sec-Fetch-Site on its own.
SAVE = """async ([address, method, body]) => {
  const headers = {"Content-Type": "application/json"};
  const answer = await fetch(address, {method, headers, body});
  return [answer.status, await answer.json()];
}"""


#: Requests that another site's page may try: a JSON body, and requests that need no preflight.
CROSS = """async ([address, method]) => {
  const tries = [{"Content-Type": "application/json"}, {"Content-Type": "text/plain"}].map(async headers => {
    try {
      return (await fetch(address, {method, headers, body: "[]"})).ok;
    } catch {
      return false;
    }
  });
  const opaque = fetch(address, {method: "POST", mode: "no-cors", body: "[]"}).then(() => false, () => false);
  return (await Promise.all([...tries, opaque])).every(done => !done);
}"""


def test_a_real_browser_saves_through_a_real_tensorboard(run, page: Page):
    base = "data/plugin/embeddings/bookmarks?run=train&name=words"
    with TensorBoardProcess(run.parent) as server:
        page.goto(server.url)
        name = "&bookmark=" + "%E6%97%A5 1"
        status, body = page.evaluate(SAVE, [f"{base}{name}", "PUT", json.dumps(BUILTIN)])
        assert status == 200, body
        assert json.loads((run / "bookmarks" / "日 1.json").read_bytes()) == BUILTIN
        status, body = page.evaluate(SAVE, [base, "GET", None])
        assert body["saving"]["allowed"]
        (saved,) = [each for each in body["bookmarks"] if each["name"] == "日 1"]
        status, body = page.evaluate(SAVE, [f"{base}{name}&version={saved['version']}", "DELETE", None])
        assert status == 200, body
        assert not (run / "bookmarks" / "日 1.json").exists()


def test_a_page_of_another_site_cannot_save(run, page: Page):
    """Another port of this machine is another origin; the browser sends a preflight, which is refused."""
    with TensorBoardProcess(run.parent) as server, TensorBoardProcess(run.parent) as other:
        page.goto(other.url)
        address = f"{server.url}/data/plugin/embeddings/bookmarks?run=train&name=words&bookmark=evil"
        for method in ("PUT", "POST", "DELETE"):
            failed = page.evaluate(CROSS, [address, method])
            assert failed
    assert not (run / "bookmarks").exists()
