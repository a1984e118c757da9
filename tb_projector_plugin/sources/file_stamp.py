"""What tells one version of a set of files from another: size, inode and modification time of each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class FileStamps:
    """The stamps of several files at one moment; `None` for one that is not there."""

    stamps: tuple[Stamp | None, ...]

    def version(self) -> str:
        """Sixteen hexadecimal digits that change when any of the files does."""
        return hashlib.blake2b(repr(self.stamps).encode(), digest_size=8).hexdigest()


def read_stamp(path: str) -> Stamp | None:
    """`(size, inode, mtime_ns)` of a file, or `None` when it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_ino, status.st_mtime_ns


def read_stamps(paths: Iterable[str]) -> FileStamps:
    return FileStamps(tuple(read_stamp(path) for path in paths))
