"""Finds the checkpoints of a directory: by their files, or from TensorFlow's text file `checkpoint`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError
from tb_projector_plugin.sources.checkpoint.index import SHARD_NAME, ends_as_table
from tb_projector_plugin.stamped_file import Contains, Stamp, read_whole

#: Pattern of a shard that TensorFlow is still saving in `<prefix>_temp/`: it is moved into place once complete, and
#: left there by a save that was killed.
_BEING_SAVED = re.compile(r"part-\d{5}-of-\d{5}")
_STEP = re.compile(rf"-(\d{{1,{limits.STEP_DIGITS}}})$")
_FIELD = re.compile(r"""\s*(?P<name>\w+)\s*:\s*(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"'#]+)\s*(?:#.*)?""")
_PATH_FIELDS = ("model_checkpoint_path", "all_model_checkpoint_paths")


@dataclass(frozen=True)
class FoundCheckpoint:
    """`prefix` is a path without `.index`; `step` the number after its last `-`, `None` when there is none."""

    prefix: str
    step: int | None


@dataclass(frozen=True)
class CheckpointState:
    """The file `checkpoint`: absolute prefixes, the newest one, and all of them in the order of the file."""

    model_checkpoint_path: str
    all_model_checkpoint_paths: tuple[str, ...]


def step_of(prefix: str) -> int | None:
    """100 for `model.ckpt-100`, None for `cp.ckpt`."""
    match = _STEP.search(os.path.basename(prefix))
    return int(match[1]) if match else None


def find_checkpoints(directory: str, contains: Contains | None = None) -> list[FoundCheckpoint]:
    """The checkpoints of a directory by rising step, those without a number first; V1 ones too, to report them.

    Reads file names, and the last bytes of files that may be something else, but of none that `contains` rejects. A
    missing directory holds none.
    """
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError:
        return []
    names = {entry.name for entry in entries if _is_file(entry, contains)}
    shards = {match["prefix"] for name in names if (match := SHARD_NAME.fullmatch(name))}
    prefixes = {name.removesuffix(".index") for name in names if _is_index(directory, name, shards)}
    old = {name for name in names if _is_v1(directory, name, names) and name not in prefixes}
    # The reader refuses such an index by name; the link shows that there is one.
    prefixes |= {entry.name.removesuffix(".index") for entry in entries if _is_index_link(entry, contains)}
    if os.path.basename(directory).endswith("_temp"):
        prefixes = {name for name in prefixes if _BEING_SAVED.fullmatch(name) is None}
    found = [FoundCheckpoint(os.path.join(directory, name), step_of(name)) for name in prefixes | old]
    return sorted(found, key=lambda each: (-1 if each.step is None else each.step, each.prefix))


def _is_file(entry: os.DirEntry[str], contains: Contains | None) -> bool:
    try:
        return not _leads_out(entry, contains) and entry.is_file()
    except OSError:
        return False


def _is_index_link(entry: os.DirEntry[str], contains: Contains | None) -> bool:
    return entry.name.endswith(".index") and _leads_out(entry, contains)


def _leads_out(entry: os.DirEntry[str], contains: Contains | None) -> bool:
    return contains is not None and entry.is_symlink() and not contains(entry.path)


def _is_index(directory: str, name: str, shards: set[str]) -> bool:
    """Other tools write `.index` files too: a checkpoint's ends like a table or has data beside it."""
    if not name.endswith(".index"):
        return False
    return name.removesuffix(".index") in shards or ends_as_table(os.path.join(directory, name))


def _is_v1(directory: str, name: str, names: set[str]) -> bool:
    """A V1 checkpoint is a single table file that has its graph beside it or a checkpoint's name."""
    named_as_one = f"{name}.meta" in names or re.search(r"\.ckpt(-\d+)?(-\d{5}-of-\d{5})?$", name) is not None
    return named_as_one and ends_as_table(os.path.join(directory, name))


def read_checkpoint_state(path: str, display: str | None = None, stamp: Stamp | None = None) -> CheckpointState:
    """The text file `checkpoint`; relative paths in it are relative to its directory.

    Raises NotFoundError if it is missing, StaleError if it does not have `stamp`, DataError with the line that does not
    parse.
    """
    display = display or os.path.basename(path)
    values: dict[str, list[str]] = {name: [] for name in _PATH_FIELDS}
    for number, line in enumerate(_read_lines(path, display, stamp), start=1):
        name, value = _parse_field(line, display, number)
        if name in values:
            values[name].append(os.path.join(os.path.dirname(path), _unquote(value, display, number)))
    if not values[_PATH_FIELDS[0]]:
        raise DataError(f"{display} names no model_checkpoint_path.", _fix_for(display), file=display)
    return CheckpointState(values[_PATH_FIELDS[0]][-1], tuple(values[_PATH_FIELDS[1]]))


def _read_lines(path: str, display: str, stamp: Stamp | None) -> list[str]:
    fix = _fix_for(display)
    text = read_whole(path, stamp, display, limits.CONFIG_BYTES, fix=fix, limit_fix=fix).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").split("\n")


def _parse_field(line: str, display: str, number: int) -> tuple[str, str]:
    if not line.strip() or line.lstrip().startswith("#"):
        return "", ""
    match = _FIELD.fullmatch(line)
    if match is None:
        raise _bad_line(line, display, number)
    return match["name"], match["value"]


def _unquote(value: str, display: str, number: int) -> str:
    """Protocol buffers write bytes outside ASCII as octal escapes."""
    from google.protobuf import text_encoding

    if value[0] not in "\"'":
        raise _bad_line(value, display, number)
    try:
        return bytes(text_encoding.CUnescape(value[1:-1])).decode("utf-8")
    except (ValueError, UnicodeError) as error:
        raise _bad_line(value, display, number) from error


def _bad_line(received: str, display: str, number: int) -> DataError:
    return DataError(
        f'{display}, line {number}: received {received.strip()[:80]!r}, expected `model_checkpoint_path: "…"`.',
        _fix_for(display),
        file=display,
        line=number,
    )


def _fix_for(display: str) -> str:
    return f"Correct {display}, or delete it: checkpoints are found without it."
