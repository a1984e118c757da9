"""One tensor of a checkpoint: its location or, for a partitioned variable, the locations of its slices."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DamagedError, DataError, LimitError
from tb_projector_plugin.protos.checkpoint_pb2 import BundleEntry
from tb_projector_plugin.sources.checkpoint.index import SAVE_AGAIN, CheckpointIndex, TensorEntry, damaged
from tb_projector_plugin.sources.checkpoint.masked_crc32c import unmask
from tb_projector_plugin.sources.checkpoint.slices import Bounds, Slice, incomplete_rows, slices_of
from tb_projector_plugin.sources.element_types import BY_TENSORFLOW_NUMBER, ElementType
from tb_projector_plugin.sources.matrix_shape import as_matrix
from tb_projector_plugin.sources.pieces import Piece, PieceReader
from tb_projector_plugin.sources.tensor_source import RowReader, TensorSource
from tb_projector_plugin.stamped_file import size_of

#: Ranges of rows that a message names.
_GAPS_NAMED = 5


class BundleTensor(TensorSource):
    """Made by `Checkpoint.source`, which documents what is raised.

    Rows of a partitioned variable of which a part is missing are NaN if other rows are complete; `problem` describes
    it.
    """

    def __init__(self, checkpoint: CheckpointIndex, key: str) -> None:
        self.key = key
        entry = checkpoint.tensors[key]
        element, shape = _checked_element(checkpoint, entry), _checked_shape(checkpoint, entry)
        slices = slices_of(checkpoint, entry)
        found = [one for one in slices if not entry.proto.slices or _is_there(checkpoint, one)]
        self._pieces = tuple(_piece(checkpoint, entry, one.bounds, one.stored or entry.proto, element) for one in found)
        self._gaps = incomplete_rows(shape, (one.bounds for one in found))
        files, stamps = checkpoint.part(tuple(sorted({piece.shard for piece in self._pieces})))
        super().__init__(shape, element, files, checkpoint.display, stamps)
        self.stored_shape = entry.shape or ()
        self._checkpoint = checkpoint
        if self._gaps:
            has_rows = self._gaps != [(0, shape[0])]
            self.problem = _incomplete(checkpoint, entry, self._gaps, slices, has_rows=has_rows)
            if not has_rows:
                raise self.problem

    def _open(self) -> AbstractContextManager[RowReader]:
        verified, key = self._checkpoint.verified, self.key
        return PieceReader(
            self._pieces,
            self._element,
            verify=key not in verified,
            on_verified=lambda: verified.add(key),
            gaps=self._gaps,
        )


def _is_there(checkpoint: CheckpointIndex, one: Slice) -> bool:
    """Whether there are an entry and a file for a slice."""
    return one.stored is not None and one.stored.shard_id not in _missing_shards(checkpoint, [one])


def _missing_shards(checkpoint: CheckpointIndex, slices: Iterable[Slice]) -> set[int]:
    named = {one.stored.shard_id for one in slices if one.stored is not None}
    stamps = checkpoint.stamps.stamps
    return {shard for shard in named if 0 <= shard < checkpoint.num_shards and stamps[1 + shard] is None}


def _incomplete(
    checkpoint: CheckpointIndex, entry: TensorEntry, gaps: list[tuple[int, int]], slices: list[Slice], *, has_rows: bool
) -> DamagedError:
    rows = ", ".join(f"{first:,} to {end - 1:,}" for first, end in gaps[:_GAPS_NAMED])
    more = f" and {len(gaps) - _GAPS_NAMED:,} more ranges" if len(gaps) > _GAPS_NAMED else ""
    shards = _missing_shards(checkpoint, slices)
    file = checkpoint.shard_display(min(shards)) if shards else checkpoint.index_display
    reason = f"{file} is missing" if shards else f"their slice of this partitioned variable is not in {file}"
    others = "; the other rows are shown" if has_rows else ""
    return DamagedError(
        f"Rows {rows}{more} of {entry.key} are incomplete: {reason}{others}.",
        f"Copy the missing file into the run's directory. {SAVE_AGAIN}" if shards else SAVE_AGAIN,
        file=file,
    )


def _piece(
    checkpoint: CheckpointIndex, entry: TensorEntry, bounds: Bounds, stored: BundleEntry, element: ElementType
) -> Piece:
    (first_row, end_row), (first_column, end_column) = bounds
    expected = (end_row - first_row) * (end_column - first_column) * element.stored.itemsize
    if stored.size != expected or stored.offset < 0:
        raise damaged(checkpoint, f"{entry.key} takes {stored.size} bytes there, {expected} are expected")
    _check_shard(checkpoint, stored)
    return Piece(
        path=checkpoint.shard_path(stored.shard_id),
        stamp=checkpoint.stamps.stamps[1 + stored.shard_id],
        display=checkpoint.shard_display(stored.shard_id),
        shard=stored.shard_id,
        offset=stored.offset,
        first_row=first_row,
        end_row=end_row,
        first_column=first_column,
        end_column=end_column,
        crc32c=unmask(stored.crc32c),
    )


def _check_shard(checkpoint: CheckpointIndex, stored: BundleEntry) -> None:
    """Checks against the sizes read with the index, so that no memory is allocated for missing bytes."""
    if not 0 <= stored.shard_id < checkpoint.num_shards:
        raise damaged(checkpoint, f"it names shard {stored.shard_id} of {checkpoint.num_shards}")
    file = checkpoint.shard_display(stored.shard_id)
    stamp = checkpoint.stamps.stamps[1 + stored.shard_id]
    if stamp is None:
        raise DamagedError(
            f"{file} is missing; data files of the checkpoint: {checkpoint.num_shards}.",
            "Copy the missing file into the run's directory, or save the checkpoint again.",
            file=file,
        )
    if size_of(stamp) < stored.offset + stored.size:
        raise DamagedError(
            f"{file} has {size_of(stamp)} bytes; {stored.offset + stored.size} are expected.",
            f"The file is cut off: its copy or its writing was interrupted. {SAVE_AGAIN}",
            file=file,
        )


def _checked_element(checkpoint: CheckpointIndex, entry: TensorEntry) -> ElementType:
    element = BY_TENSORFLOW_NUMBER.get(entry.proto.dtype)
    if element is None:
        raise DataError(
            f"{entry.key} in {checkpoint.display} holds {entry.dtype}; real numbers are expected.",
            "Choose another tensor, or save it as float32.",
            file=checkpoint.index_display,
        )
    return element


def _checked_shape(checkpoint: CheckpointIndex, entry: TensorEntry) -> tuple[int, int]:
    matrix = () if entry.shape is None else as_matrix(entry.shape)
    if entry.shape is None or len(matrix) != 2:
        received = "an unknown shape" if entry.shape is None else f"the shape {list(entry.shape)}"
        raise DataError(
            f"{entry.key} in {checkpoint.display} has {received}; rows and dimensions are expected.",
            "Save a reshaped copy of two dimensions: one row for each point.",
            file=checkpoint.index_display,
        )
    rows, dims = matrix
    if rows < 0 or dims < 0:
        raise damaged(checkpoint, f"{entry.key} has the shape {list(entry.shape)}")
    if rows > limits.ROWS:
        raise LimitError(
            f"{entry.key} in {checkpoint.display} has {rows} rows; at most {limits.ROWS} can be shown.",
            "Save a part of the rows.",
            file=checkpoint.index_display,
        )
    return rows, dims
