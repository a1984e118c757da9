"""The messages of checkpoints against TensorFlow's own, which share the process but not the descriptor pool."""

from __future__ import annotations

import pytest
from google.protobuf import descriptor_pool
from tensorflow.core.protobuf import tensor_bundle_pb2, trackable_object_graph_pb2

from tb_projector_plugin.protos.checkpoint_pb2 import BundleEntry, BundleHeader, ObjectGraph


@pytest.mark.parametrize("message", [BundleEntry, BundleHeader, ObjectGraph])
def test_pool_is_not_that_of_all_other_messages(message) -> None:
    pool = message.DESCRIPTOR.file.pool
    assert pool is not descriptor_pool.Default()
    assert pool.FindMessageTypeByName(message.DESCRIPTOR.full_name) is message.DESCRIPTOR


def test_entry_is_what_tensorflow_writes() -> None:
    theirs = tensor_bundle_pb2.BundleEntryProto(dtype="DT_FLOAT", shard_id=2, offset=1 << 40, size=96, crc32c=1 << 31)
    theirs.shape.dim.add(size=8)
    theirs.shape.dim.add(size=3)
    theirs.slices.add().extent.add(start=4, length=2)

    ours = BundleEntry.FromString(theirs.SerializeToString())

    assert (ours.dtype, ours.shard_id, ours.offset, ours.size, ours.crc32c) == (1, 2, 1 << 40, 96, 1 << 31)
    assert [one.size for one in ours.shape.dimensions] == [8, 3]
    assert [(one.start, one.length) for one in ours.slices[0].extents] == [(4, 2)]


def test_header_is_what_tensorflow_writes() -> None:
    theirs = tensor_bundle_pb2.BundleHeaderProto(num_shards=3, endianness="BIG")
    theirs.version.min_consumer = 1

    ours = BundleHeader.FromString(theirs.SerializeToString())

    assert (ours.num_shards, ours.endianness, ours.version.min_consumer) == (3, 1, 1)


def test_object_graph_is_what_tensorflow_writes() -> None:
    theirs = trackable_object_graph_pb2.TrackableObjectGraph()
    theirs.nodes.add().attributes.add(name="VARIABLE_VALUE", full_name="words/é", checkpoint_key="w/.ATTRIBUTES/V")

    ours = ObjectGraph.FromString(theirs.SerializeToString())

    (attribute,) = ours.nodes[0].attributes
    assert attribute.full_name.decode() == "words/é"
    assert attribute.checkpoint_key == b"w/.ATTRIBUTES/V"
