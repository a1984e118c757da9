"""Problems of vectors that are shown but may look unexpected: their number of rows, dimensions, or axes in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tb_projector_plugin.catalog.contents import Embedding, Step
from tb_projector_plugin.errors import DataError, Level, Problem, name_first, quote_name

#: Number of dimensions beyond which principal components take seconds: the cost grows with its square.
_MANY_DIMENSIONS = 20_000
#: Number of embeddings that one message names.
_NAMED = 5


def check_not_empty(step: Step, name: str) -> None:
    """Raises DataError for vectors without rows or dimensions: rows of zero bytes may number billions."""
    if 0 in step.shape:
        rows, dims = step.shape
        raise DataError(
            f"{quote_name(name)} has {rows:,} rows of {dims:,} numbers; at least one row of one number is expected.",
            "Save it when it holds something, or choose another step.",
            file=step.file,
        )


def shape_problems(embedding: Embedding, run: str) -> Iterator[Problem]:
    """Yields a problem for each oddity in the shape of a configured embedding's newest step."""
    rows, dims = embedding.newest.shape
    file = embedding.newest.file

    def problem(message: str, fix: str, level: Level = "info") -> Problem:
        error = DataError(f"{quote_name(embedding.name)} {message}", fix, file=file)
        return error.to_problem(run=run, embedding=embedding.name, level=level)

    if rows == 0 or dims == 0:
        missing = "no rows" if rows == 0 else "no dimensions"
        yield problem(
            f"has {missing}: its shape is [{rows}, {dims}], and there is nothing to show.",
            "Save it when it holds at least one row of at least one number.",
            "error",
        )
        return
    if _has_singletons(embedding):
        yield problem(
            f"has the shape {_shape(embedding)}; without the dimensions of size 1, it is shown as {rows:,} rows of "
            f"{dims:,} numbers.",
            "If the rows come first, do nothing; otherwise save it transposed.",
        )
    if rows == 1:
        yield problem(
            "has one row: a single point has no neighbors.",
            "If one row is meant, do nothing; otherwise save more rows.",
        )
    if dims == 1:
        yield problem(
            "has one dimension: its points lie on a line.",
            "If one dimension is meant, do nothing; otherwise save the layer before, or reshape to [rows, dimensions].",
        )
    if dims > _MANY_DIMENSIONS:
        yield problem(
            f"has {dims:,} dimensions: all of them are used, and a projection of many rows takes its time.",
            "Nothing; to be faster, save the output of a narrower layer.",
        )


def singleton_problems(embeddings: Iterable[Embedding], run: str) -> Iterator[Problem]:
    """Yields one problem for all embeddings that no config names and that have more than two dimensions in the file."""
    found = [each for each in embeddings if not (each.configured or each.optimizer_slot) and _has_singletons(each)]
    if not found:
        return
    named = name_first((f"{quote_name(each.name)} {_shape(each)}" for each in found[:_NAMED]), len(found))
    yield DataError(
        f"Dimensions of size 1 were left out of {named}; the first dimension that is left counts the rows.",
        "If the rows come first, do nothing; otherwise save them transposed.",
        file=found[0].newest.file,
    ).to_problem(run=run, level="info")


def _has_singletons(embedding: Embedding) -> bool:
    return embedding.newest.vectors.stored_shape != embedding.newest.shape


def _shape(embedding: Embedding) -> str:
    return str(list(embedding.newest.vectors.stored_shape))
