"""The writer thread: order, memory bound, reported errors, and that training does not wait."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tb_projector_plugin.callbacks.background_writer import BackgroundWriter, Job


@pytest.fixture
def gate():
    """Jobs that wait for it are held up as by a slow disk."""
    event = threading.Event()
    yield event
    event.set()


TIMEOUT_S = 60


def wait_until_idle(writer: BackgroundWriter) -> None:
    while writer.pending():
        writer.wait_for_one(timeout_s=5)


def test_writes_in_the_order_of_submission():
    writer, written = BackgroundWriter(), []
    for step in range(100):
        writer.submit(Job(f"Step {step}", 1, lambda step=step: written.append(step)))
    wait_until_idle(writer)
    assert written == list(range(100))
    assert writer.take_troubles() == []


def test_submitting_does_not_wait_for_the_disk(gate):
    writer = BackgroundWriter()
    for step in range(10):
        writer.submit(Job(f"Step {step}", 1, gate.wait))
    # The disk still holds up the first job: a caller that waited for it would not get here.
    assert not gate.is_set()
    assert writer.pending() == 10


def test_a_slow_disk_leaves_out_middle_steps_reports_which_and_writes_the_last(gate):
    writer, written = BackgroundWriter(waiting_bytes=25), []
    begun = threading.Event()
    writer.submit(Job("Step 0", 10, lambda: begun.set() or gate.wait()))
    assert begun.wait(TIMEOUT_S)
    for step in range(1, 6):
        writer.submit(Job(f"Step {step}", 10, lambda step=step: written.append(step)))
    assert writer._held_bytes() <= 25
    gate.set()
    wait_until_idle(writer)
    assert written == [1, 5]
    troubles = writer.take_troubles()
    assert [trouble.split(" was")[0] for trouble in troubles] == ["Step 2", "Step 3", "Step 4"]
    assert "update_freq" in troubles[0]


def test_one_job_may_be_larger_than_the_bound():
    writer, written = BackgroundWriter(waiting_bytes=1), []
    writer.submit(Job("Step 1", 1000, lambda: written.append(1)))
    wait_until_idle(writer)
    assert written == [1]


def test_a_failure_is_reported_once_and_the_next_job_is_written():
    writer, written = BackgroundWriter(), []

    def fail() -> None:
        raise OSError(28, "No space left on device")

    writer.submit(Job("Step 1", 1, fail))
    writer.submit(Job("Step 2", 1, lambda: written.append(2)))
    wait_until_idle(writer)
    assert writer.take_troubles() == ["Step 1 was not written: OSError: [Errno 28] No space left on device"]
    assert writer.take_troubles() == []
    assert written == [2]


def test_the_thread_lives_only_while_there_is_work(gate):
    writer, threads, begun = BackgroundWriter(), [], threading.Event()

    def write() -> None:
        threads.append(threading.current_thread())
        begun.set()
        gate.wait()

    writer.submit(Job("Step 1", 1, write))
    assert begun.wait(TIMEOUT_S)
    assert threads[0].is_alive()
    gate.set()
    threads[0].join(TIMEOUT_S)
    assert not threads[0].is_alive()
    writer.submit(Job("Step 2", 1, write))
    wait_until_idle(writer)
    assert threads[1] is not threads[0]


def test_a_script_that_ends_early_still_gets_its_steps(tmp_path):
    script = (
        "import threading, time\n"
        "from tb_projector_plugin.callbacks.background_writer import BackgroundWriter, Job\n"
        "def write():\n"
        "    threading.main_thread().join()  # The script has ended.\n"
        "    time.sleep(0.3)  # A thread that ends with the script does not get over this.\n"
        "    open('step', 'w').close()\n"
        "BackgroundWriter().submit(Job('Step 1', 1, write))\n"
        "raise KeyboardInterrupt"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False, capture_output=True)
    assert (tmp_path / "step").exists()
