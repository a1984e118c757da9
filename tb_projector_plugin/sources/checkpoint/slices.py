"""The slices of a partitioned variable: where each lies in the matrix, and which rows they leave incomplete."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tb_projector_plugin import limits
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.protos.checkpoint_pb2 import BundleEntry
from tb_projector_plugin.sources.checkpoint.index import CheckpointIndex, TensorEntry, damaged
from tb_projector_plugin.sources.checkpoint.ordered_code import FULL_EXTENT, encode_slice_key
from tb_projector_plugin.sources.matrix_shape import matrix_axes

#: First and end of the rows, then of the columns.
Bounds = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Slice:
    """A part of the matrix; `stored` is None if the index does not say where it is stored."""

    bounds: Bounds
    stored: BundleEntry | None


def slices_of(checkpoint: CheckpointIndex, entry: TensorEntry) -> list[Slice]:
    """The slices of a matrix; the whole, if it is not partitioned.

    Raises DamagedError if they overlap or lie outside, LimitError if there are too many.
    """
    shape = entry.shape or ()
    rows, columns = matrix_axes(shape) or (0, 1)
    if not entry.proto.slices:
        return [Slice(((0, shape[rows]), (0, shape[columns])), entry.proto)]
    _check_form(checkpoint, entry, len(shape))
    whole = [_extents(part, shape) for part in entry.proto.slices]
    bounds: list[Bounds] = [(each[rows], each[columns]) for each in whole]
    _check_bounds(checkpoint, entry, whole, bounds)
    return [
        Slice(each, _find_stored(checkpoint, entry, part))
        for each, part in zip(bounds, entry.proto.slices, strict=True)
    ]


def incomplete_rows(shape: tuple[int, int], bounds: Iterable[Bounds]) -> list[tuple[int, int]]:
    """First and end of the rows that these parts, of which no two overlap, do not fill."""
    rows, columns = shape
    changes = [(0, 0), (rows, 0)]
    for (first_row, end_row), (first, end) in bounds:
        changes += [(first_row, end - first), (end_row, first - end)]
    return list(_joined(_unfilled(sorted(changes), columns)))


def _unfilled(changes: Sequence[tuple[int, int]], columns: int) -> Iterator[tuple[int, int]]:
    filled = 0
    for (row, width), (next_row, _) in itertools.pairwise(changes):
        filled += width
        if filled < columns and next_row > row:
            yield row, next_row


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    first, end = 0, -1
    for start, stop in ranges:
        if start != end:
            if end > first:
                yield first, end
            first = start
        end = stop
    if end > first:
        yield first, end


def _extents(part: BundleEntry.Slice, shape: Sequence[int]) -> list[tuple[int, int]]:
    return [
        (extent.start, extent.start + extent.length if extent.HasField("length") else size)
        for extent, size in zip(part.extents, shape, strict=True)
    ]


def _find_stored(checkpoint: CheckpointIndex, entry: TensorEntry, part: BundleEntry.Slice) -> BundleEntry | None:
    numbers = [(one.start, one.length if one.HasField("length") else FULL_EXTENT) for one in part.extents]
    return checkpoint.entry_of_slice(encode_slice_key(entry.key, numbers))


def _check_form(checkpoint: CheckpointIndex, entry: TensorEntry, rank: int) -> None:
    if any(len(part.extents) != rank for part in entry.proto.slices):
        raise damaged(checkpoint, f"a slice of {entry.key} has not {rank} dimensions")
    if len(entry.proto.slices) > limits.CHECKPOINT_SLICES:
        raise LimitError(
            f"{entry.key} in {checkpoint.display} is cut into {len(entry.proto.slices)} slices; "
            f"at most {limits.CHECKPOINT_SLICES} are read.",
            "Save it with fewer partitions.",
            file=checkpoint.index_display,
        )


def _check_bounds(
    checkpoint: CheckpointIndex, entry: TensorEntry, whole: list[list[tuple[int, int]]], bounds: list[Bounds]
) -> None:
    """Slices within the tensor of which no two overlap fill each of its numbers at most once."""
    shape = entry.shape or ()
    inside = all(0 <= first <= end <= size for one in whole for (first, end), size in zip(one, shape, strict=True))
    area = sum(math.prod(end - first for first, end in one) for one in whole)
    if not inside or area > math.prod(shape) or _any_overlap(bounds):
        numbers = " x ".join(map(str, shape))
        raise damaged(checkpoint, f"the slices of {entry.key} do not cover its {numbers} numbers once")


def _any_overlap(bounds: Sequence[Bounds]) -> bool:
    """When sorted by first row, a slice can overlap only those that begin before it ends."""
    ordered = sorted(bounds)
    for index, ((_, end_row), (first_column, end_column)) in enumerate(ordered):
        for (other_first_row, other_end_row), (other_first, other_end) in ordered[index + 1 :]:
            if other_first_row >= end_row:
                break
            if other_end_row > other_first_row and max(first_column, other_first) < min(end_column, other_end):
                return True
    return False
