"""Files of a few kilobytes that kept a scan of the logdir busy for seconds to minutes: work is counted, not timed."""

from __future__ import annotations

import contextlib
import os
import struct
import threading

import pytest
from bounded_process import run_bounded
from catalog_logdirs import save, vectors, write_config
from plugin_client import PluginClient, read_error
from table_writer import header, write_block, write_simple_table, write_table

from tb_projector_plugin import config, limits
from tb_projector_plugin.catalog import configured, run_context
from tb_projector_plugin.catalog.parse_cache import ParseCache, RunFiles
from tb_projector_plugin.catalog.run_reading import read_run
from tb_projector_plugin.catalog.walk import walk_roots
from tb_projector_plugin.deadline import OutOfTimeError, time_limit
from tb_projector_plugin.errors import DataError, LimitError
from tb_projector_plugin.paths import LogRoot, PathPolicy
from tb_projector_plugin.sources import tsv_lines
from tb_projector_plugin.sources.checkpoint.table import TableTooLargeError, parse_table
from tb_projector_plugin.sources.delimited_text import sniff_separation
from tb_projector_plugin.sources.tsv_tensor import TsvTensor
from tb_projector_plugin.stamped_file import read_stamps


@pytest.fixture
def policy(tmp_path) -> PathPolicy:
    return PathPolicy((LogRoot(os.path.realpath(tmp_path)),))


def locate(policy, tmp_path, written):
    return policy.locate(written, str(tmp_path), str(tmp_path))


def problems_of(logdir) -> list[dict]:
    return PluginClient(logdir).runs()["problems"]


@pytest.mark.parametrize(
    "written", ["a/" * 2000 + "b", "\\".join("a" * 102), "ä" * 2049], ids=["slashes", "\\", "long"]
)
def test_a_path_of_thousands_of_names_is_refused(policy, tmp_path, written) -> None:
    with pytest.raises(DataError, match="at most 4,096 and 100 are expected") as raised:
        locate(policy, tmp_path, written)
    assert len(raised.value.message) < 200


def test_a_path_that_is_not_there_costs_a_look_a_name(policy, tmp_path, monkeypatch) -> None:
    looked, realpath, here = [], os.path.realpath, threading.get_ident()

    def note(path):
        if threading.get_ident() == here:  # Servers of other tests may still be looking at their logdirs.
            looked.append(path)
        return realpath(path)

    monkeypatch.setattr(os.path, "realpath", note)
    assert not locate(policy, tmp_path, "/".join(f"a{number}" for number in range(100))).moved
    assert len(looked) < 20


def test_a_long_path_of_a_moved_logdir_is_found_still(policy, tmp_path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "m.tsv").write_text("a")
    found = locate(policy, tmp_path, "/elsewhere/logs/run/m.tsv")
    assert found.moved
    assert found.path == os.path.realpath(tmp_path / "run" / "m.tsv")


def test_of_thousands_of_problems_a_hundred_are_listed(tmp_path, monkeypatch) -> None:
    compared = []
    monkeypatch.setattr(run_context.Problem, "__eq__", lambda one, other: compared.append(1) or one is other)
    monkeypatch.setattr(run_context.Problem, "__hash__", lambda problem: hash((problem.message, problem.file)))
    entry = 'embeddings {{ tensor_name: "t{0}" tensor_path: "none{0}.tsv" }}\n'
    write_config(tmp_path, "".join(map(entry.format, range(500))))
    problems = problems_of(tmp_path)
    assert len(problems) == limits.RUN_PROBLEMS + 1
    assert (problems[-1]["kind"], problems[-1]["level"]) == ("over_limit", "warning")
    assert problems[-1]["message"].startswith("400 more problems of this run are not listed")
    assert len(compared) < 5 * 500  # Comparing each with all reported ones would be 125,000.


