"""Resolves what computing routes have in common: which rows of which tensor, and the space they are measured in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.compute.blocks import Floats, OpenBlocks, Positions, choose_rows, open_finite
from tb_projector_plugin.compute.row_lengths import RowLengths
from tb_projector_plugin.compute.spaces import compute_mean, spherize_blocks, spherize_rows
from tb_projector_plugin.errors import BadParameterError
from tb_projector_plugin.jobs.pass_progress import PassProgress
from tb_projector_plugin.queries.content_digest import find_digest, read_digest
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import TensorRequest, Value, find_tensor
from tb_projector_plugin.web.parameters import read_choice

Array = NDArray[np.float64]
#: The name of a matrix's content, whenever and wherever its files were written.
ContentKey = tuple[Any, ...]


@dataclass(frozen=True)
class SpaceRequest:
    """The matrix that a request is about: a tensor's rows, or those of a subset, as stored or spherized.

    `rows` are the subset's row numbers in the embedding, ascending and distinct; None for all rows. `passes` is
    notified of every pass over the tensor, if there is one.
    """

    tensor: TensorRequest
    subset: str | None
    rows: NDArray[np.int32] | None
    spherized: bool
    passes: PassProgress | None = None

    @property
    def space(self) -> str:
        """The name of the space in answers."""
        return "spherized" if self.spherized else "as stored"

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of the matrix, rows that are not finite included."""
        row_count, dims = self.tensor.shape
        return row_count if self.rows is None else len(self.rows), dims

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything that the content of the matrix depends on, by the version of its files: for memory and ETags."""
        return (*self._rows_key, self.space)

    @property
    def _rows_key(self) -> tuple[Any, ...]:
        return (*self.tensor.key, self.subset)

    def find_content(self) -> ContentKey | None:
        """The key that names results on disk; None until `read_content` has read these files."""
        digest = find_digest(self.tensor)
        return None if digest is None else self._content_key(digest)

    def read_content(self, check: Callable[[], None]) -> ContentKey:
        """The same, from a pass over the tensor if need be: call it inside a job, with the job's `check`."""
        return self._content_key(read_digest(self.tensor, check))

    def _content_key(self, digest: str) -> ContentKey:
        """Includes the names that problems with the rows contain, and so the files with the results."""
        tensor = self.tensor
        return digest, tensor.run, tensor.name, tensor.handle.source.display, self.subset, self.space

    def read(self, work: Callable[[], Value]) -> Value:
        """Calls `work`, which reads the matrix; see `TensorRequest.read`."""
        return self.tensor.read(work, whole=self.rows is None)

    def blocks(self) -> Iterator[tuple[int, Floats]]:
        """A pass over the matrix: `space.blocks` is an OpenBlocks as `compute` expects it.

        Yields (first_row, block), with rows counted within the subset; rows that are not finite are included as they
        are. Raises what the source raises: call it inside `read`.
        """
        return self.open_blocks()()

    def finite_blocks(self) -> Iterator[tuple[Positions, Floats]]:
        """A pass over the finite rows: yields their positions in the matrix (a slice or int64), and the rows."""
        return open_finite(self.blocks)

    def open_blocks(self, central: NDArray[np.bool_] | None = None) -> OpenBlocks:
        """The OpenBlocks of the matrix; if spherized, every pass sets `central` [rows] where a row equals the mean."""
        return spherize_blocks(self.stored_blocks, self.mean(), central) if self.spherized else self.stored_blocks

    def open_embedding(self, central: NDArray[np.bool_] | None = None) -> OpenBlocks:
        """An OpenBlocks of all rows of the embedding, whatever the subset, in the requested space."""
        return spherize_blocks(self._all_blocks, self.mean(), central) if self.spherized else self._all_blocks

    def mean(self) -> Array:
        """The mean [dims] of the finite rows as stored, from one pass; cached."""

        def compute() -> Array:
            return self.read(lambda: compute_mean(self.stored_blocks, self.shape[1]))

        check = None if self.passes is None else self.passes.check
        return self.tensor.context.cache.get(("mean", *self._rows_key), compute, lambda mean: mean.nbytes, check)

    def lengths(self) -> RowLengths:
        """The lengths of the rows, from the mean if spherized; cached, but for very many rows."""
        origin = self.mean() if self.spherized else None
        kept_bytes = self.shape[0] * self.tensor.handle.source.item_bytes
        if kept_bytes > limits.ROW_LENGTHS_BYTES:
            return RowLengths(origin=origin)
        cache = self.tensor.context.cache
        return cache.get(("lengths", *self.key), lambda: RowLengths(is_kept=True, origin=origin), lambda _: kept_bytes)

    def read_rows(self, rows: NDArray[np.integer] | list[int]) -> Floats:
        """Rows of the embedding, whatever the subset, in the requested space, [len(rows), dims]."""
        return self.transform(self.tensor.read(lambda: self.tensor.handle.source.read_rows(rows)))

    def transform(self, vectors: Floats) -> Floats:
        """Transforms stored vectors [n, dims] to the requested space."""
        return spherize_rows(vectors, self.mean()) if self.spherized else vectors

    def name_rows(self, positions: NDArray[np.integer] | slice) -> NDArray[np.int32]:
        """Row numbers in the embedding of the rows at `positions` in the matrix."""
        if self.rows is not None:
            return self.rows[positions]
        return np.arange(self.shape[0], dtype=np.int32)[positions]

    def find_positions(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """Positions in the matrix of rows of the embedding; rows outside the subset are left out."""
        wanted = np.asarray(rows, np.int64)
        return wanted if self.rows is None else np.flatnonzero(np.isin(self.rows, wanted))

    def stored_blocks(self) -> Iterator[tuple[int, Floats]]:
        """A pass over the matrix as stored, whatever the space."""
        return self._all_blocks() if self.rows is None else choose_rows(self._all_blocks, self.rows)()

    def _all_blocks(self) -> Iterator[tuple[int, Floats]]:
        """A pass over all rows of the embedding as stored."""
        blocks = self.tensor.handle.source.blocks
        return blocks() if self.passes is None else self.passes.follow(blocks)


def find_space(args: Mapping[str, str], context: RouteContext) -> SpaceRequest:
    """Reads `run`, `name`, `step`, `v`, `spherize` (0 or 1) and `subset`.

    Raises NotFoundError for an unknown tensor or subset, BadParameterError for a subset that does not fit the tensor.
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
