"""A checkpoint that training overwrites, under the same name, while the tab reads it."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from embeddings_api import Answer, EmbeddingsApi
from tensorboard_process import TensorBoardProcess

from .bad_runs import GOOD, write_good
from .damage import write_saver_checkpoint

ROWS, DIMS = 100_000, 32
READS = 15
#: Every row of a save is the pattern times the save's number, so that rows of two saves in one response are noticed.
PATTERN = np.random.default_rng(0).normal(size=(ROWS, DIMS)).astype(np.float32)


class Saver(threading.Thread):
    """Saves repeatedly until stopped. `saves` is the number of saves."""

    def __init__(self, run: Path) -> None:
        super().__init__()
        self._run, self._stop_asked = run, threading.Event()
        self.saves = 0
        self.save()

    def run(self) -> None:
        while not self._stop_asked.is_set():
            self.save()

    def save(self) -> None:
        write_saver_checkpoint(self._run, {"words": PATTERN * (self.saves + 1)})
        self.saves += 1

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()


def test_no_answer_mixes_two_saves(tmp_path: Path) -> None:
    logdir = tmp_path / "logs"
    write_good(logdir / GOOD)
    saver = Saver(logdir / "busy")
    with TensorBoardProcess(logdir) as server:
        api = EmbeddingsApi(server.url)
        api.runs()
        saver.start()
        answers: list[Answer] = []
        while len(answers) < READS or saver.saves <= READS // 2:
            answers.append(api.get("tensors", run="busy", name="words"))
        good = [api.get("projections", run=GOOD, name=api.run(GOOD)["embeddings"][0]["name"], method="pca")]
        saver.stop()
        last = api.get("tensors", run="busy", name="words")
        for answer in answers:
            _assert_whole_or_reported(answer)
        assert [one.status for one in good] == [200]
        assert last.status == 200, last.body
        assert _save_in(last) == saver.saves
        assert api.problems("busy") == []


def _assert_whole_or_reported(answer: Answer) -> None:
    """Either the rows of one save, or 409."""
    assert answer.status in (200, 409), answer.body[:500]
    if answer.status == 200:
        _save_in(answer)
    else:
        assert answer.error["fix"]


def _save_in(answer: Answer) -> int:
    """The number of the save that all rows of a response come from."""
    vectors = answer.table().column("vector").combine_chunks().flatten().to_numpy().reshape(ROWS, DIMS)
    save = round(float(vectors[0, 0] / PATTERN[0, 0]))
    np.testing.assert_array_equal(vectors, PATTERN * save)
    return save
