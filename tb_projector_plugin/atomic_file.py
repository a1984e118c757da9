"""Writes files atomically: under a temporary name in the same directory, then renamed."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from tb_projector_plugin import limits


@contextmanager
def open_atomically(path: str) -> Iterator[IO[bytes]]:
    """A binary file that replaces `path` when the block ends, and leaves no trace if the block raises.

    Missing directories are made. The data is synced to disk before the rename: after a crash, the old or the new file
    is there. Temporary files for this path that are more than a day old are removed.
    """
    directory, name = os.path.split(os.path.abspath(path))
    os.makedirs(directory, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=directory)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        os.chmod(temporary, _mode_for(path))
        os.replace(temporary, path)
        _remove_abandoned(directory, name)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _remove_abandoned(directory: str, name: str) -> None:
    """Removes temporary files for this name that were not written to for a day."""
    ours = re.compile(rf"\.{re.escape(name)}\.\w{{8}}\.tmp")
    with suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            with suppress(OSError):
                if ours.fullmatch(entry.name) and _age_s(entry) > limits.UNFINISHED_S:
                    os.unlink(entry.path)


def _age_s(entry: os.DirEntry[str]) -> float:
    return time.time() - entry.stat(follow_symlinks=False).st_mtime


def _mode_for(path: str) -> int:
    """Mode of the file replaced, else what `open` would set: files from `mkstemp` are readable by their owner only."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    """The process's umask; on Linux read without setting it, because another thread may be making a file."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            return next(int(line.split()[1], 8) for line in status if line.startswith("Umask:"))
    except (OSError, StopIteration):
        mask = os.umask(0o022)
        os.umask(mask)
        return mask
