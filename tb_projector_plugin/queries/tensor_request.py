"""Resolves the tensor that a request means, and reports problems found while reading it to the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tb_projector_plugin.catalog import TensorHandle
from tb_projector_plugin.errors import DataError, Level, Problem
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.row_words import count_rows, list_rows
from tb_projector_plugin.web.parameters import read_step, read_text

Value = TypeVar("Value")


@dataclass(frozen=True)
class TensorRequest:
    """The tensor that a request's `run`, `name`, `step` and `v` name."""

    run: str
    name: str
    handle: TensorHandle
    context: RouteContext

    @property
    def shape(self) -> tuple[int, int]:
        rows, dims = self.handle.source.shape
        return rows, dims

    @property
    def key(self) -> tuple[Any, ...]:
        """The key of the version of the tensor's files."""
        return self.run, self.name, self.handle.step, self.handle.version

    def describe(self, message: str, fix: str, level: Level = "warning") -> Problem:
        """A problem with some of its rows."""
        return Problem(
            level=level,
            kind="bad_data",
            message=message,
            fix=fix,
            file=self.handle.source.display,
            run=self.run,
            embedding=self.name,
        )

    def read(self, work: Callable[[], Value], *, whole: bool = True) -> Value:
        """Calls `work`, which reads the tensor; a damaged file is reported to the catalog, for `/runs` to list.

        So is an error with the rows, but not with those of a subset (not `whole`): there are too many.
        """
        try:
            return work()
        except DataError as error:
            if error.file is None and not whole:
                raise
            named = error.in_file(error.file or self.handle.source.display)
            self.record(named.to_problem(run=self.run, embedding=self.name))
            raise named from error

    def record(self, problem: Problem) -> None:
        self.context.catalog.record(problem, versioned_by=self.handle.version)


def find_tensor(args: Mapping[str, str], context: RouteContext) -> TensorRequest:
    run, name = read_names(args)
    handle = context.catalog.tensor(run, name, step=read_step(args), version=args.get("v"))
    return TensorRequest(run, name, handle, context)


def read_names(args: Mapping[str, str]) -> tuple[str, str]:
    return read_text(args, "run", 'a run of /runs ("." is the logdir itself)'), read_text(
        args, "name", "an embedding of that run in /runs"
    )


def describe_nonfinite(tensor: TensorRequest, count: int, first_rows: tuple[int, ...], *, whole: bool) -> Problem:
    """The problem of rows with NaN or infinity, of the whole tensor or of some of its rows."""
    rows = count_rows(count, "holds", "hold")
    verb, noun = ("is", "row") if count == 1 else ("are", "rows")
    which = f"{verb} not drawn: {noun} {list_rows(first_rows, count)} of {tensor.shape[0]:,}."
    if whole and count == tensor.handle.source.blank_rows:
        return tensor.describe(
            f"{rows} no numbers and {which}", "Write numbers on the blank lines of the file. Every other row is shown."
        )
    return tensor.describe(
        f"{rows} NaN or infinity and {which}",
        "Look for the step at which training diverged, and choose an earlier one; in a file of text, write the missing "
        "numbers. Every other row is shown.",
    )
