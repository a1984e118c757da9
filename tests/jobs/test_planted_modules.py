"""The process that computes does not execute modules that somebody planted in a world-writable folder."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import psutil
import pytest

from tb_projector_plugin.graphs import graph_task, quality_task
from tb_projector_plugin.jobs.child import ChildProcess
from tb_projector_plugin.jobs.jobs import Jobs

TIMEOUT_S = 60
PLANTED = ("numpy.py", "queue.py", "random.py", "tb_projector_plugin/__init__.py")


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder full of modules that leave a trace when executed; also the server's working directory."""
    folder = tmp_path / "temporary"
    for name in PLANTED:
        module = folder / name
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(f"open({str(tmp_path / 'executed')!r}, 'a').write(__name__)\n")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.chdir(folder)
    return folder


def order_quality_of_three(child: ChildProcess) -> None:
    """Sends a complete order that needs NumPy and is finally rejected."""
    child.send_json({"rows": 3, "dims": 1, "k": 1, "metric": "euclidean", "graph": "", "output": ""})
    child.send(bytes(12))
    child.send(b"")
    child.send(b"\xe0")
    child.send(b"\xff" * 24)  # NaN: no row has coordinates.
    child.send_json([{}, []])


@pytest.mark.parametrize("search_path", [None, "", os.pathsep, ".", f"{os.pathsep}missing"])
def test_nothing_in_the_temporary_folder_is_executed(
    trap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search_path: str | None
) -> None:
    """For any PYTHONPATH: an empty entry and `.` also mean the working directory."""
    if search_path is None:
        monkeypatch.delenv("PYTHONPATH", raising=False)
    else:
        monkeypatch.setenv("PYTHONPATH", search_path)

    def work(job):
        with ChildProcess(job, quality_task.__name__) as child:
            order_quality_of_three(child)
            child.await_result()

    job = Jobs().start("key", "quality", "Comparing", work)
    assert job.wait(TIMEOUT_S)
    assert "0 of 3 rows" in str(job.error), "it went the whole way"
    assert not (tmp_path / "executed").exists(), (tmp_path / "executed").read_text()
    assert sorted(path.name for path in trap.iterdir()) == ["numpy.py", "queue.py", "random.py", "tb_projector_plugin"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_its_working_directory_is_its_own(trap: Path) -> None:
    def work(job):
        with ChildProcess(job, graph_task.__name__) as child:
            return psutil.Process(child._process.pid).cwd(), stat.S_IMODE(os.stat(child._directory.name).st_mode)

    job = Jobs().start("key", "graph", "Neighbors", work)
    assert job.wait(TIMEOUT_S)
    directory, mode = job.result
    assert mode == 0o700
    assert Path(directory).parent == trap
    assert not os.path.exists(directory)
