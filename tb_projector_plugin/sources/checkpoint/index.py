"""The `.index` file of a TensorFlow checkpoint: every tensor and its location in the data shards.

Refuses, each with its own message: V1 checkpoints, big-endian ones, newer formats.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from google.protobuf.message import DecodeError

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DamagedError, DataError, LimitError, NotFoundError, StaleError
from tb_projector_plugin.protos.checkpoint_pb2 import BundleEntry, BundleHeader
from tb_projector_plugin.sources.checkpoint import table
from tb_projector_plugin.sources.element_types import name_of_tensorflow_type
from tb_projector_plugin.stamped_file import (
    Contains,
    FileStamps,
    Stamp,
    changed_while_read,
    open_regular,
    read_stamps,
    read_whole,
    stale_if_young,
)

_HEADER_KEY = b""
#: The version of the format that is supported (kTensorBundleVersion in TensorFlow is 1).
_BUNDLE_VERSION = 1
_BIG_ENDIAN = 1
#: Maximum number of shards: TensorFlow numbers them with five digits.
_MAX_SHARDS = 99_999
_LIMIT_FIX = "Save the embeddings in a checkpoint of their own."
SAVE_AGAIN = "Save the checkpoint again, or restore it from a copy."


@dataclass(frozen=True)
class TensorEntry:
    """One tensor of a checkpoint. `shape` is `None` if its rank is not in the index."""

    key: str
    dtype: str
    shape: tuple[int, ...] | None
    proto: BundleEntry


class CheckpointIndex:
    """The parsed `.index` of the checkpoint `prefix` (a path without `.index`); `display` is the prefix for display.

    Files that `contains` rejects are treated as missing. Raises NotFoundError without an index, DataError for a damaged
    or unreadable one, LimitError for one that is too large, StaleError while it is being written. One instance belongs
    to one version of the files. `memory_bytes`: of its entries, at most.
    """

    def __init__(self, prefix: str, display: str, contains: Contains | None = None) -> None:
        self.prefix = prefix
        self.display = display
        self._contains = contains
        self.verified: set[str] = set()
        try:
            self._read()
        except StaleError:
            self._read()

    def version(self) -> str:
        """The version of the index and all shards as they are now."""
        return read_stamps(self.files, self._contains).version()

    def files_of(self, key: str) -> tuple[str, ...]:
        """The index and the shards that may hold the tensor; all of them for a partitioned one."""
        entry = self.tensors.get(key)
        if entry is None or entry.proto.slices or not 0 <= entry.proto.shard_id < self.num_shards:
            return self.files
        return self.part((entry.proto.shard_id,))[0]

    def part(self, shards: tuple[int, ...]) -> tuple[tuple[str, ...], FileStamps]:
        """The index and these shards, and their stamps: the same objects for every tensor in them."""
        part = self._parts.get(shards)
        if part is None:
            places = (0, *(1 + shard for shard in shards))
            stamps = FileStamps(tuple(self.stamps.stamps[place] for place in places))
            part = self._parts[shards] = tuple(self.files[place] for place in places), stamps
        return part

    def shard_path(self, shard: int) -> str:
        return self.files[1 + shard]

    def shard_display(self, shard: int) -> str:
        return self._displays[shard]

    @property
    def index_display(self) -> str:
        return f"{self.display}.index"

    def entry_of_slice(self, slice_key: bytes) -> BundleEntry | None:
        """The entry of one slice of a partitioned variable (`ordered_code.encode_slice_key`)."""
        return self._slices.get(slice_key)

    def _read(self) -> None:
        index_path = f"{self.prefix}.index"
        before = read_stamps([index_path], self._contains)
        expected = before.stamps[0] if self._contains is None else before.first
        content = _read_index(self.prefix, self.display, expected)
        try:
            header, tensors, slices, self.memory_bytes = _parse_index(content, self.index_display)
        except DamagedError as error:
            raise stale_if_young(error, before, self.index_display) from error
        _check_shards(self.prefix, header.num_shards, self.index_display)
        self.num_shards = header.num_shards
        suffixes = [f".data-{shard:05d}-of-{self.num_shards:05d}" for shard in range(self.num_shards)]
        self.files: tuple[str, ...] = (index_path, *(self.prefix + suffix for suffix in suffixes))
        self._displays = [self.display + suffix for suffix in suffixes]
        self._parts: dict[tuple[int, ...], tuple[tuple[str, ...], FileStamps]] = {}
        self.stamps = read_stamps(self.files, self._contains)
        if self.stamps.stamps[:1] != before.stamps:
            raise changed_while_read(self.index_display)
        self.tensors: Mapping[str, TensorEntry] = tensors
        self._slices = slices


def damaged(checkpoint: CheckpointIndex, reason: str) -> DamagedError:
    """An entry of the index that contradicts the others or the data."""
    return DamagedError(f"{checkpoint.index_display} is damaged: {reason}.", SAVE_AGAIN, file=checkpoint.index_display)


def _check_shards(prefix: str, declared: int, file: str) -> None:
    """Bounds the missing shards: a five-digit count in the index makes as many paths, all checked in each scan."""
    if declared <= limits.CHECKPOINT_SHARDS_MISSING:
        return
    directory, name = os.path.split(prefix)
    present = sum(entry.name.startswith(f"{name}.data-") for entry in os.scandir(directory or "."))
    if declared > present + limits.CHECKPOINT_SHARDS_MISSING:
        raise DataError(
            f"{file} says that the checkpoint has {declared:,} data files; {present:,} are there.",
            "Copy the missing files into the run's directory, or save the checkpoint again.",
            file=file,
        )


def _read_index(prefix: str, display: str, stamp: Stamp | None) -> bytes:
    try:
        return read_whole(
            f"{prefix}.index",
            stamp,
            f"{display}.index",
            limits.CHECKPOINT_INDEX_BYTES,
            fix="Correct model_checkpoint_path, save the checkpoint again, or let TensorBoard's user read its files.",
            limit_fix=_LIMIT_FIX,
        )
    except NotFoundError as error:
        if ends_as_table(prefix):  # Format V1: a single table file.
            raise _v1_error(display) from error
        raise


def ends_as_table(path: str) -> bool:
    """Whether the last bytes of a regular file are those of a table. Reads nothing else."""
    try:
        with open_regular(path) as file:
            file.seek(-len(table.MAGIC), os.SEEK_END)
            return file.read(len(table.MAGIC)) == table.MAGIC
    except (OSError, ValueError):  # ValueError: a NUL in the path.
        return False


def _v1_error(display: str) -> DataError:
    return DataError(
        f"{display} is a checkpoint of the old format V1; V2 (an .index file beside data files) is expected.",
        "Load it in TensorFlow and save it again with tf.compat.v1.train.Saver(write_version=2).",
        file=display,
    )


def _too_large(reason: str, file: str) -> LimitError:
    return LimitError(
        f"{file} is larger than a checkpoint's index may be: {reason}.",
        _LIMIT_FIX,
        file=file,
    )


#: With the bytes of all entries in memory.
_Parsed = tuple[BundleHeader, dict[str, TensorEntry], dict[bytes, BundleEntry], int]


def _parse_index(data: bytes, file: str) -> _Parsed:
    try:
        return _parse_entries(data, file)
    except table.TableTooLargeError as error:
        raise _too_large(str(error), file) from error
    except (table.TableError, DecodeError) as error:
        raise DamagedError(f"{file} is damaged: {error}.", SAVE_AGAIN, file=file) from error


def _parse_entries(data: bytes, file: str) -> _Parsed:
    entries = table.parse_table(data)
    key, value = next(entries, (None, b""))
    if key != _HEADER_KEY:
        raise table.TableError("its header entry is missing")
    header = _checked_header(BundleHeader.FromString(value), file)
    tensors: dict[str, TensorEntry] = {}
    slices: dict[bytes, BundleEntry] = {}
    memory_bytes = 0
    for raw_key, value in entries:
        memory_bytes += table.entry_memory(len(raw_key), len(value))
        entry = BundleEntry.FromString(value)
        if raw_key.startswith(b"\x00"):
            slices[raw_key] = entry
        else:
            name = raw_key.decode("utf-8", "backslashreplace")
            tensors[name] = TensorEntry(name, name_of_tensorflow_type(entry.dtype), _shape_of(entry), entry)
    return header, tensors, slices, memory_bytes


def _shape_of(entry: BundleEntry) -> tuple[int, ...] | None:
    return None if entry.shape.unknown_rank else tuple(dimension.size for dimension in entry.shape.dimensions)


def _checked_header(header: BundleHeader, file: str) -> BundleHeader:
    if header.endianness == _BIG_ENDIAN:
        raise DataError(
            f"{file} was written on a big-endian machine; little-endian is expected.",
            "Restore and save it on a little-endian machine (x86, ARM).",
            file=file,
        )
    if header.version.min_consumer > _BUNDLE_VERSION:
        raise DataError(
            f"{file} needs a reader of version {header.version.min_consumer}; this one reads {_BUNDLE_VERSION}.",
            "Update tb-projector-plugin, or save with an earlier TensorFlow.",
            file=file,
        )
    if not 1 <= header.num_shards <= _MAX_SHARDS:
        raise table.TableError(f"it says it has {header.num_shards} shards")
    return header


#: `model.ckpt-100.data-00000-of-00002`: the prefix of a shard.
SHARD_NAME = re.compile(r"(?P<prefix>.+)\.data-\d{5}-of-\d{5}")
