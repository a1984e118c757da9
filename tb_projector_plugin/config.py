"""projector_config.pbtxt: read with unknown fields allowed, merged, and written for the built-in projector too.

The only importer of `protos.projector_config_pb2`. The built-in projector rejects a file with an unknown field, so no
field is ever added to one; those added by other tools are skipped and reported.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tb_projector_plugin import limits
from tb_projector_plugin.atomic_file import open_atomically
from tb_projector_plugin.config_strings import TypedString, keep_invalid_as_typed, typed_strings
from tb_projector_plugin.deadline import check_time
from tb_projector_plugin.errors import DataError, LimitError, shorten
from tb_projector_plugin.protos.projector_config_pb2 import EmbeddingInfo, ProjectorConfig, SpriteMetadata
from tb_projector_plugin.stamped_file import Stamp, read_whole
from tb_projector_plugin.write_lock import open_write_lock

if TYPE_CHECKING:
    from google.protobuf.text_format import ParseError

__all__ = [
    "ASSETS_DIR",
    "CONFIG_NAME",
    "ConfigMessage",
    "EmbeddingConfig",
    "EmbeddingInfo",
    "ProjectorConfig",
    "RunConfig",
    "SpriteConfig",
    "SpriteMetadata",
    "embedding_key",
    "find_config_files",
    "merge_config",
    "read_config",
    "update_config",
    "write_config",
]

CONFIG_NAME = "projector_config.pbtxt"
#: Path used by TensorBoard's plugin assets; such a directory belongs to the run that contains it.
ASSETS_DIR = os.path.join("plugins", "org_tensorflow_tensorboard_projector")

#: Number of unknown fields that a message names.
_FIELDS_NAMED = 5
_ENTRY = re.compile(r"\bembeddings\s*:?\s*[{<]")


class ConfigMessage(Protocol):
    """A `ProjectorConfig` of this package or of `tensorboard.plugins.projector`."""

    def SerializeToString(self) -> bytes: ...  # noqa: N802


@dataclass(frozen=True)
class SpriteConfig:
    """`single_image_dim` is (width, height) of a thumbnail in pixels, as written; may be empty."""

    image_path: str
    single_image_dim: tuple[int, ...]


@dataclass(frozen=True)
class EmbeddingConfig:
    """One `embeddings { … }`, as written; an empty string means that the field is not set."""

    tensor_name: str = ""
    metadata_path: str = ""
    bookmarks_path: str = ""
    tensor_path: str = ""
    tensor_shape: tuple[int, ...] = ()
    sprite: SpriteConfig | None = None


@dataclass(frozen=True)
class RunConfig:
    """One projector_config.pbtxt. `unknown_fields` are names that no version of the built-in projector knows.

    `typed`: strings with single backslashes, by their value.
    """

    model_checkpoint_path: str = ""
    model_checkpoint_dir: str = ""
    embeddings: tuple[EmbeddingConfig, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    typed: Mapping[str, TypedString] = field(default_factory=dict)

    @property
    def memory_bytes(self) -> int:
        """Of its entries, about."""
        return limits.PARSED_ENTRY_BYTES * len(self.embeddings)


def find_config_files(run_dir: str, has_file: Callable[[str], bool] = os.path.isfile) -> list[str]:
    """The config files of a run: its own, and the one of TensorBoard's plugin assets below it."""
    paths = (os.path.join(run_dir, CONFIG_NAME), os.path.join(run_dir, ASSETS_DIR, CONFIG_NAME))
    return [path for path in paths if has_file(path)]


def read_config(path: str, display: str, stamp: Stamp | None = None) -> RunConfig:
    """Reads a config. Raises DataError with the line that does not parse, LimitError for a file that is too large."""
    text = _read_text(path, display, stamp)
    _check_entries(sum(1 for _ in _ENTRY.finditer(text)), display)  # Those of a list in brackets count when parsed.
    message, unknown = _parse(keep_invalid_as_typed(text), display)
    _check_entries(len(message.embeddings), display)
    embeddings = tuple(_embedding_config(entry) for entry in message.embeddings)
    return RunConfig(
        message.model_checkpoint_path, message.model_checkpoint_dir, embeddings, unknown, typed_strings(text)
    )


def _read_config_message(path: str, display: str) -> ProjectorConfig:
    """The config as a message to modify and write. Raises as `read_config`, and for fields that would be lost."""
    message, unknown = _parse(_read_text(path, display, None), display)
    if unknown:
        raise DataError(
            f"{display} has fields that would be lost by writing it: {', '.join(unknown)}.",
            "Remove these fields, which the built-in projector refuses as well, or pass overwrite=True.",
            file=display,
        )
    return message


