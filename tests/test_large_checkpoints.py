"""Checkpoints that would take memory or time without bound: a run has a limit for all of them together."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from bounded_process import run_bounded
from catalog_logdirs import save, vectors, write_config
from file_ages import settle
from plugin_client import PluginClient
from table_writer import bundle_entry, field, header, varint, write_block, write_simple_table, write_table
from waiting import wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.catalog import run_reading
from tb_projector_plugin.catalog.parse_cache import ParseCache, RunFiles
from tb_projector_plugin.catalog.walk import walk_roots
from tb_projector_plugin.paths import LogRoot, PathPolicy
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.checkpoint.object_graph import GRAPH_KEY

#: Opens the checkpoint `argv[1]` and prints its tensors and the key of the variable `w`, or the error.
OPEN = """
import sys
from tb_projector_plugin.errors import ProjectorError
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
bound_memory(450)
try:
    checkpoint = Checkpoint(sys.argv[1], "model.ckpt")
    print(list(checkpoint.tensors), checkpoint.find("w"))
except ProjectorError as error:
    print(repr(error))
"""


def names_and_problems(logdir) -> tuple[list[str], list[str]]:
    answer = PluginClient(logdir).runs()
    names = [embedding["name"] for run in answer["runs"] for embedding in run["embeddings"]]
    return names, [problem["message"] for problem in answer["problems"]]


def test_an_entry_of_millions_of_empty_messages(tmp_path) -> None:
    """Five megabytes on disk are a hundred when they are decompressed, and would be 1.6 GB of slices."""
    entry = bundle_entry([2, 2], size=16, rest=field(7, b"") * (50 << 20))
    block = write_block([(b"", header()), (b"w", entry)])
    compressed = pa.compress(block, codec="snappy", asbytes=True)
    (tmp_path / "model.ckpt.index").write_bytes(write_table([compressed], [b"w"], compression=1))
    assert os.path.getsize(tmp_path / "model.ckpt.index") < 6 << 20
    said = run_bounded(OPEN, tmp_path / "model.ckpt")
    assert said.startswith('LimitError("model.ckpt.index is larger than a checkpoint')


def write_graph(prefix: Path, nodes: bytes) -> None:
    """A checkpoint of a tensor `a/b` and an object graph."""
    graph = varint(len(nodes)) + bytes(4) + nodes
    tensors = [
        (GRAPH_KEY.encode(), bundle_entry([], dtype=7, size=len(graph))),
        (b"a/b", bundle_entry([2, 2], size=16)),
    ]
    Path(f"{prefix}.index").write_bytes(write_simple_table([(b"", header()), *tensors]))
    Path(f"{prefix}.data-00000-of-00001").write_bytes(graph)


def test_an_object_graph_of_millions_of_empty_nodes(tmp_path) -> None:
    """Its names are left out; the tensors are there."""
    write_graph(tmp_path / "model.ckpt", field(1, b"") * (50 << 20))
    assert run_bounded(OPEN, tmp_path / "model.ckpt") == f"['{GRAPH_KEY}', 'a/b'] None\n"


@pytest.mark.parametrize(("key", "found"), [(b"a/b", "a/b"), (b"elsewhere", None)])
def test_names_of_tensors_that_are_not_there_are_not_kept(tmp_path, key, found) -> None:
    write_graph(tmp_path / "model.ckpt", field(1, field(2, field(2, b"w") + field(3, key))))
    assert Checkpoint(str(tmp_path / "model.ckpt"), "model.ckpt").find("w") == found


@pytest.mark.parametrize(
    ("room", "kept", "said"),
    [
        (2000, [3, 4], "2 checkpoints, model.ckpt-1 the first of them, are not read: the names"),
        (2005, [2, 3, 4], "model.ckpt-1 is not read: the names and locations of the run's other tensors take 0 MiB"),
        (3007, [1, 2, 3, 4], None),
    ],
)
def test_the_oldest_checkpoints_beyond_a_runs_memory_are_left_out(tmp_path, monkeypatch, room, kept, said) -> None:
    """Each has two entries of 500 bytes, with names of one: 1,002 bytes."""
    for step in range(1, 5):
        save(tmp_path / f"model.ckpt-{step}", a=vectors(3, 2), b=vectors(3, 2))
    monkeypatch.setattr(limits, "RUN_INDEX_BYTES", room)
    client = PluginClient(tmp_path)
    assert [step["step"] for step in client.embedding(".", "a")["steps"]] == kept
    messages = [problem["message"] for problem in client.runs()["problems"]]
    assert messages == [] if said is None else messages[0].startswith(said)


def test_tensors_beyond_a_runs_steps_are_counted(tmp_path, monkeypatch) -> None:
    """Those that the config names come first, optimizer slots last."""
    for step in (1, 2):
        save(tmp_path / f"model.ckpt-{step}", **dict.fromkeys(["a", "a__Adam", "b", "c", "d", "e"], vectors(3, 2)))
    write_config(tmp_path, 'embeddings { tensor_name: "e" }')
    monkeypatch.setattr(limits, "RUN_STEPS", 7)
    names, messages = names_and_problems(tmp_path)
    assert names == ["e", "a", "b", "c"]
    assert messages == [
        "2 tensors are not listed: the others of this run have 7 steps, the maximum for a run.",
    ]


def test_a_file_is_looked_at_once_for_all_of_its_tensors(tmp_path, monkeypatch) -> None:
    """Looking for each tensor took most of the time of a run with thousands of them."""
    save(tmp_path / "model.ckpt", **{f"t{number}": vectors(3, 2) for number in range(50)})
    policy = PathPolicy((LogRoot(os.path.realpath(tmp_path)),))
    (directory,) = walk_roots(policy).runs
    looks = []
    files = RunFiles(ParseCache(lambda path: looks.append(path) or policy.contains(path)))
    run = run_reading.read_run(directory, policy, files)
    assert len(run.embeddings) == 50
    assert len(looks) < 20


def test_what_is_parsed_of_all_runs_has_a_bound(tmp_path, monkeypatch) -> None:
    """Each run takes 4 KiB: 1 for its index, as much for the entries in it, and as much for each of two steps."""
    for run in "abc":
        save(tmp_path / run / "model.ckpt", a=vectors(3, 2), b=vectors(3, 2))
    settle(tmp_path)
    monkeypatch.setattr(limits, "PARSED_BYTES", 5000)
    client = PluginClient(tmp_path)
    assert shown(client) == {"a": ["a", "b"]}
    problems = client.runs()["problems"]
    assert [problem["run"] for problem in problems] == ["b", "c"]
    assert {problem["kind"] for problem in problems} == {"over_limit"}
    assert problems[0]["message"].startswith("What was read of this logdir takes 0 MiB of memory, the maximum")
    shutil.rmtree(tmp_path / "a")
    wait_until(lambda: "a" not in {run["name"] for run in client.runs()["runs"]})
    save(tmp_path / "b" / "model.ckpt", a=vectors(4, 2), b=vectors(4, 2))
    wait_until(lambda: shown(client) == {"b": ["a", "b"]})


def shown(client: PluginClient) -> dict[str, list[str]]:
    runs = client.runs()["runs"]
    return {run["name"]: [one["name"] for one in run["embeddings"]] for run in runs if run["embeddings"]}
