"""Every kind of bad input, against a real TensorBoard: what `/runs` reports, and what still works beside it."""

from __future__ import annotations

import numpy as np
import pytest
from waiting import wait_until

from .bad_runs import BAD_RUNS, GOOD, GOOD_ROWS, KEY, BadRun
from .conftest import Board, BoardOf

BY_NAME = [pytest.param(run, id=run.name) for run in BAD_RUNS]


@pytest.fixture(params=BY_NAME)
def bad_run(request: pytest.FixtureRequest) -> BadRun:
    return request.param


@pytest.fixture
def board(bad_run: BadRun, board_of: BoardOf) -> Board:
    return board_of(bad_run)


def test_runs_says_file_message_and_fix(bad_run: BadRun, board: Board) -> None:
    board.api.visit(bad_run.name)
    problems = board.api.problems(bad_run.name)
    problem = next((one for one in problems if one["file"] == bad_run.file), None)
    assert problem is not None, problems
    assert (problem["level"], problem["line"]) == (bad_run.level, bad_run.line), problem
    for word in bad_run.message:
        assert word in problem["message"], problem
    for word in bad_run.fix:
        assert word in problem["fix"], problem
    assert problem["fix"], problem


def test_no_answer_is_an_internal_error(bad_run: BadRun, board: Board) -> None:
    for answer in board.api.visit(bad_run.name):
        assert answer.status < 500, answer.body
        if answer.status >= 400:
            assert answer.error["message"], answer.body
            assert answer.error["fix"], answer.body


def test_nothing_says_where_the_logdir_lies(bad_run: BadRun, board: Board) -> None:
    """A path outside the logdir in a response would give away details of the machine."""
    answers = [board.api.get("runs"), *board.api.visit(bad_run.name)]
    assert not any(str(board.logdir.parent).encode() in answer.body for answer in answers)


def test_what_can_be_shown_is_shown(bad_run: BadRun, board: Board) -> None:
    name = _words(board, bad_run)
    if bad_run.rows is None:
        assert name is None or board.api.get("projections", run=bad_run.name, name=name, method="pca").status >= 400
        return
    answer = board.api.get("projections", run=bad_run.name, name=name, method="pca")
    assert answer.status == 200, answer.body
    assert np.isfinite(answer.table().column("pc1").to_numpy()).sum() == bad_run.rows


def test_the_good_run_beside_it_answers(bad_run: BadRun, board: Board) -> None:
    board.api.visit(bad_run.name)
    good = board.api.run(GOOD)
    assert good is not None
    (embedding,) = good["embeddings"]
    answer = board.api.get("projections", run=GOOD, name=embedding["name"], method="pca")
    assert answer.status == 200, answer.body
    assert answer.table().num_rows == GOOD_ROWS
    assert board.api.problems(GOOD) == []


def test_the_built_in_projector_goes_on(bad_run: BadRun, board: Board) -> None:
    """Where it can: a config that does not parse, or a raw file of the wrong size, stops it even without our plugin."""
    board.api.visit(bad_run.name)
    if not bad_run.breaks_builtin:
        wait_until(lambda: GOOD in board.builtin.get("runs").body.decode(), "a list of the built-in projector's runs")
        tensor = board.builtin.get("tensor", run=GOOD, name=f"good{KEY}")
        assert (tensor.status, len(tensor.body)) == (200, GOOD_ROWS * 8 * 4)
    assert board.server.process.poll() is None


def test_reading_changes_nothing_on_disk(bad_run: BadRun, board: Board) -> None:
    board.api.visit(bad_run.name)
    board.assert_disk_unchanged()


def _words(board: Board, bad_run: BadRun) -> str | None:
    """The name of the run's only embedding in `/runs`, if listed."""
    run = board.api.run(bad_run.name)
    return run["embeddings"][0]["name"] if run else None
