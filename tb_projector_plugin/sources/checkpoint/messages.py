"""The three messages of a checkpoint's index, parsed from protocol buffer bytes (tensor_bundle.proto)."""

from __future__ import annotations

from dataclasses import dataclass

from tb_projector_plugin.sources.checkpoint.wire_format import Fields


@dataclass(frozen=True)
class BundleHeader:
    num_shards: int
    big_endian: bool
    min_consumer: int


@dataclass(frozen=True)
class SliceExtent:
    """`length` is `None` where the slice spans the whole dimension."""

    start: int
    length: int | None


@dataclass(frozen=True)
class BundleEntry:
    """Where a tensor lies. `shape` is `None` for an unknown rank; `crc32c` is masked; `slices` of a partitioned one."""

    dtype: int
    shape: tuple[int, ...] | None
    shard_id: int
    offset: int
    size: int
    crc32c: int
    slices: tuple[tuple[SliceExtent, ...], ...]


def parse_bundle_header(data: bytes) -> BundleHeader:
    fields = Fields(data)
    return BundleHeader(fields.integer(1), fields.integer(2) == 1, fields.message(3).integer(2))


def parse_bundle_entry(data: bytes) -> BundleEntry:
    fields = Fields(data)
    return BundleEntry(
        dtype=fields.integer(1),
        shape=_parse_shape(fields.message(2)),
        shard_id=fields.integer(3),
        offset=fields.integer(4),
        size=fields.integer(5),
        crc32c=fields.integer(6),
        slices=tuple(_parse_slice(part) for part in fields.messages(7)),
    )


def _parse_shape(fields: Fields) -> tuple[int, ...] | None:
    if fields.integer(3):
        return None
    return tuple(dimension.integer(1) for dimension in fields.messages(2))


def _parse_slice(fields: Fields) -> tuple[SliceExtent, ...]:
    return tuple(
        SliceExtent(extent.integer(1), extent.integer(2) if extent.has(2) else None) for extent in fields.messages(1)
    )
