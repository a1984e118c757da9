"""Projections that take long: a job with progress, shared by those who ask for the same, which a cancel ends."""

import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from graph_answers import open_impatient
from logdir_builders import write_checkpoint
from plugin_client import PluginClient, finish, read_arrow, read_error
from waiting import TIMEOUT_S, wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.web import job_answer

WORDS = {"run": "words", "name": "table"}
AXES = {**WORDS, "axes": [{"add": [1, 2], "subtract": [3]}, {"random": 5}]}
QUESTIONS = {
    "pca": lambda client, **more: client.get("/projections", **WORDS, **more),
    "loadings": lambda client, **more: client.get("/projections", **WORDS, loadings=1, **more),
    "axes": lambda client, **more: client.ask("/projections", "POST", json={**AXES, **more}),
}
BLOCKS = 4


class Reading:
    """Passes over a tensor in four blocks, each of which waits until it is let through."""

    def __init__(self):
        self.opened = self.read = self.closed = 0
        self._let = threading.Semaphore(0)

    def let(self, blocks):
        self._let.release(blocks)

    def blocks(self, original, source):
        self.opened += 1
        try:
            for block in original(source, source.shape[0] // BLOCKS):
                assert self._let.acquire(timeout=TIMEOUT_S)
                self.read += 1
                yield block
        finally:
            self.closed += 1


@pytest.fixture
def reading(monkeypatch):
    reading, original = Reading(), TensorSource.blocks
    monkeypatch.setattr(TensorSource, "blocks", lambda source: reading.blocks(original, source))
    yield reading
    reading.let(1000)  # Jobs that the test left behind end, before another test counts what is read.
    wait_until(lambda: not any(thread.name == "embeddings-jobs" for thread in threading.enumerate()), "the end of jobs")


@pytest.fixture
def slow(vectors, tmp_path, monkeypatch, reading):
    """A server whose every projection is a job, on files of its own."""
    write_checkpoint(tmp_path / "logs" / "words", 7, table=vectors)
    return open_impatient(tmp_path / "logs", monkeypatch, tmp_path / "cache")


def job_in(response, status=202):
    assert response.status_code == status, response.get_data(as_text=True)
    return json.loads(response.data)["job"]


def poll(client, job):
    return job_in(client.get(f"/jobs/{job['id']}"), 200)


def values(response):
    batch, document, problems = read_arrow(response, "projection")
    return np.stack([column.to_numpy() for column in batch.columns], axis=1), document, problems


@pytest.mark.parametrize("case", list(itertools.product(QUESTIONS, [False, True])), ids=str)
def test_the_result_is_that_of_a_quick_answer(tmp_path, slow, reading, monkeypatch, case):
    question, spherize = case
    more = {"spherize": spherize} if question == "axes" else {"spherize": int(spherize)}
    response = QUESTIONS[question](slow, **more)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    reading.let(1000)
    with monkeypatch.context() as patch:
        patch.setattr(job_answer, "WAIT_S", TIMEOUT_S)
        quick = PluginClient(tmp_path / "logs")  # It computes from the same blocks: others round differently.
        expected, document, _ = values(QUESTIONS[question](quick, **more))
    found, found_document, problems = values(finish(slow, response))
    np.testing.assert_array_equal(found, expected)
    assert {**document, "version": ""} == {**found_document, "version": ""}
    assert problems == []


@pytest.mark.parametrize(("spherize", "passes"), [(0, 2), (1, 3)])
def test_its_progress_rises_with_the_rows_read(slow, reading, spherize, passes):
    job = job_in(slow.get("/projections", **WORDS, spherize=spherize))
    assert (job["kind"], job["words"]) == ("projection", "Computing PCA of 200 × 12")
    assert job["result"] == f"jobs/{job['id']}/result"
    for blocks in range(1, passes * BLOCKS):
        reading.let(1)
        share = blocks / (passes * BLOCKS)
        wait_until(lambda: poll(slow, job)["progress"] >= round(share, 4) - 1e-4, f"a progress of {share}")  # noqa: B023
        assert poll(slow, job)["progress"] == pytest.approx(share, abs=1e-4)
    reading.let(1)
    wait_until(lambda: poll(slow, job)["state"] == "done")
    assert poll(slow, job)["progress"] == 1
    assert reading.read == passes * BLOCKS
    answer = slow.get("/projections", **WORDS, spherize=spherize)  # From memory, with what names it.
    assert answer.status_code == 200
    assert answer.headers["ETag"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_cancel_ends_the_reading_within_a_block(slow, reading, question):
    job = job_in(QUESTIONS[question](slow))
    reading.let(1)
    wait_until(lambda: reading.read == 1)
    with ThreadPoolExecutor(1) as pool:
        canceling = pool.submit(slow.ask, f"/jobs/{job['id']}", "DELETE")
        wait_until(lambda: job_id_of(QUESTIONS[question](slow)) != job["id"], "the cancel")
        reading.let(2 * BLOCKS + 1)  # At least one for each of the two jobs.
        assert job_in(canceling.result(TIMEOUT_S), 200)["state"] == "canceled"
    wait_until(lambda: reading.closed)
    read_error(slow.get(f"/jobs/{job['id']}/result"), 409, "stale")
    reading.let(1000)
    assert finish(slow, QUESTIONS[question](slow)).status_code == 200


def job_id_of(response):
    return job_in(response)["id"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_two_windows_have_one_job(slow, reading, question):
    first, second = (QUESTIONS[question](slow) for _ in range(2))
    assert job_in(first)["id"] == job_in(second)["id"]
    reading.let(1000)
    assert finish(slow, second).status_code == 200
    assert reading.opened == 2


def ask_dimensions(client):
    return client.get("/tensors", **WORDS, dims="7,0")


def test_dimensions_are_read_by_a_job_with_progress(slow, reading, vectors):
    response = ask_dimensions(slow)
    job = job_in(response)
    assert (job["kind"], job["words"]) == ("dimensions", "Reading dimensions")
    assert job_in(ask_dimensions(slow))["id"] == job["id"], "two windows have one job"
    reading.let(1)
    wait_until(lambda: poll(slow, job)["progress"] == pytest.approx(1 / BLOCKS, abs=1e-4))
    reading.let(BLOCKS - 1)
    batch, document, _ = read_arrow(finish(slow, response), "tensor")
    np.testing.assert_array_equal(batch.column("dim7").to_numpy(), vectors[:, 7])
    np.testing.assert_array_equal(batch.column("dim0").to_numpy(), vectors[:, 0])
    assert document["shape"] == [200, 12]
    assert reading.opened == 1


def test_a_cancel_ends_the_reading_of_dimensions_within_a_block(slow, reading):
    job = job_in(ask_dimensions(slow))
    reading.let(1)
    wait_until(lambda: reading.read == 1)
    with ThreadPoolExecutor(1) as pool:
        canceling = pool.submit(slow.ask, f"/jobs/{job['id']}", "DELETE")
        wait_until(lambda: job_id_of(ask_dimensions(slow)) != job["id"], "the cancel")
        reading.let(BLOCKS + 1)
        assert job_in(canceling.result(TIMEOUT_S), 200)["state"] == "canceled"
    wait_until(lambda: reading.closed)


def test_other_axes_are_another_job(slow):
    other = {**AXES, "axes": [{"add": [1, 2], "subtract": [4]}, {"random": 5}]}
    assert job_in(QUESTIONS["axes"](slow))["id"] != job_in(slow.ask("/projections", "POST", json=other))["id"]


def test_coordinates_and_loadings_share_the_reading(slow, reading):
    coordinates, loadings = QUESTIONS["pca"](slow), QUESTIONS["loadings"](slow)
    reading.let(1000)
    assert values(finish(slow, coordinates))[0].shape == (200, 10)
    assert values(finish(slow, loadings))[0].shape == (12, 10)
    assert reading.opened == 2


def test_the_loadings_come_even_if_the_coordinates_are_canceled(slow, reading):
    coordinates = job_in(QUESTIONS["pca"](slow))
    wait_until(lambda: reading.opened == 1)
    loadings = QUESTIONS["loadings"](slow)
    with ThreadPoolExecutor(1) as pool:
        canceling = pool.submit(slow.ask, f"/jobs/{coordinates['id']}", "DELETE")
        wait_until(lambda: job_id_of(QUESTIONS["pca"](slow)) != coordinates["id"], "the cancel")
        reading.let(1000)
        assert job_in(canceling.result(TIMEOUT_S), 200)["state"] == "canceled"
    assert values(finish(slow, loadings))[0].shape == (12, 10)


@pytest.fixture
def no_memory(monkeypatch):
    monkeypatch.setattr(limits, "CACHE_BYTES", 0)


@pytest.mark.usefixtures("no_memory")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_result_larger_than_the_memory_cache_is_fetched(slow, reading, question):
    response = QUESTIONS[question](slow)
    reading.let(1000)
    assert response.status_code == 202
    for _ in range(2):  # Two windows fetch it.
        assert len(values(finish(slow, response))[0])


def test_a_result_released_for_others_is_asked_for_again(slow, reading, monkeypatch):
    monkeypatch.setattr(limits, "JOB_RESULTS_BYTES", 0)
    first = job_in(QUESTIONS["pca"](slow))
    reading.let(1000)
    wait_until(lambda: poll(slow, first)["state"] == "done")
    second = QUESTIONS["axes"](slow)
    assert finish(slow, second).status_code == 200
    error = read_error(slow.get(f"/jobs/{first['id']}/result"), 409, "stale")
    assert "Ask for it again" in error["fix"]


def test_a_file_rewritten_meanwhile_is_stale(slow, reading, tmp_path, vectors):
    job = job_in(QUESTIONS["pca"](slow))
    wait_until(lambda: reading.opened == 1)
    write_checkpoint(tmp_path / "logs" / "words", 7, table=vectors + 1)
    reading.let(1000)
    wait_until(lambda: poll(slow, job)["state"] == "failed")
    assert poll(slow, job)["error"]["kind"] == "stale"
    read_error(slow.get(f"/jobs/{job['id']}/result"), 409, "stale")


def test_what_cannot_be_projected_is_reported_by_the_job(slow, reading):
    job = job_in(slow.ask("/projections", "POST", json={**WORDS, "axes": [{"add": [1], "subtract": [1]}]}))
    reading.let(1000)
    wait_until(lambda: poll(slow, job)["state"] == "failed")
    assert poll(slow, job)["error"]["kind"] == "bad_parameter"


def test_hundreds_at_once_take_a_few_threads(slow, reading):
    """Each of a hundred projections had a thread of its own once, in which OpenBLAS ended the process."""

    def project(seed):
        return slow.ask("/projections", "POST", json={**WORDS, "axes": [{"random": seed}]}).status_code

    with ThreadPoolExecutor(16) as clients:
        statuses = list(clients.map(project, range(200)))
    working = [thread for thread in threading.enumerate() if thread.name == "embeddings-jobs"]
    assert len(working) == limits.PROJECTIONS_RUNNING
    assert statuses.count(202) == limits.PROJECTIONS_RUNNING + limits.JOBS_QUEUED
    assert statuses.count(503) == 200 - statuses.count(202)
    assert slow.get("/runs").status_code == 200