def test_names_that_no_checkpoint_has_are_compared_for_the_listed_ones(tmp_path, monkeypatch) -> None:
    calls = []
    monkeypatch.setattr(configured.difflib, "get_close_matches", lambda *_, **__: calls.append(1) or [])
    save(tmp_path / "model.ckpt", words=vectors(3, 2))
    write_config(tmp_path, "".join(f'embeddings {{ tensor_name: "t{number}" }}\n' for number in range(300)))
    assert len(problems_of(tmp_path)) == limits.RUN_PROBLEMS + 1
    assert len(calls) == limits.RUN_PROBLEMS


def test_the_last_checkpoints_of_a_long_state_file(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "STATE_CHECKPOINTS", 2)
    for folder in "abc":
        save(tmp_path / folder / "model.ckpt-1", words=vectors(3, 2))
    lines = [f'all_model_checkpoint_paths: "{folder}/model.ckpt-1"' for folder in "abc"]
    (tmp_path / "checkpoint").write_text("\n".join(['model_checkpoint_path: "c/model.ckpt-1"', *lines]))
    (problem,) = (each for each in problems_of(tmp_path) if each["file"] == "checkpoint")
    assert "names 3 checkpoints; the last 2 of them are read" in problem["message"]


def test_an_index_of_a_hundred_thousand_shards(tmp_path) -> None:
    (tmp_path / "model.ckpt.index").write_bytes(write_simple_table([(b"", header(99_999))]))
    (problem,) = problems_of(tmp_path)
    assert "99,999 data files; 0 are there" in problem["message"]
    assert problem["file"] == "model.ckpt.index"


def test_empty_entries_of_an_index_are_counted(monkeypatch) -> None:
    entries = [(struct.pack(">I", number), b"") for number in range(1, 1001)]
    table = write_table([write_block(entries)], [entries[-1][0]])
    assert len(list(parse_table(table))) == 1000
    with monkeypatch.context() as patch:
        patch.setattr(limits, "CHECKPOINT_ENTRIES", 500)
        with pytest.raises(TableTooLargeError, match="more than 500 entries"):
            list(parse_table(table))
    monkeypatch.setattr(limits, "CHECKPOINT_INDEX_BYTES", 400_000)
    with pytest.raises(TableTooLargeError, match="400000 bytes"):
        list(parse_table(table))


def test_a_line_of_two_gigabytes_that_takes_no_disk(tmp_path) -> None:
    with open(tmp_path / "v.tsv", "wb") as file:
        file.truncate(2 << 30)
    program = """
import sys
from tb_projector_plugin.sources.delimited_text import sniff_separation
from tb_projector_plugin.sources.tsv_tensor import TsvTensor
bound_memory(200)
try:
    TsvTensor(sys.argv[1], "v.tsv")
except Exception as error:
    print(repr(error))
"""
    assert "LimitError('v.tsv, line 1 has over 16,777,216 bytes" in run_bounded(program, tmp_path / "v.tsv")


