"""Graphs and qualities on disk belong to the numbers they were computed from, not to the files that hold them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from logdir_builders import write_checkpoint
from plugin_client import PluginClient, read_arrow

from tb_projector_plugin.graphs import building
from tb_projector_plugin.routes import quality
from tb_projector_plugin.sources.tensor_source import TensorSource

TABLE = {"run": "words", "name": "table"}
ROWS = 300

Ask = Callable[[PluginClient], bytes]


def ask_graph(client: PluginClient) -> bytes:
    answer = client.get("/graph", **TABLE, k=10)
    read_arrow(answer, "graph")
    return answer.data


def ask_quality(client: PluginClient) -> bytes:
    places = {axis: pa.array(np.arange(ROWS), pa.float32()) for axis in "xy"}
    answer = client.post_columns("/quality", places, **TABLE, k=5)
    read_arrow(answer, "quality")
    return answer.data


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TB_PROJECTOR_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def vectors() -> np.ndarray:
    numbers = np.random.default_rng(4).standard_normal((ROWS, 6)).astype(np.float32)
    numbers[7, 2] = np.nan
    return numbers


@pytest.fixture
def logs(tmp_path: Path, cache: Path, vectors: np.ndarray) -> Path:
    write_checkpoint(tmp_path / "logs" / "words", 1, table=vectors)
    return tmp_path / "logs"


@pytest.fixture
def moved(logs: Path, tmp_path: Path) -> Path:
    """A copy of the logdir whose files are all as if written in 2001."""
    copy = shutil.copytree(logs, tmp_path / "copy")
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return copy


def start(logdir: Path) -> PluginClient:
    client = PluginClient(logdir)
    client.runs()
    return client


def refuse(*_: object) -> None:
    raise AssertionError("this was not to happen")


def refuse_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "compute_graph", refuse)
    monkeypatch.setattr(quality, "ChildProcess", refuse)


@pytest.mark.parametrize("ask", [ask_graph, ask_quality])
def test_a_copied_and_touched_logdir_has_the_results_of_the_first(
    logs: Path, moved: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    before = ask(start(logs))
    refuse_computing(monkeypatch)
    assert ask(start(moved)) == before


@pytest.mark.parametrize("ask", [ask_graph, ask_quality])
def test_files_that_did_not_change_are_not_read_again(logs: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    before = ask(start(logs))
    client = start(logs)
    monkeypatch.setattr(TensorSource, "blocks", refuse)
    assert ask(client) == before


@pytest.mark.parametrize("ask", [ask_graph, ask_quality])
def test_one_other_number_is_another_result(logs: Path, vectors: np.ndarray, ask: Ask) -> None:
    before = ask(start(logs))
    vectors[20, 3] += 5
    write_checkpoint(logs / "words", 1, table=vectors)
    assert ask(start(logs)) != before


def test_a_digest_damaged_on_disk_is_found_anew(logs: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask_graph(start(logs))
    (digest,) = (path for path in cache.iterdir() if "-" not in path.name)
    content = digest.read_bytes()
    digest.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    refuse_computing(monkeypatch)
    assert ask_graph(start(logs)) == before
    assert digest.read_bytes() == content


def test_a_request_reads_nothing_itself(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass over a large tensor takes seconds: it belongs to the job."""
    client = start(logs)
    monkeypatch.setattr("tb_projector_plugin.jobs.jobs.Job.run", lambda *_: None)
    monkeypatch.setattr("tb_projector_plugin.web.job_answer.WAIT_S", 0)
    monkeypatch.setattr(TensorSource, "blocks", refuse)
    assert client.get("/graph", **TABLE, k=10).status_code == 202
