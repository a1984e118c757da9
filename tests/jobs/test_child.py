"""Real child processes that compute, fail, are canceled or killed."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
import pytest
from child_processes import list_children
from waiting import wait_until

from tb_projector_plugin.compute.graph import compute_graph
from tb_projector_plugin.errors import DataError, LimitError, ProjectorError
from tb_projector_plugin.graphs import graph_task, quality_task
from tb_projector_plugin.jobs.child import ChildProcess
from tb_projector_plugin.jobs.jobs import CanceledJobError, Jobs

TIMEOUT_S = 120
VECTORS = np.random.default_rng(0).standard_normal((3000, 16)).astype(np.float32)


def run(work):
    """The job that runs `work(job)`, after it ended."""
    job = Jobs().start("key", "graph", "Neighbors", work)
    assert job.wait(TIMEOUT_S)
    return job


def order_graph(child, vectors, output, k=10, rows=None):
    order = {"rows": rows or len(vectors), "dims": 16, "k": k, "metric": "euclidean", "output": str(output)}
    child.send_json({**order, "first_output": None})
    for start in range(0, len(vectors), 1000):
        child.send(vectors[start : start + 1000])
    child.send(b"")
    linked = np.zeros(rows or len(vectors), np.bool_)
    linked[: len(vectors)] = True
    child.send(np.packbits(linked))
    child.send_json([{"space": "as stored"}, []])


def test_a_graph_comes_out_of_it(tmp_path: Path):
    output = tmp_path / "graph"

    def work(job):
        with ChildProcess(job, graph_task.__name__) as child:
            order_graph(child, VECTORS, output, rows=3001)
            return child.await_result()

    job = run(work)
    assert (job.state, job.error) == ("done", None)
    batch = pa.ipc.open_stream(output.read_bytes()).read_next_batch()
    neighbors = batch.column("neighbor").values.to_numpy().reshape(3001, 10)
    expected = compute_graph(VECTORS.copy(), 10, "euclidean")
    assert np.array_equal(neighbors[:3000], expected.neighbors)
    assert (neighbors[3000] == -1).all()
    assert np.isnan(batch.column("distance").values.to_numpy().reshape(3001, 10)[3000]).all()
    assert list_children() == []


def test_canceling_kills_it(tmp_path: Path):
    large = np.random.default_rng(0).standard_normal((30_000, 16)).astype(np.float32)

    def work(job):
        with ChildProcess(job, graph_task.__name__) as child:
            order_graph(child, large, tmp_path / "graph", k=300)
            return child.await_result()

    jobs = Jobs()
    job = jobs.start("key", "graph", "Neighbors", work)
    wait_until(list_children, "a child")
    jobs.cancel(job.id)
    assert job.wait(TIMEOUT_S)
    # The graph takes minutes: without the kill, the child would still be running, and the job would end as done.
    assert job.state == "canceled"
    assert list_children() == []


def test_a_child_that_is_killed_is_reported_as_short_of_memory():
    def work(job):
        with ChildProcess(job, graph_task.__name__) as child:
            threading.Timer(0.3, lambda: os.kill(child._process.pid, signal.SIGKILL)).start()
            child.await_result()

    job = run(work)
    assert job.state == "failed"
    assert isinstance(job.error, LimitError)
    assert "signal 9" in str(job.error)


def test_vectors_sent_to_one_that_is_gone_end_with_its_error():
    def work(job):
        with ChildProcess(job, graph_task.__name__) as child:
            child._process.kill()
            child._process.wait()
            child.send_json({"x": "y" * 1_000_000})

    assert isinstance(run(work).error, LimitError)


def test_a_child_that_fails_says_so_in_the_terminal_only(capfd):
    def work(job):
        with ChildProcess(job, graph_task.__name__) as child:
            child.send_json({"rows": "many"})
            child.await_result()

    job = run(work)
    assert job.state == "failed"
    assert type(job.error) is ProjectorError
    assert "Traceback" not in str(job.error)
    assert "KeyError: 'dims'" in capfd.readouterr().err


def test_errors_of_the_child_are_of_the_same_kind(tmp_path: Path):
    def work(job):
        with ChildProcess(job, quality_task.__name__) as child:
            child.send_json(
                {"rows": 3, "dims": 16, "k": 1, "metric": "euclidean", "graph": "", "output": str(tmp_path / "out")}
            )
            child.send(VECTORS[:3])
            child.send(b"")
            child.send(np.packbits([True] * 3))
            child.send(np.full((3, 2), np.nan, np.float32))
            child.send_json([{}, []])
            child.await_result()

    job = run(work)
    assert isinstance(job.error, DataError)
    assert "0 of 3 rows" in str(job.error)


def test_it_does_not_outlive_an_error_of_the_server():
    def work(job):
        with ChildProcess(job, graph_task.__name__):
            raise CanceledJobError

    assert run(work).state == "canceled"
    assert list_children() == []


#: A server whose child does not report for minutes.
SERVER = """
import signal
import threading
from tb_projector_plugin.jobs.child import ChildProcess
from tb_projector_plugin.jobs.jobs import Jobs

def work(job):
    with ChildProcess(job, "silent_task"):
        threading.Event().wait()

signal.signal(signal.SIGINT, signal.default_int_handler)  # Ignored by what a shell starts in the background.
Jobs().start("key", "graph", "Neighbors", work).wait(600)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_it_does_not_outlive_a_server_that_is_killed(end: int, tmp_path: Path):
    started = tmp_path / "started"
    (tmp_path / "silent_task.py").write_text(
        f"import pathlib, time\n\ndef run(pipe):\n    pathlib.Path({str(started)!r}).touch()\n    time.sleep(600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", SERVER], env=environment, stderr=subprocess.DEVNULL) as server:
        wait_until(started.exists, "a child that computes")
        (child,) = psutil.Process(server.pid).children()
        server.send_signal(end)
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, "the end of the child")


@pytest.mark.skipif(not hasattr(os, "nice"), reason="niceness is of POSIX")
def test_the_page_comes_first():
    """Among the processes of a session, and among sessions where the system divides its cores among these."""

    def gives_way(child: psutil.Process) -> bool:
        of_session = Path(f"/proc/{child.pid}/autogroup")
        is_last = child.nice() > psutil.Process().nice()
        return is_last and (not of_session.exists() or of_session.read_text().endswith(f" nice {child.nice()}\n"))

    def work(job):
        with ChildProcess(job, graph_task.__name__):
            wait_until(lambda: any(map(gives_way, list_children())))
            (child,) = list_children()
            return os.getsid(child.pid) == child.pid

    assert run(work).result is True