def test_a_name_of_over_a_megabyte_in_a_config(tmp_path) -> None:
    """Parsing it took 1.6 GB and 20 s, and its message was as long as the name."""
    save(tmp_path / "model.ckpt", words=vectors(3, 2))
    write_config(tmp_path, '# A config.\nembeddings { tensor_name: "' + "\\\\t" * (limits.MIB // 2) + '" }')
    client = PluginClient(tmp_path)
    (problem,) = client.runs()["problems"]
    assert (problem["kind"], problem["line"]) == ("over_limit", 2)
    assert "at most 1,048,576 are read" in problem["message"]
    assert client.embedding(".", "words")["steps"][0]["shape"] == [3, 2]


def test_a_config_of_more_entries_than_are_read(tmp_path, monkeypatch) -> None:
    """A hundred thousand took 32 s; they are counted before they are parsed."""
    save(tmp_path / "model.ckpt", words=vectors(3, 2))
    write_config(tmp_path, 'embeddings { tensor_name: "words" }\n' * (limits.CONFIG_ENTRIES + 1))
    with monkeypatch.context() as patch:
        patch.setattr(config, "_parse", None)
        client = PluginClient(tmp_path)
        (problem,) = client.runs()["problems"]
    assert (problem["kind"], problem["file"]) == ("over_limit", "projector_config.pbtxt")
    assert problem["message"].endswith("has 10,001 entries; at most 10,000 are read.")
    assert "run directories" in problem["fix"]
    assert client.embedding(".", "words")["steps"][0]["shape"] == [3, 2]


@pytest.mark.parametrize("entries", ["embeddings: [{}, {}, {}]", "embeddings # A comment.\n{}" * 3, "embeddings<>" * 3])
def test_entries_are_counted_however_they_are_written(tmp_path, monkeypatch, entries) -> None:
    monkeypatch.setattr(limits, "CONFIG_ENTRIES", 2)
    write_config(tmp_path, entries)
    (problem,) = problems_of(tmp_path)
    assert "has 3 entries; at most 2 are read" in problem["message"]


def test_thousands_of_steps_are_read(tmp_path) -> None:
    entry = 'embeddings {{ tensor_name: "v:{:05}" tensor_path: "v.tsv" }}\n'
    (tmp_path / "v.tsv").write_text("1\t2\n3\t4\n")
    write_config(tmp_path, "".join(map(entry.format, range(3000))))
    client = PluginClient(tmp_path)
    assert client.runs()["problems"] == []
    assert len(client.embedding(".", "v")["steps"]) == 3000


def test_no_writer_adds_more_entries_than_are_read(tmp_path, monkeypatch) -> None:
    write_config(tmp_path, 'embeddings { tensor_name: "a" } embeddings { tensor_name: "b" }')
    path = tmp_path / config.CONFIG_NAME
    monkeypatch.setattr(limits, "CONFIG_ENTRIES", 2)
    before = path.read_bytes()
    message = config.ProjectorConfig()
    message.embeddings.add(tensor_name="c")
    with pytest.raises(LimitError, match="has 3 entries"):
        config.update_config(str(path), message)
    assert path.read_bytes() == before


def test_long_names_are_cut_in_messages(tmp_path) -> None:
    """Those of a config without a checkpoint, twice the same, of another shape, and of fields that do not exist."""
    long = "x" * 5000
    vectors_entry = f'embeddings {{ tensor_name: "{long}" tensor_path: "v.tsv" tensor_shape: 9 tensor_shape: 9 }}\n'
    fields = "".join(f"{long}{number}: 1\n" for number in range(9))
    write_config(tmp_path, fields + f'embeddings {{ tensor_name: "{long}y" }}\n' + 2 * vectors_entry)
    (tmp_path / "v.tsv").write_text("1\t2\n3\t4\n")
    messages = [problem["message"] for problem in problems_of(tmp_path)]
    assert len(messages) == 4
    assert all(len(message) < 1000 for message in messages)
    assert any("4 more" in message for message in messages)


@pytest.mark.parametrize("first", [b"1\t2\n", b"1\n"])
def test_a_later_line_that_is_too_long(tmp_path, first) -> None:
    with open(tmp_path / "v.tsv", "wb") as file:
        file.write(first)
        file.truncate(64 * limits.MIB)
    with pytest.raises(LimitError, match="line 2 has over"):
        TsvTensor(str(tmp_path / "v.tsv"), "v.tsv").read_all()


def test_blank_lines_are_counted_up_to_a_limit(tmp_path, monkeypatch) -> None:
    """Sixty million of them, in as many bytes, took seven seconds."""
    blocks, find_blank = [], tsv_lines.find_blank
    monkeypatch.setattr(tsv_lines, "find_blank", lambda *args: blocks.append(None) or find_blank(*args))
    monkeypatch.setattr(limits, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(limits, "TSV_BLANK_LINES", 2500)
    (tmp_path / "v.tsv").write_bytes(b"1\t2\n" + b"\n" * 100_000)
    write_config(tmp_path, 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }')
    (problem,) = problems_of(tmp_path)
    assert (problem["kind"], problem["line"]) == ("over_limit", 2)
    assert "at most 2,500 are read" in problem["message"]
    assert len(blocks) == 3


def read_blank_file(folder) -> None:
    (folder / "v.tsv").write_bytes(b"\n" * 100_000)
    TsvTensor(str(folder / "v.tsv"), "v.tsv")


def read_lines(folder) -> None:
    (folder / "v.tsv").write_bytes(b"1\t2\n" * 100_000)
    with open(folder / "v.tsv", "rb") as file:
        tsv_lines.count_lines(file, 0, 1, 2, sniff_separation(b"1\t2\n"), display="v.tsv")


def read_index(_folder) -> None:
    list(parse_table(write_simple_table([(b"", header(1)), (b"a", b"")])))


def read_one_config(folder) -> None:
    write_config(folder, "# A comment.")
    config.read_config(str(folder / config.CONFIG_NAME), config.CONFIG_NAME)


@pytest.mark.parametrize("read", [read_blank_file, read_lines, read_index, read_one_config])
def test_what_takes_long_ends_when_the_time_of_its_run_is_over(tmp_path, read) -> None:
    with time_limit(-1) as deadline, pytest.raises(OutOfTimeError, match="the rest of it is read later"):
        read(tmp_path)
    assert deadline.was_missed
    with time_limit(1e6) as deadline, contextlib.suppress(DataError):
        read(tmp_path)
    assert not deadline.was_missed


def test_a_file_whose_time_was_over_is_read_by_the_next_try(tmp_path) -> None:
    """Running out of time is no property of the file: it is not remembered for it."""
    (tmp_path / "v.tsv").write_text("1\t2\n")
    files, seconds = (str(tmp_path / "v.tsv"),), iter((-1, 1e6))

    def read(stamps):
        with time_limit(next(seconds)):
            return TsvTensor(files[0], "v.tsv", stamps)

    cache = ParseCache()
    with pytest.raises(OutOfTimeError):
        cache.get(("tsv",), files, read_stamps(files), read)
    assert cache.get(("tsv",), files, read_stamps(files), read).read_all().tolist() == [[1, 2]]


def test_entries_end_when_the_time_of_their_run_is_over(tmp_path, policy, monkeypatch) -> None:
    """Those whose files are not there read nothing, and there may be ten thousand of them."""
    entry = 'embeddings {{ tensor_name: "t{0}" tensor_path: "none{0}.tsv" }}\n'
    write_config(tmp_path, "".join(map(entry.format, range(50))))
    looked, locate_file = [], run_context.RunContext.locate_file

    def note(context, *args):
        looked.append(None)
        return locate_file(context, *args)

    monkeypatch.setattr(run_context.RunContext, "locate_file", note)
    (directory,) = walk_roots(policy).runs
    cache = ParseCache(policy.contains)
    read_run(directory, policy, RunFiles(cache))  # The config is in the cache from now on.
    assert len(looked) == 50
    looked.clear()
    with time_limit(-1):
        run = read_run(directory, policy, RunFiles(cache))
    assert looked == []
    (problem,) = run.problems
    assert "is read later" in problem.message


def test_a_million_numbers_on_the_first_of_a_million_lines(tmp_path) -> None:
    """A full matrix would take 3.6 TiB."""
    (tmp_path / "v.tsv").write_bytes(b"1" + b"\t1" * 999_999 + b"\n" + b"1\n" * 999_999)
    write_config(tmp_path, 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }')
    client = PluginClient(tmp_path)
    client.runs()
    for route in ("/tensors", "/projections", "/neighbors"):
        error = read_error(client.get(route, run=".", name="v", row=0, rows=0), 422, "bad_data")
        assert (error["line"], error["file"]) == (2, "v.tsv")


@pytest.mark.parametrize("text", ["1\t2\n3\t4", "1\t2\n3\t4\n", "1", "1\t2"])
def test_the_shortest_numbers_are_read(tmp_path, text) -> None:
    (tmp_path / "v.tsv").write_text(text)
    expected = [[float(cell) for cell in line.split("\t")] for line in text.splitlines()]
    assert TsvTensor(str(tmp_path / "v.tsv"), "v.tsv").read_all().tolist() == expected
