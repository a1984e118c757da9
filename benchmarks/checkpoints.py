"""The logdirs that the benchmarks read: real TensorFlow 2 checkpoints, with points that a picture must show.

The cloud is a Gaussian, wider along one axis than along the others, so that both projectors find the same first
component. Far outside it, on that axis, are one or two outliers. The last of them is always in the last 1 % of the
rows: a picture that shows it was made from all of them. The built-in projector scales every row to length 1 before
projecting; the outliers, whose other coordinates are zero, are still the farthest points then.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from logdir_builders import write_checkpoint, write_events

NAME = "vectors"
WIDE = 1.5
#: Distance of the outlier in standard deviations along its axis: twice that of the farthest of a million others.
FAR = 10.0
#: Number of rows that the built-in projector shows: the first ones.
BUILT_IN_ROWS = 100_000


@dataclass(frozen=True)
class Case:
    rows: int
    dims: int

    @property
    def label(self) -> str:
        return f"{self.rows:,} x {self.dims}"

    def outlier_rows(self) -> tuple[int, ...]:
        """One in the last 1 % of all rows and, if the built-in shows only a part, one in the last 1 % of that part."""
        last = self.rows - self.rows // 200
        return (last,) if self.rows <= BUILT_IN_ROWS else (BUILT_IN_ROWS - BUILT_IN_ROWS // 200, last)

    def outliers_among(self, shown: int) -> int:
        return sum(row < shown for row in self.outlier_rows())


def write_case(case: Case, folder: Path) -> Path:
    """Writes the logdir of a case: one run at its root, one variable. Returns it."""
    logdir = folder / f"{case.rows}x{case.dims}"
    if not (logdir / "checkpoint").exists():
        write_checkpoint(logdir, **{NAME: make_vectors(case)})
        write_events(logdir)
        (logdir / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    return logdir


def write_clusters(case: Case, folder: Path) -> Path:
    """Writes a logdir of vectors with neighbors, like trained ones: 60 clusters in 50 dimensions, mapped to `dims`."""
    logdir = folder / f"clusters-{case.rows}x{case.dims}"
    if not (logdir / "checkpoint").exists():
        write_checkpoint(logdir, **{NAME: _make_clusters(case)})
        write_events(logdir)
        (logdir / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    return logdir


def write_named_clusters(case: Case, folder: Path) -> Path:
    """The same, with a name for each point."""
    logdir = folder / f"named-{case.rows}x{case.dims}"
    if not (logdir / "checkpoint").exists():
        write_checkpoint(logdir, **{NAME: _make_clusters(case)})
        write_events(logdir)
        (logdir / "metadata.tsv").write_text("".join(f"word{row}\n" for row in range(case.rows)))
        entry = f'tensor_name: "{NAME}/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "metadata.tsv"'
        (logdir / "projector_config.pbtxt").write_text(f"embeddings {{ {entry} }}\n")
        (logdir / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-1"\n')
    return logdir


def _make_clusters(case: Case) -> np.ndarray:
    random = np.random.default_rng(0)
    centers = 2 * random.standard_normal((60, 50), dtype=np.float32)
    hidden = centers[random.integers(0, 60, case.rows)] + random.standard_normal((case.rows, 50), dtype=np.float32)
    return hidden @ random.standard_normal((50, case.dims), dtype=np.float32)


def make_vectors(case: Case) -> np.ndarray:
    """(rows, dims) float32; identical on every machine."""
    vectors = np.random.default_rng(0).standard_normal((case.rows, case.dims), dtype=np.float32)
    vectors[:, 0] *= WIDE
    for row, side in zip(reversed(case.outlier_rows()), (1, -1), strict=False):
        vectors[row] = 0
        vectors[row, 0] = side * FAR * WIDE
    return vectors
