"""Jobs: shared by identical requests, their states, cancellation, and jobs that no client wants anymore."""

import threading

import pytest
from waiting import wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BusyError, DataError, NotFoundError
from tb_projector_plugin.jobs.jobs import Job, Jobs, SubProgress

TIMEOUT_S = 60


class Gate:
    """Work that waits until it is opened; it checks whether it is still wanted, like real work."""

    def __init__(self):
        self.opened = threading.Event()
        self.begun = threading.Event()
        self.calls = 0
        #: Number of checks in which it was wanted.
        self.looks = 0
        self._counting = threading.Lock()

    def __call__(self, job):
        with self._counting:
            self.calls += 1
        self.begun.set()
        while not self.opened.wait(0.005):
            job.check()
            self.looks += 1
        return "made"


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.opened.set()


def start(jobs, work, key="key", address=""):
    return jobs.start(key, "graph", "Neighbors", work, result_address=address)


def test_whoever_asks_for_the_same_gets_the_same_job(gate):
    jobs = Jobs()
    one, other = start(jobs, gate), start(jobs, gate)
    assert one is other
    third = start(jobs, gate, "another key")
    assert third is not one
    gate.opened.set()
    assert one.wait(TIMEOUT_S)
    assert third.wait(TIMEOUT_S)
    assert (one.state, one.result, one.progress, gate.calls) == ("done", "made", 1, 2)


