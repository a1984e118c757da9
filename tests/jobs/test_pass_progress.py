"""Progress over passes: it rises evenly over those that are expected, and slows down over others."""

import pytest

from tb_projector_plugin.jobs.jobs import CanceledJobError, Jobs
from tb_projector_plugin.jobs.pass_progress import PassProgress

TIMEOUT_S = 60
ROWS = 8


def open_blocks():
    return ((first, range(2)) for first in range(0, ROWS, 2))


def run(work):
    job = Jobs().start("key", "projection", "PCA", work)
    assert job.wait(TIMEOUT_S)
    assert job.state == "done", job.error
    return job.result


def note_passes(job, passes):
    """The progress at each block of so many passes."""
    noted = []
    for _ in range(passes):
        noted += [job.progress for _ in job.passes.follow(open_blocks)]
    return noted


def follow(expected, passes):
    def work(job):
        job.passes = PassProgress(job, ROWS)
        job.passes.expect(expected)
        return note_passes(job, passes), job.progress

    return run(work)


def test_expected_passes_share_it_evenly():
    noted, end = follow(2, 2)
    assert noted == pytest.approx([0, 1 / 8, 2 / 8, 3 / 8, 4 / 8, 5 / 8, 6 / 8, 7 / 8])
    assert end == 1


def test_what_is_found_out_later_shares_the_rest():
    def work(job):
        job.passes = PassProgress(job, ROWS)
        job.passes.expect(2)
        first = note_passes(job, 1)
        job.passes.expect(4)
        return first + note_passes(job, 4)

    noted = run(work)
    assert noted == sorted(noted)
    assert noted[4::4] == pytest.approx([4 / 8, 5 / 8, 6 / 8, 7 / 8])


def test_passes_that_nobody_expected_slow_it_down():
    noted, end = follow(1, 5)
    assert noted[:4] == pytest.approx([0, 1 / 4, 2 / 4, 3 / 4])
    assert noted == sorted(noted)
    noted, end = follow(0, 3)
    assert noted[::4] == pytest.approx([0, 1 / 2, 3 / 4])
    assert end < 1


def test_a_cancel_ends_the_pass_at_the_next_block():
    read = []

    def work(job):
        for first, _ in PassProgress(job, ROWS).follow(open_blocks):
            read.append(first)
            job.cancel()

    job = Jobs().start("key", "projection", "PCA", work)
    assert job.wait(TIMEOUT_S)
    assert (job.state, read) == ("canceled", [0])


def test_it_names_the_same_end_as_the_job():
    def work(job):
        job.cancel()
        with pytest.raises(CanceledJobError):
            PassProgress(job, ROWS).check()

    job = Jobs().start("key", "projection", "PCA", work)
    assert job.wait(TIMEOUT_S)
