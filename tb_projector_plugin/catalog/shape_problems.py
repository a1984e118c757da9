"""Problems of vectors that are shown but may look unexpected: too few rows, or too many dimensions."""

from __future__ import annotations

from collections.abc import Iterator

from tb_projector_plugin.catalog.contents import Embedding, Step
from tb_projector_plugin.errors import DataError, Level, Problem

#: Number of dimensions beyond which principal components take seconds: the cost grows with its square.
_MANY_DIMENSIONS = 20_000


def check_not_empty(step: Step, name: str) -> None:
    """Raises DataError for vectors without rows or dimensions: rows of zero bytes may number billions."""
    if 0 in step.shape:
        rows, dims = step.shape
        raise DataError(
            f"{name!r} has {rows:,} rows of {dims:,} numbers; at least one row of one number is expected.",
            "Save it when it holds something, or choose another step.",
            file=step.file,
        )


def shape_problems(embedding: Embedding, run: str) -> Iterator[Problem]:
    """Yields a problem for each oddity in the shape of a configured embedding's newest step."""
    rows, dims = embedding.newest.shape
    file = embedding.newest.file

    def tell(message: str, fix: str, level: Level = "info") -> Problem:
        error = DataError(f"{embedding.name!r} {message}", fix, file=file)
        return error.to_problem(run=run, embedding=embedding.name, level=level)

    if rows == 0 or dims == 0:
        missing = "no rows" if rows == 0 else "no dimensions"
        yield tell(
            f"has {missing}: its shape is [{rows}, {dims}], and there is nothing to show.",
            "Save it when it holds at least one row of at least one number.",
            "error",
        )
        return
    if rows == 1:
        yield tell(
            "has one row: a single point has no neighbors.", "Nothing, if one row is meant; else save more rows."
        )
    if dims == 1:
        yield tell(
            "has one dimension: its points lie on a line.",
            "Nothing, if one dimension is meant; else save the layer before it, or reshape to [rows, dimensions].",
        )
    if dims > _MANY_DIMENSIONS:
        yield tell(
            f"has {dims:,} dimensions: all of them are used, and a projection of many rows takes its time.",
            "Nothing; to be faster, save the output of a narrower layer.",
        )
