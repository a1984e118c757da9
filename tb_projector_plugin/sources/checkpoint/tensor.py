"""One tensor of a checkpoint: its location or, for a partitioned variable, the locations of its slices."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DamagedError, DataError, LimitError
from tb_projector_plugin.protos.checkpoint_pb2 import BundleEntry
from tb_projector_plugin.sources.checkpoint.index import CheckpointIndex, TensorEntry
from tb_projector_plugin.sources.checkpoint.masked_crc32c import unmask
from tb_projector_plugin.sources.checkpoint.ordered_code import FULL_EXTENT, encode_slice_key
from tb_projector_plugin.sources.element_types import BY_TENSORFLOW_NUMBER, ElementType
from tb_projector_plugin.sources.pieces import Piece, PieceReader
from tb_projector_plugin.sources.tensor_source import RowReader, TensorSource
from tb_projector_plugin.stamped_file import FileStamps, size_of

_SAVE_AGAIN = "Save the checkpoint again, or restore it from a copy."


class BundleTensor(TensorSource):
    """Made by `Checkpoint.source`, which documents what is raised."""

    def __init__(self, checkpoint: CheckpointIndex, key: str) -> None:
        self.key = key
        entry = checkpoint.tensors[key]
        element, shape = _checked_element(checkpoint, entry), _checked_shape(checkpoint, entry)
        self._pieces = tuple(_pieces(checkpoint, entry, shape, element))
        shards = sorted({piece.shard for piece in self._pieces})
        files = (checkpoint.files[0], *(checkpoint.shard_path(shard) for shard in shards))
        read_with_index = checkpoint.stamps.stamps
        stamps = FileStamps((read_with_index[0], *(read_with_index[1 + shard] for shard in shards)))
        super().__init__(shape, element, files, checkpoint.display, stamps)
        self._checkpoint = checkpoint

    def _open(self) -> AbstractContextManager[RowReader]:
        verified, key = self._checkpoint.verified, self.key
        return PieceReader(
            self._pieces, self._element, verify=key not in verified, on_verified=lambda: verified.add(key)
        )


def _pieces(
    checkpoint: CheckpointIndex, entry: TensorEntry, shape: tuple[int, int], element: ElementType
) -> Iterator[Piece]:
    if not entry.proto.slices:
        yield _piece(checkpoint, entry, entry.proto, ((0, shape[0]), (0, shape[1])), element)
        return
    _check_slices_cover(checkpoint, entry, shape)
    for part in entry.proto.slices:
        yield _piece(checkpoint, entry, _slice_entry(checkpoint, entry, part), _bounds(part, shape), element)


_Bounds = tuple[tuple[int, int], tuple[int, int]]


def _piece(
    checkpoint: CheckpointIndex, entry: TensorEntry, place: BundleEntry, bounds: _Bounds, element: ElementType
) -> Piece:
    (first_row, end_row), (first_column, end_column) = bounds
    expected = (end_row - first_row) * (end_column - first_column) * element.stored.itemsize
    if place.size != expected or place.offset < 0:
        raise _damaged(checkpoint, f"{entry.key} takes {place.size} bytes there, {expected} are expected")
    _check_shard(checkpoint, place)
    return Piece(
        path=checkpoint.shard_path(place.shard_id),
        stamp=checkpoint.stamps.stamps[1 + place.shard_id],
        display=checkpoint.shard_display(place.shard_id),
        shard=place.shard_id,
        offset=place.offset,
        first_row=first_row,
        end_row=end_row,
        first_column=first_column,
        end_column=end_column,
        crc32c=unmask(place.crc32c),
    )


def _check_shard(checkpoint: CheckpointIndex, place: BundleEntry) -> None:
    """Checks against the sizes read with the index, so that no memory is allocated for missing bytes."""
    if not 0 <= place.shard_id < checkpoint.num_shards:
        raise _damaged(checkpoint, f"it names shard {place.shard_id} of {checkpoint.num_shards}")
    file = checkpoint.shard_display(place.shard_id)
    stamp = checkpoint.stamps.stamps[1 + place.shard_id]
    if stamp is None:
        raise DamagedError(
            f"{file} is missing; data files of the checkpoint: {checkpoint.num_shards}.",
            "Copy the missing file into the run's directory, or save the checkpoint again.",
            file=file,
        )
    if size_of(stamp) < place.offset + place.size:
        raise DamagedError(
            f"{file} has {size_of(stamp)} bytes; {place.offset + place.size} are expected.",
            f"The file is cut off: its copy or its writing was interrupted. {_SAVE_AGAIN}",
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
    if entry.shape is None or len(entry.shape) != 2:
        received = "an unknown shape" if entry.shape is None else f"the shape {list(entry.shape)}"
        raise DataError(
            f"{entry.key} in {checkpoint.display} has {received}; rows and dimensions are expected.",
            "Save a reshaped copy of two dimensions: one row for each point.",
            file=checkpoint.index_display,
        )
    rows, dims = entry.shape
    if rows < 0 or dims < 0:
        raise _damaged(checkpoint, f"{entry.key} has the shape {[rows, dims]}")
    if rows > limits.ROWS:
        raise LimitError(
            f"{entry.key} in {checkpoint.display} has {rows} rows; at most {limits.ROWS} can be shown.",
            "Save a part of the rows.",
            file=checkpoint.index_display,
        )
    return rows, dims


def _bounds(part: BundleEntry.Slice, shape: tuple[int, int]) -> _Bounds:
    row, column = (
        (extent.start, extent.start + extent.length if extent.HasField("length") else size)
        for extent, size in zip(part.extents, shape, strict=True)
    )
    return row, column


def _slice_entry(checkpoint: CheckpointIndex, entry: TensorEntry, part: BundleEntry.Slice) -> BundleEntry:
    numbers = [(one.start, one.length if one.HasField("length") else FULL_EXTENT) for one in part.extents]
    found = checkpoint.entry_of_slice(encode_slice_key(entry.key, numbers))
    if found is None:
        raise _damaged(checkpoint, f"the slice {numbers} of {entry.key} is not in it")
    return found


def _check_slices_cover(checkpoint: CheckpointIndex, entry: TensorEntry, shape: tuple[int, int]) -> None:
    """Slices within the tensor whose areas sum to its area, and of which no two overlap, cover it exactly once."""
    if any(len(part.extents) != 2 for part in entry.proto.slices):
        raise _damaged(checkpoint, f"a slice of {entry.key} has not two dimensions")
    if len(entry.proto.slices) > limits.CHECKPOINT_SLICES:
        raise LimitError(
            f"{entry.key} in {checkpoint.display} is cut into {len(entry.proto.slices)} slices; "
            f"at most {limits.CHECKPOINT_SLICES} are read.",
            "Save it with fewer partitions.",
            file=checkpoint.index_display,
        )
    bounds = [_bounds(part, shape) for part in entry.proto.slices]
    inside = all(0 <= first <= end <= size for one in bounds for (first, end), size in zip(one, shape, strict=True))
    area = sum(math.prod(end - first for first, end in one) for one in bounds)
    if not inside or area != math.prod(shape) or _any_overlap(bounds):
        raise _damaged(checkpoint, f"the slices of {entry.key} do not cover its {shape[0]} x {shape[1]} numbers once")


def _any_overlap(bounds: Sequence[_Bounds]) -> bool:
    """When sorted by first row, a slice can overlap only those that begin before it ends."""
    ordered = sorted(bounds)
    for index, ((_, end_row), (first_column, end_column)) in enumerate(ordered):
        for (other_first_row, other_end_row), (other_first, other_end) in ordered[index + 1 :]:
            if other_first_row >= end_row:
                break
            if other_end_row > other_first_row and max(first_column, other_first) < min(end_column, other_end):
                return True
    return False


def _damaged(checkpoint: CheckpointIndex, reason: str) -> DamagedError:
    return DamagedError(f"{checkpoint.index_display} is damaged: {reason}.", _SAVE_AGAIN, file=checkpoint.index_display)
