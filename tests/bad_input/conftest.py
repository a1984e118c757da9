"""Two TensorBoards that serve every bad run: one for runs that the built-in projector survives, one for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from embeddings_api import EmbeddingsApi
from tensorboard_process import TensorBoardProcess

from .bad_runs import BAD_RUNS, BadRun, write_logdir
from .disk_state import read_disk_state


@dataclass(frozen=True)
class Board:
    """A TensorBoard, and the state of its logdir before the first request."""

    logdir: Path
    before: dict[str, tuple[str, int, int]]
    server: TensorBoardProcess

    @property
    def api(self) -> EmbeddingsApi:
        return EmbeddingsApi(self.server.url)

    @property
    def builtin(self) -> EmbeddingsApi:
        return EmbeddingsApi(self.server.url, plugin="projector")

    def assert_disk_unchanged(self) -> None:
        assert read_disk_state(self.logdir) == self.before


BoardOf = Callable[[BadRun], Board]


@pytest.fixture(scope="package")
def board_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardOf]:
    """`board_of(run)` is the TensorBoard that serves `run`, started at the first call."""
    boards: dict[bool, Board] = {}

    def board_of(run: BadRun) -> Board:
        kind = run.breaks_builtin
        if kind not in boards:
            runs = [run for run in BAD_RUNS if run.breaks_builtin == kind]
            logdir = write_logdir(tmp_path_factory.mktemp("bad") / "logs", runs)
            server = TensorBoardProcess(logdir, tensorflow=True)
            boards[kind] = Board(logdir, read_disk_state(logdir), server)
        return boards[kind]

    yield board_of
    for board in boards.values():
        board.server.stop()
