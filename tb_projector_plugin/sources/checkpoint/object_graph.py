"""The names of variables in the program, from the object graph in a TF2 checkpoint.

Keys of an object checkpoint are the shortest paths through Python attributes: the weight of a Keras layer may be
`optimizer/_trainable_variables/0`. The graph (trackable_object_graph.proto) also stores the variable's own name,
`sequential/word_embedding/embeddings`. If the graph does not parse, only these names are lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from typing import Final

from google.protobuf.message import DecodeError

from tb_projector_plugin import limits
from tb_projector_plugin.errors import StaleError
from tb_projector_plugin.protos.checkpoint_pb2 import ObjectGraph
from tb_projector_plugin.sources.checkpoint.index import CheckpointIndex
from tb_projector_plugin.sources.checkpoint.varint import VarintError, parse_varint
from tb_projector_plugin.sources.positional_file import PositionalFile
from tb_projector_plugin.stamped_file import size_of

GRAPH_KEY: Final = "_CHECKPOINTABLE_OBJECT_GRAPH"
#: Bytes of the checksum of a string tensor's lengths, which precede it; the strings follow it (tensor_bundle.cc).
_LENGTHS_CRC_BYTES: Final = 4


def read_variable_names(checkpoint: CheckpointIndex) -> Mapping[str, str]:
    """Names by key, without those shared by several variables, which would be ambiguous."""
    try:
        names = _parse_variable_names(_read_graph(checkpoint), checkpoint.tensors)
    except (OSError, StaleError, DecodeError, VarintError):
        return {}
    count = Counter(names.values())
    return {key: name for key, name in names.items() if count[name] == 1 and name not in checkpoint.tensors}


def _read_graph(checkpoint: CheckpointIndex) -> bytes:
    entry = checkpoint.tensors.get(GRAPH_KEY)
    if entry is None:
        return b""
    place = entry.proto
    stamp = checkpoint.stamps.stamps[1 + place.shard_id] if 0 <= place.shard_id < checkpoint.num_shards else None
    if stamp is None or not 0 <= place.size <= min(size_of(stamp), limits.CHECKPOINT_GRAPH_BYTES) or place.offset < 0:
        return b""
    stored = bytearray(place.size)
    with PositionalFile(checkpoint.shard_path(place.shard_id), stamp, checkpoint.display) as file:
        file.read_into(place.offset, memoryview(stored))
    length, start = parse_varint(bytes(stored[:10]), 0)
    return bytes(stored[start + _LENGTHS_CRC_BYTES :][:length])


def _parse_variable_names(graph: bytes, keys: Container[str]) -> dict[str, str]:
    """Names of the tensors that are there; a graph may have others without end."""
    return {
        key: attribute.full_name.decode("utf-8", "replace")
        for node in ObjectGraph.FromString(graph).nodes
        for attribute in node.attributes
        if attribute.full_name and (key := attribute.checkpoint_key.decode("utf-8", "replace")) in keys
    }
