"""The child process that measures quality, run in this process: where its neighbors come from, and its progress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph import compute_graph
from tb_projector_plugin.graphs import graph_task, quality_task

ROWS, DIMS = 600, 4
VECTORS = np.random.default_rng(0).standard_normal((ROWS, DIMS)).astype(np.float32)


class Pipe:
    """Hands over the request, and notes what is reported."""

    def __init__(self, order: dict[str, Any], coordinates: NDArray[np.float32]) -> None:
        self._documents = [order, ({"space": "as stored"}, [])]
        self._frames = [np.packbits(np.ones(ROWS, np.bool_)).tobytes(), coordinates.tobytes()]
        self._vectors = [VECTORS]
        self.reports: list[float] = []

    def read_json(self) -> Any:
        return self._documents.pop(0)

    def read(self) -> bytes:
        return self._frames.pop(0)

    def read_into(self, buffer: NDArray[np.float32]) -> int:
        if not self._vectors:
            return 0
        rows = self._vectors.pop()
        buffer[: rows.size] = rows.reshape(-1)
        return rows.nbytes

    def report(self, progress: float) -> None:
        self.reports.append(progress)


@pytest.mark.parametrize("undrawn", [0, 30], ids=["all drawn", "some not drawn"])
def test_progress_covers_the_search_that_rows_which_are_not_drawn_ask_for(tmp_path: Path, undrawn: int) -> None:
    linked = np.ones(ROWS, np.bool_)
    graph = compute_graph(VECTORS.copy(), 16, "euclidean")
    graph_task.write_graph(str(tmp_path / "graph"), graph, linked, {"rows": ROWS}, [])
    coordinates = VECTORS[:, :2].copy()
    coordinates[:undrawn] = np.nan
    order = {
        "rows": ROWS,
        "dims": DIMS,
        "k": 15,
        "metric": "euclidean",
        "graph": str(tmp_path / "graph"),
        "output": str(tmp_path / "quality"),
    }
    pipe = Pipe(order, coordinates)
    quality_task.run(pipe)  # type: ignore[arg-type]
    searching = [share for share in pipe.reports if share <= 0.6]
    assert pipe.reports == sorted(pipe.reports)
    assert pipe.reports[-1] == pytest.approx(1)
    assert (max(searching, default=0) == pytest.approx(0.6)) == (undrawn > 0)
