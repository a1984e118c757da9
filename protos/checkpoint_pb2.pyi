from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BundleHeader(_message.Message):
    __slots__ = ("num_shards", "endianness", "version")
    class Version(_message.Message):
        __slots__ = ("min_consumer",)
        MIN_CONSUMER_FIELD_NUMBER: _ClassVar[int]
        min_consumer: int
        def __init__(self, min_consumer: _Optional[int] = ...) -> None: ...
    NUM_SHARDS_FIELD_NUMBER: _ClassVar[int]
    ENDIANNESS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    num_shards: int
    endianness: int
    version: BundleHeader.Version
    def __init__(self, num_shards: _Optional[int] = ..., endianness: _Optional[int] = ..., version: _Optional[_Union[BundleHeader.Version, _Mapping]] = ...) -> None: ...

class BundleEntry(_message.Message):
    __slots__ = ("dtype", "shape", "shard_id", "offset", "size", "crc32c", "slices")
    class Shape(_message.Message):
        __slots__ = ("dimensions", "unknown_rank")
        class Dimension(_message.Message):
            __slots__ = ("size",)
            SIZE_FIELD_NUMBER: _ClassVar[int]
            size: int
            def __init__(self, size: _Optional[int] = ...) -> None: ...
        DIMENSIONS_FIELD_NUMBER: _ClassVar[int]
        UNKNOWN_RANK_FIELD_NUMBER: _ClassVar[int]
        dimensions: _containers.RepeatedCompositeFieldContainer[BundleEntry.Shape.Dimension]
        unknown_rank: bool
        def __init__(self, dimensions: _Optional[_Iterable[_Union[BundleEntry.Shape.Dimension, _Mapping]]] = ..., unknown_rank: bool = ...) -> None: ...
    class Slice(_message.Message):
        __slots__ = ("extents",)
        class Extent(_message.Message):
            __slots__ = ("start", "length")
            START_FIELD_NUMBER: _ClassVar[int]
            LENGTH_FIELD_NUMBER: _ClassVar[int]
            start: int
            length: int
            def __init__(self, start: _Optional[int] = ..., length: _Optional[int] = ...) -> None: ...
        EXTENTS_FIELD_NUMBER: _ClassVar[int]
        extents: _containers.RepeatedCompositeFieldContainer[BundleEntry.Slice.Extent]
        def __init__(self, extents: _Optional[_Iterable[_Union[BundleEntry.Slice.Extent, _Mapping]]] = ...) -> None: ...
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    SHARD_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    CRC32C_FIELD_NUMBER: _ClassVar[int]
    SLICES_FIELD_NUMBER: _ClassVar[int]
    dtype: int
    shape: BundleEntry.Shape
    shard_id: int
    offset: int
    size: int
    crc32c: int
    slices: _containers.RepeatedCompositeFieldContainer[BundleEntry.Slice]
    def __init__(self, dtype: _Optional[int] = ..., shape: _Optional[_Union[BundleEntry.Shape, _Mapping]] = ..., shard_id: _Optional[int] = ..., offset: _Optional[int] = ..., size: _Optional[int] = ..., crc32c: _Optional[int] = ..., slices: _Optional[_Iterable[_Union[BundleEntry.Slice, _Mapping]]] = ...) -> None: ...

class ObjectGraph(_message.Message):
    __slots__ = ("nodes",)
    class Node(_message.Message):
        __slots__ = ("attributes",)
        class Attribute(_message.Message):
            __slots__ = ("full_name", "checkpoint_key")
            FULL_NAME_FIELD_NUMBER: _ClassVar[int]
            CHECKPOINT_KEY_FIELD_NUMBER: _ClassVar[int]
            full_name: bytes
            checkpoint_key: bytes
            def __init__(self, full_name: _Optional[bytes] = ..., checkpoint_key: _Optional[bytes] = ...) -> None: ...
        ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
        attributes: _containers.RepeatedCompositeFieldContainer[ObjectGraph.Node.Attribute]
        def __init__(self, attributes: _Optional[_Iterable[_Union[ObjectGraph.Node.Attribute, _Mapping]]] = ...) -> None: ...
    NODES_FIELD_NUMBER: _ClassVar[int]
    nodes: _containers.RepeatedCompositeFieldContainer[ObjectGraph.Node]
    def __init__(self, nodes: _Optional[_Iterable[_Union[ObjectGraph.Node, _Mapping]]] = ...) -> None: ...
