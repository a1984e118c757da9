"""What every route that computes asks for: which rows of which tensor, and in which space they are measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks, Positions, choose_rows, open_finite
from tb_projector_plugin.compute.spaces import compute_mean, spherize_blocks, spherize_rows
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import TensorRequest, find_tensor
from tb_projector_plugin.web.parameters import read_choice

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SpaceRequest:
    """The matrix that a request is about: a tensor's rows, or those of a subset, as stored or spherized.

    `rows` are the subset's row numbers in the embedding, rising and each once; None for all rows.
    """

    tensor: TensorRequest
    subset: str | None
    rows: NDArray[np.int32] | None
    spherized: bool

    @property
    def space(self) -> str:
        """As answers name it."""
        return "spherized" if self.spherized else "as stored"

    @property
    def shape(self) -> tuple[int, int]:
        """Of the matrix: the subset's rows, finite or not."""
        row_count, dims = self.tensor.shape
        return row_count if self.rows is None else len(self.rows), dims

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything that the numbers of the matrix depend on, for caches and ETags."""
        return (*self._rows_key, self.space)

    @property
    def _rows_key(self) -> tuple[Any, ...]:
        tensor = self.tensor
        return tensor.run, tensor.name, tensor.handle.step, tensor.handle.version, self.subset

    def blocks(self) -> Iterator[tuple[int, Floats]]:
        """A pass over the matrix: `space.blocks` is the OpenBlocks that `compute` asks for.

        Yields (first_row, block), rows counting within the subset; rows that are not finite are there, and not finite.
        Raises what the source raises: call it inside `tensor.read`.
        """
        return self.open_blocks()()

    def finite_blocks(self) -> Iterator[tuple[Positions, Floats]]:
        """A pass over the finite rows alone: yields where they stand in the matrix (a slice or int64), and them."""
        return open_finite(self.blocks)

    def open_blocks(self, central: NDArray[np.bool_] | None = None) -> OpenBlocks:
        """The same as a value; under spherize every pass sets `central` [rows] where a row equals the mean."""
        return spherize_blocks(self.stored_blocks, self.mean(), central) if self.spherized else self.stored_blocks

    def open_embedding(self, central: NDArray[np.bool_] | None = None) -> OpenBlocks:
        """An OpenBlocks of every row of the embedding, of the subset or not, in the space asked for."""
        blocks = self.tensor.handle.source.blocks
        return spherize_blocks(blocks, self.mean(), central) if self.spherized else blocks

    def mean(self) -> Array:
        """The mean [dims] of the finite rows as they are stored, from one pass; kept."""

        def compute() -> Array:
            return self.tensor.read(lambda: compute_mean(self.stored_blocks, self.shape[1]))

        return self.tensor.context.cache.get(("mean", *self._rows_key), compute, lambda mean: mean.nbytes)

    def read_rows(self, rows: NDArray[np.integer] | list[int]) -> Floats:
        """Rows of the embedding, of the subset or not, in the space asked for, [len(rows), dims]."""
        return self.place(self.tensor.read(lambda: self.tensor.handle.source.read_rows(rows)))

    def place(self, vectors: Floats) -> Floats:
        """Vectors as they are stored, [n, dims], moved into the space asked for."""
        return spherize_rows(vectors, self.mean()) if self.spherized else vectors

    def name_rows(self, positions: NDArray[np.integer] | slice) -> NDArray[np.int32]:
        """The embedding's row numbers of rows of the matrix."""
        if self.rows is not None:
            return self.rows[positions]
        return np.arange(self.shape[0], dtype=np.int32)[positions]

    def find_positions(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """Where rows of the embedding stand in the matrix; those outside of the subset are left out."""
        wanted = np.asarray(rows, np.int64)
        return wanted if self.rows is None else np.flatnonzero(np.isin(self.rows, wanted))

    def stored_blocks(self) -> Iterator[tuple[int, Floats]]:
        """A pass over the matrix as it is stored, whatever the space."""
        blocks = self.tensor.handle.source.blocks
        return blocks() if self.rows is None else choose_rows(blocks, self.rows)()


def find_space(args: Mapping[str, str], context: RouteContext) -> SpaceRequest:
    """Reads `run`, `name`, `step`, `v`, `spherize` (0 or 1) and `subset`.

    Raises NotFoundError for a tensor or subset that is not known, BadParameterError for one that does not fit.
    """
    spherized = read_choice(args, "spherize", ("0", "1"), default="0") == "1"
    tensor = find_tensor(args, context)
    subset = args.get("subset") or None
    rows = None if subset is None else context.subsets.find(subset)
    if rows is not None and rows[-1] >= tensor.shape[0]:
        raise BadParameterError(
            f"The subset names row {rows[-1]:,}, and {tensor.name!r} has {tensor.shape[0]:,} rows, counted from 0.",
            "Select points of this embedding, or choose the step that the subset was made of.",
        )
    return SpaceRequest(tensor, subset, rows, spherized)