def merge_config(old: ProjectorConfig, new: ConfigMessage) -> ProjectorConfig:
    """`old` updated with the fields set in `new`: embeddings are matched by name, and fields empty in `new` are kept.

    Embeddings without a name are matched by their file, and those without either by their order.
    """
    merged, incoming = ProjectorConfig(), _own_message(new)
    merged.CopyFrom(old)
    merged.model_checkpoint_path = incoming.model_checkpoint_path or old.model_checkpoint_path
    merged.model_checkpoint_dir = incoming.model_checkpoint_dir or old.model_checkpoint_dir
    places = {key: place for place, key in enumerate(_merge_keys(merged.embeddings))}
    for key, entry in zip(_merge_keys(incoming.embeddings), incoming.embeddings, strict=True):
        place = places.get(key)
        if place is None:
            places[key] = len(merged.embeddings)
            merged.embeddings.add().CopyFrom(entry)
        else:
            _merge_embedding(merged.embeddings[place], entry)
    return merged


def write_config(path: str, message: ConfigMessage) -> None:
    """Writes a config atomically: readers see the old file or the new one."""
    from google.protobuf import text_format

    text = text_format.MessageToString(_own_message(message), as_utf8=True)
    with open_atomically(path) as file:
        file.write(text.encode("utf-8"))


def update_config(path: str, message: ConfigMessage, *, overwrite: bool = False, remove: Iterable[str] = ()) -> None:
    """Merges `message` into the config at `path`, without the embeddings named in `remove`.

    Serialized across threads and processes, because merging reads before it writes. Raises DataError if the existing
    file is unreadable and `overwrite` is not set, LimitError if another process keeps writing, or if it would have more
    entries than are read. The file is then left unchanged.
    """
    with open_write_lock(path):
        old = ProjectorConfig()
        if not overwrite and os.path.exists(path):
            old = _read_config_message(path, os.path.basename(path))
        merged, gone = merge_config(old, message), set(remove)
        kept = [entry for entry in merged.embeddings if embedding_key(entry) not in gone]
        _check_entries(len(kept), os.path.basename(path))
        del merged.embeddings[:]
        merged.embeddings.extend(kept)
        write_config(path, merged)


def embedding_key(entry: EmbeddingInfo | EmbeddingConfig) -> str:
    """Identifies an entry: the tensor's name without `:0`, else the name of its file."""
    return entry.tensor_name.removesuffix(":0") or os.path.basename(entry.tensor_path)


def _merge_keys(entries: Iterable[EmbeddingInfo]) -> Iterator[tuple[str, str, int]]:
    """Identifies an entry within its config: by name, else by file, else by its position among those with neither."""
    nameless = 0
    for entry in entries:
        if entry.tensor_name or entry.tensor_path:
            yield (embedding_key(entry), "", 0) if entry.tensor_name else ("", entry.tensor_path, 0)
        else:
            nameless += 1
            yield "", "", nameless


def _own_message(message: ConfigMessage) -> ProjectorConfig:
    """The same fields as this package's message: the messages of both packages are equal on the wire."""
    if isinstance(message, ProjectorConfig):
        return message
    return ProjectorConfig.FromString(message.SerializeToString())


def _merge_embedding(old: EmbeddingInfo, new: EmbeddingInfo) -> None:
    if new.tensor_path and new.tensor_path != old.tensor_path:
        old.tensor_shape[:] = ()  # The shape of the previous file.
    for name in ("tensor_name", "metadata_path", "bookmarks_path", "tensor_path"):
        setattr(old, name, getattr(new, name) or getattr(old, name))
    if new.tensor_shape:
        old.tensor_shape[:] = new.tensor_shape
    if new.HasField("sprite"):
        _merge_sprite(old.sprite, new.sprite)


def _merge_sprite(old: SpriteMetadata, new: SpriteMetadata) -> None:
    old.image_path = new.image_path or old.image_path
    if new.single_image_dim:
        old.single_image_dim[:] = new.single_image_dim


def _embedding_config(entry: EmbeddingInfo) -> EmbeddingConfig:
    sprite = None
    if entry.sprite.image_path or entry.sprite.single_image_dim:
        sprite = SpriteConfig(entry.sprite.image_path, tuple(entry.sprite.single_image_dim))
    return EmbeddingConfig(
        entry.tensor_name,
        entry.metadata_path,
        entry.bookmarks_path,
        entry.tensor_path,
        tuple(entry.tensor_shape),
        sprite,
    )


