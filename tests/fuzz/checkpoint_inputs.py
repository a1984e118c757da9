"""Indexes and object graphs whose checksums are right and whose content is not: damage that only a forger makes."""

from __future__ import annotations

import functools
from pathlib import Path

import pyarrow as pa
from hypothesis import strategies as st
from mutations import NUMBERS, mutated
from table_writer import bundle_entry, field, header, varint, write_block, write_simple_table, write_table

from tb_projector_plugin.protos.checkpoint_pb2 import ObjectGraph
from tb_projector_plugin.sources.checkpoint.ordered_code import encode_slice_key
from tb_projector_plugin.sources.checkpoint.table import parse_table

_GOLDEN = Path(__file__).resolve().parent.parent / "golden/tensorflow"
#: Bytes of the data file beside each index: room for the tensors of `_entries`.
DATA_BYTES = 4096
#: Types by TensorFlow's numbers: float32, int32, text, bfloat16, float16, a 4-bit one, and two that do not exist.
_TYPES = (1, 1, 1, 3, 7, 14, 19, 29, 99, -1)


def golden_indexes() -> list[bytes]:
    return [path.read_bytes() for path in sorted(_GOLDEN.glob("*.index"))]


def indexes() -> st.SearchStrategy[bytes]:
    """Index files: damaged anywhere, damaged inside a sealed block, and of entries that cannot be."""
    blocks = [write_block(list(parse_table(data))) for data in golden_indexes() if len(data) < DATA_BYTES]
    sealed = st.builds(_seal_block, mutated(blocks), st.booleans())
    return st.one_of(mutated(golden_indexes()), sealed, _tables())


def graphs() -> st.SearchStrategy[bytes]:
    """String tensors that hold an object graph: their length, its checksum, the message."""
    graph = ObjectGraph()
    for number in range(3):
        attribute = graph.nodes.add().attributes.add()
        attribute.full_name, attribute.checkpoint_key = f"layer_{number // 2}".encode(), f"w{number}".encode()
    message = graph.SerializeToString()
    whole = varint(len(message)) + bytes(4) + message
    framed = mutated([message]).map(lambda data: varint(len(data)) + bytes(4) + data)
    return st.one_of(mutated([whole]), framed)


def _seal_block(block: bytes, is_compressed: bool) -> bytes:
    if is_compressed:
        return write_table([pa.compress(block, codec="snappy", asbytes=True)], [b"z"], compression=1)
    return write_table([block], [b"z"])


def _tables() -> st.SearchStrategy[bytes]:
    heads = st.builds(header, _integers(), big_endian=st.booleans(), min_consumer=st.integers(0, 2))
    head = st.one_of(st.just(header()), heads)
    return st.builds(lambda first, rest: write_simple_table([(b"", first), *sorted(rest)]), head, st.lists(_entries()))


def _entries() -> st.SearchStrategy[tuple[bytes, bytes]]:
    extent = st.tuples(st.integers(-1, 8), st.integers(-1, 8))
    slices = st.lists(st.lists(extent, max_size=3), max_size=4)
    keys = st.one_of(
        st.sampled_from([b"a", b"b", b"a/.ATTRIBUTES/VARIABLE_VALUE", b"_CHECKPOINTABLE_OBJECT_GRAPH"]),
        st.binary(min_size=1, max_size=8),
        st.lists(extent, max_size=2).map(functools.partial(encode_slice_key, "a")),
    )
    shape = st.lists(_integers(), max_size=4)
    return st.tuples(
        keys,
        st.one_of(st.builds(_write_entry, shape, st.sampled_from(_TYPES), _integers(), slices), st.binary(max_size=12)),
    )


def _write_entry(shape: list[int], dtype: int, offset: int, slices: list[list[tuple[int, int]]]) -> bytes:
    """The size is right for float32 of most shapes, so that the tensor is opened."""
    size = functools.reduce(lambda total, side: total * max(0, side), shape, 4)
    rest = b"".join(field(7, b"".join(_write_extent(*extent) for extent in extents)) for extents in slices)
    return bundle_entry(shape, dtype=dtype, offset=offset, size=min(size, 2**63 - 1), rest=rest)


def _write_extent(start: int, length: int) -> bytes:
    return field(1, field(1, start) + (b"" if length < 0 else field(2, length)))


def _integers() -> st.SearchStrategy[int]:
    return st.one_of(st.integers(0, 5), st.sampled_from(NUMBERS))
