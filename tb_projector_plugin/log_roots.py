"""Converts TensorBoard's flags to a `PathPolicy`: the log directories, and where else files may be read."""

from __future__ import annotations

import os
import re
from typing import Any

from tb_projector_plugin.paths import LogRoot, PathPolicy

_URL = re.compile(r"[a-zA-Z][0-9a-zA-Z.]*://")


def make_path_policy(flags: Any, logdir: str | None) -> PathPolicy:
    """From `--logdir`, or `--logdir_spec` if that is empty, and `--embeddings_allow_paths`."""
    allowed = split_list(getattr(flags, "embeddings_allow_paths", None))
    logdir = logdir or getattr(flags, "logdir", None)
    spec = getattr(flags, "logdir_spec", None)
    given = [logdir] if logdir else [path for _, path in map(_split_entry, split_list(spec))]
    return PathPolicy(
        roots=(LogRoot(path=_absolute(logdir), name=""),) if logdir else parse_logdir_spec(spec),
        allow_outside=tuple(map(_absolute, allowed)),
        as_given=tuple(
            os.path.abspath(os.path.expanduser(path)) for path in (*given, *allowed) if not _URL.match(path)
        ),
    )


def parse_logdir_spec(spec: str | None) -> tuple[LogRoot, ...]:
    """Parses `name:path,path,…` as TensorBoard does: a path that begins with `/`, a drive or a scheme has no name.

    If two entries have the same path, the later name is used.
    """
    names: dict[str, str] = {}
    for entry in split_list(spec):
        name, path = _split_entry(entry)
        names[_absolute(path)] = name
    return tuple(LogRoot(path=path, name=name) for path, name in names.items())


def split_list(text: str | None) -> tuple[str, ...]:
    """The non-empty items of a comma-separated list."""
    return tuple(item.strip() for item in (text or "").split(",") if item.strip())


def _split_entry(entry: str) -> tuple[str, str]:
    unnamed = _URL.match(entry) or ":" not in entry or entry.startswith("/") or os.path.splitdrive(entry)[0]
    if unnamed:
        return "", entry
    name, _, path = entry.partition(":")
    return name, path


def _absolute(path: str) -> str:
    return path if _URL.match(path) else os.path.realpath(os.path.expanduser(path))