def _read_text(path: str, display: str, stamp: Stamp | None) -> str:
    data = read_whole(
        path,
        stamp,
        display,
        limits.CONFIG_BYTES,
        fix="Check that the file is there and may be read, then reload.",
        limit_fix=f"Write {CONFIG_NAME} again: it holds names and paths only.",
    )
    _check_lines(data, display)
    if b"\0" in data:
        raise DataError(
            f"{display} holds NUL bytes: it is text in UTF-16, or no text; UTF-8 is expected.",
            f"Save {os.path.basename(display)} as UTF-8. In PowerShell, `Set-Content -Encoding utf8` writes it; `>` "
            "may write UTF-16.",
            file=display,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{display}, line {line}: the byte 0x{data[error.start]:02x} is not UTF-8 text.",
            f"Save {os.path.basename(display)} as UTF-8.",
            file=display,
            line=line,
        ) from error


def _check_lines(data: bytes, display: str) -> None:
    for number, line in enumerate(data.split(b"\n"), start=1):
        if len(line) > limits.CONFIG_LINE_BYTES:
            raise LimitError(
                f"{display}, line {number} has {len(line):,} bytes; at most {limits.CONFIG_LINE_BYTES:,} are read.",
                f"Write {CONFIG_NAME} again, each field on a line of its own: it holds names and paths only.",
                file=display,
                line=number,
            )


def _check_entries(count: int, display: str) -> None:
    if count > limits.CONFIG_ENTRIES:
        raise LimitError(
            f"{display} has {count:,} entries; at most {limits.CONFIG_ENTRIES:,} are read.",
            "Keep fewer steps in this run, or divide its entries among several run directories.",
            file=display,
        )


def _parse(text: str, display: str) -> tuple[ProjectorConfig, tuple[str, ...]]:
    from google.protobuf import text_format

    message = ProjectorConfig()
    unknown: tuple[str, ...] = ()
    try:
        text_format.ParseLines(_timed_lines(text), message)  # type: ignore[attr-defined]  # Only the types lack it.
    except (text_format.ParseError, RecursionError) as strict_error:
        message = ProjectorConfig()
        try:
            text_format.ParseLines(  # type: ignore[attr-defined]
                _timed_lines(text), message, allow_unknown_field=True
            )
        except text_format.ParseError as error:
            raise _parse_error(error, display) from strict_error
        except RecursionError:
            raise _too_deep(display) from None  # Its thousand frames add nothing.
        unknown = _unknown_fields(text)
    return message, unknown


def _timed_lines(text: str) -> Iterator[str]:
    """The lines as protobuf's parser takes them, one by one, while there is time."""
    for line in text.split("\n"):
        check_time()
        yield line


def _parse_error(error: ParseError, display: str) -> DataError:
    line = error.GetLine()
    # protobuf's format is "3:7 : 'the line': reason".
    reason = str(error).partition(" : ")[2] or str(error)
    return DataError(
        f"{display}, line {line}: {reason.rstrip('.')}.",
        'Correct the line. An entry is written `embeddings { tensor_name: "embedding" metadata_path: "labels.tsv" }`.',
        file=display,
        line=line,
    )


def _too_deep(display: str) -> DataError:
    return DataError(
        f"{display} has braces nested hundreds deep; a config has two levels: embeddings {{ sprite {{ … }} }}.",
        f"Write {CONFIG_NAME} again, or remove what is nested in it.",
        file=display,
    )


def _unknown_fields(text: str) -> tuple[str, ...]:
    """Names followed by `:`, `{` or `<` that are not fields of any message here, in the order of the file.

    Of many, the first ones, and the number of the others.
    """
    from google.protobuf import text_format

    known = {
        field.name for each in (ProjectorConfig, EmbeddingInfo, SpriteMetadata) for field in each.DESCRIPTOR.fields
    }
    tokenizer = text_format.Tokenizer(_timed_lines(text))
    unknown: dict[str, None] = {}
    previous = ""
    while not tokenizer.AtEnd():
        if tokenizer.token in (":", "{", "<") and previous.isidentifier() and previous not in known:
            unknown[previous] = None
        previous = tokenizer.token
        tokenizer.NextToken()
    more = [f"{len(unknown) - _FIELDS_NAMED:,} more"] if len(unknown) > _FIELDS_NAMED else []
    named = [shorten(name) for name in itertools.islice(unknown, _FIELDS_NAMED)]
    return tuple(named + more) or ("a known field in another field's place",)