def test_many_at_once_have_it_computed_once(gate):
    jobs, found = Jobs(), []
    threads = [threading.Thread(target=lambda: found.append(start(jobs, gate))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gate.opened.set()
    assert found[0].wait(TIMEOUT_S)
    assert len(set(found)) == gate.calls == 1


def test_asked_for_again_after_its_end_it_is_done_again(gate):
    jobs = Jobs()
    gate.opened.set()
    first = start(jobs, gate)
    assert first.wait(TIMEOUT_S)
    assert start(jobs, gate) is not first


def test_what_a_client_is_shown(gate):
    jobs = Jobs()
    job = start(jobs, gate, address="graph?run=a")
    assert gate.begun.wait(TIMEOUT_S)
    job.report(0.25)
    job.report(0.1)  # Progress never decreases.
    document = job.to_json()
    assert document | {"seconds_left": None} == {
        "id": job.id,
        "kind": "graph",
        "words": "Neighbors",
        "state": "running",
        "progress": 0.25,
        "seconds_left": None,
        "result": "graph?run=a",
        "first": None,
        "error": None,
    }
    assert start(jobs, gate, "other").to_json()["result"].startswith("jobs/")


def test_seconds_left_follow_from_the_share_that_is_done(gate):
    clock = Clock()
    job = start(Jobs(clock=clock), gate)
    assert gate.begun.wait(TIMEOUT_S)
    assert job.to_json()["seconds_left"] is None
    clock.now = 6.0
    job.report(0.75)
    assert job.to_json()["seconds_left"] == 2.0


def test_cancel_ends_it_at_once(gate):
    jobs = Jobs()
    job = start(jobs, gate)
    assert gate.begun.wait(TIMEOUT_S)
    assert jobs.cancel(job.id).state == "canceled"
    assert start(jobs, gate) is not job


def test_one_of_two_that_share_a_job_leaves_it_to_the_other(gate):
    jobs = Jobs()
    job = start(jobs, gate)
    assert start(jobs, gate) is job
    assert gate.begun.wait(TIMEOUT_S)
    assert jobs.cancel(job.id).state == "running"
    looks = gate.looks
    wait_until(lambda: gate.looks > looks)
    assert jobs.cancel(job.id).state == "canceled"


def test_a_job_nobody_asks_about_ends(gate):
    clock = Clock()
    jobs = Jobs(lease_s=180, clock=clock)
    job = start(jobs, gate)
    assert gate.begun.wait(TIMEOUT_S)
    clock.now = 179
    jobs.find(job.id)
    clock.now = 358
    looks = gate.looks
    wait_until(lambda: gate.looks >= looks + 2)  # The second of them began after the clock was set.
    assert job.state == "running"
    clock.now = 360
    assert job.wait(TIMEOUT_S)
    assert job.state == "canceled"


def test_two_run_and_the_third_waits(gate):
    jobs = Jobs(running=2)
    running = [start(jobs, gate, key) for key in "ab"]
    waiting = start(jobs, gate, "c")
    wait_until(lambda: all(job.state == "running" for job in running))
    assert [job.state for job in (*running, waiting)] == ["running", "running", "queued"]
    assert jobs.cancel(waiting.id).state == "canceled"
    wait_until(lambda: gate.calls == 2)
    gate.opened.set()
    assert all(job.wait(TIMEOUT_S) for job in running)


def test_a_job_taken_from_the_queue_never_begins(gate, monkeypatch):
    """Even if its lease is renewed then: it would run while all other requests wait for it."""
    clock, calls, is_wanted = Clock(), [], Job.is_wanted

    def renew_after(job):
        wanted = is_wanted(job)
        job.touch()  # As a request in another thread does.
        return wanted

    jobs = Jobs(running=1, lease_s=180, clock=clock)
    running = start(jobs, lambda _job: gate.opened.wait(TIMEOUT_S), "running")
    wait_until(lambda: running.state == "running")
    waiting = start(jobs, calls.append, "waiting")
    clock.now = 181
    monkeypatch.setattr(Job, "is_wanted", renew_after)
    jobs.find(running.id)
    assert (waiting.state, calls) == ("canceled", [])


def test_a_projection_waits_for_no_graph(gate):
    jobs = Jobs(running=1)
    start(jobs, gate)
    begun = threading.Event()

    def begin(_job):
        begun.set()

    assert jobs.start_projection("picture", "projection", "PCA", begin).wait(TIMEOUT_S)
    assert begun.is_set()
    assert gate.calls <= 1  # It took nobody's place: the other one still runs.
    one = jobs.start_projection("shared", "projection", "PCA", gate)
    assert jobs.start_projection("shared", "projection", "PCA", gate) is one


def test_a_job_that_is_being_canceled_is_shared_no_more(gate):
    jobs = Jobs()
    dying = threading.Event()
    one = start(jobs, lambda _job: dying.wait(TIMEOUT_S))
    one.cancel()
    assert start(jobs, gate) is not one
    dying.set()


class Held:
    held_bytes = 10


def test_results_in_memory_are_released_beyond_their_bytes(monkeypatch):
    monkeypatch.setattr(limits, "JOB_RESULTS_BYTES", 25)
    jobs = Jobs(running=1)
    made = [start(jobs, lambda _job: Held(), key) for key in range(4)]
    last = start(jobs, lambda _job: None, "last")
    assert last.wait(TIMEOUT_S)
    assert [job.result is None for job in made] == [True, True, False, False]


def test_the_newest_result_is_held_however_large_it_is(monkeypatch):
    monkeypatch.setattr(limits, "JOB_RESULTS_BYTES", 5)
    jobs = Jobs(running=1)
    made = [start(jobs, lambda _job: Held(), key) for key in range(2)]
    assert start(jobs, lambda _job: None, "last").wait(TIMEOUT_S)
    assert [job.result is None for job in made] == [True, False]


def test_so_many_wait_and_no_more(gate, monkeypatch):
    monkeypatch.setattr(limits, "JOBS_QUEUED", 3)
    jobs = Jobs(running=1)
    running = start(jobs, gate, "running")
    assert gate.begun.wait(TIMEOUT_S)
    waiting = [start(jobs, gate, key) for key in range(3)]
    with pytest.raises(BusyError, match="3 computations wait") as raised:
        start(jobs, gate, "one more")
    assert raised.value.fix == "Cancel those that are no longer needed, or try again when some of them have ended."
    assert start(jobs, gate, 1) is waiting[1]  # It is already waiting.
    assert jobs.cancel(waiting[0].id).state == "canceled"
    last = start(jobs, gate, "one more")
    gate.opened.set()
    assert all(job.wait(TIMEOUT_S) for job in (running, *waiting, last))
    assert (last.state, gate.calls) == ("done", 4)


def test_those_that_wait_have_no_threads(gate):
    jobs, before = Jobs(running=2), threading.active_count()
    for key in range(limits.JOBS_QUEUED):
        start(jobs, gate, key)
    assert threading.active_count() <= before + 2


def test_projections_wait_for_each_other_beyond_a_few(gate, monkeypatch):
    monkeypatch.setattr(limits, "JOBS_QUEUED", 3)
    jobs, before = Jobs(projecting=2), threading.active_count()
    for key in range(2):
        jobs.start_projection(key, "projection", "PCA", gate)
    wait_until(lambda: gate.calls == 2)
    waiting = [jobs.start_projection(key, "projection", "PCA", gate) for key in range(2, 5)]
    assert [job.state for job in waiting] == ["queued"] * 3
    assert threading.active_count() <= before + 2
    with pytest.raises(BusyError, match="3 computations wait"):
        jobs.start_projection("one more", "projection", "PCA", gate)
    gate.opened.set()
    assert all(job.wait(TIMEOUT_S) for job in waiting)


def test_what_jobs_hold_of_their_requests_is_bounded(gate, monkeypatch):
    monkeypatch.setattr(limits, "JOBS_INPUT_BYTES", 100)
    jobs = Jobs()
    alone = jobs.start("alone", "quality", "Comparing", gate, input_bytes=150)  # As large as its own limit.
    with pytest.raises(BusyError, match="hold 150 bytes of their requests, and this one has 10"):
        jobs.start_projection("more", "axes", "Projecting", gate, input_bytes=10)
    assert start(jobs, gate, "nothing held") is not alone
    gate.opened.set()
    assert alone.wait(TIMEOUT_S)
    assert jobs.start_projection("more", "axes", "Projecting", gate, input_bytes=10).wait(TIMEOUT_S)


def test_what_waits_and_nobody_asks_about_makes_room(gate, monkeypatch):
    monkeypatch.setattr(limits, "JOBS_QUEUED", 1)
    clock = Clock()
    jobs = Jobs(running=1, lease_s=180, clock=clock)
    running = start(jobs, gate, "running")
    assert gate.begun.wait(TIMEOUT_S)
    waiting = start(jobs, gate, "waiting")
    clock.now = 100
    jobs.find(running.id)
    clock.now = 200
    assert start(jobs, gate, "other").state == "queued"
    assert (waiting.state, waiting.result) == ("canceled", None)


@pytest.mark.unexpected_error
def test_a_place_is_free_again_whatever_became_of_the_job(gate):
    jobs = Jobs(running=1)

    def fail(_job):
        raise ValueError

    for key in range(3):
        assert start(jobs, fail, key).wait(TIMEOUT_S)
    gate.opened.set()
    assert start(jobs, gate, "last").wait(TIMEOUT_S)
    assert gate.calls == 1


@pytest.mark.unexpected_error
def test_errors_are_reported_and_foreign_ones_are_not(caplog):
    def fail(_job):
        raise DataError("Nothing to measure.", "Choose another.")

    def stumble(_job):
        raise ValueError("/secret/path")

    jobs = Jobs()
    failed, stumbled = start(jobs, fail), start(jobs, stumble, "other")
    assert failed.wait(TIMEOUT_S)
    assert stumbled.wait(TIMEOUT_S)
    assert (failed.state, failed.to_json()["error"]["kind"]) == ("failed", "bad_data")
    assert stumbled.state == "failed"
    assert stumbled.error.message == "Unexpected error in the computation."
    assert "secret" not in str(stumbled.to_json())
    assert "secret" in caplog.text


def test_ended_jobs_are_forgotten_in_the_end(monkeypatch, gate):
    monkeypatch.setattr(limits, "JOBS_REMEMBERED", 3)
    gate.opened.set()
    jobs, made = Jobs(), []
    for key in range(6):
        made.append(start(jobs, gate, key))
        assert made[-1].wait(TIMEOUT_S)
    assert jobs.find(made[-1].id) is made[-1]
    with pytest.raises(NotFoundError):
        jobs.find(made[0].id)


def test_a_part_of_a_job_has_its_share_of_the_progress(gate):
    job = start(Jobs(), gate)
    part = SubProgress(job, 0.6, 1)
    part.report(0.5)
    assert job.progress == pytest.approx(0.8)
    job.cancel()
    assert job.wait(TIMEOUT_S)
    assert job.state == "canceled"
