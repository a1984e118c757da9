"""Opens the files named by a run: only regular ones, only in allowed directories, each identified by a stamp.

A stamp identifies one version of a file. The catalog takes it when it knows that the file may be read; an open file
with the same stamp is that file, whatever links have changed since. Opening never blocks: a pipe or a device in place
of a file is an error.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from typing import Final

from tb_projector_plugin.errors import (
    DamagedError,
    DataError,
    LimitError,
    NotFoundError,
    ProjectorError,
    StaleError,
    could_not_read,
)

#: Device, inode, size in bytes and modification time in nanoseconds.
Stamp = tuple[int, int, int, int]
#: Whether a path, with links resolved, may be read.
Contains = Callable[[str], bool]

#: The stamp of a missing file.
MISSING: Final[Stamp] = (-1, -1, -1, -1)

#: Age below which a file may be written again within one tick of its clock, or be incomplete.
SETTLED_NS = 2_000_000_000

_READ_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY", "O_NOINHERIT")
)

#: Whether Linux's O_PATH and /proc are there: they show where an open descriptor is, and lead to it.
_NAMES_DESCRIPTORS = hasattr(os, "O_PATH") and os.path.isdir("/proc/self/fd")


@dataclass(frozen=True)
class FileStamps:
    """The stamps of several files at one moment; `None` for a missing one."""

    stamps: tuple[Stamp | None, ...]

    def version(self, *settings: object) -> str:
        """16 hexadecimal digits that change when any of the files does, or a setting by which they are read."""
        content = (self.stamps, *settings) if settings else self.stamps
        return hashlib.blake2b(repr(content).encode(), digest_size=8).hexdigest()

    @property
    def first(self) -> Stamp:
        """The stamp of the first file, MISSING if there is none: opening then raises even if the file has appeared."""
        return self.stamps[0] or MISSING

    def pinned(self) -> FileStamps:
        """The same with MISSING for missing files: opening them raises even if they have appeared."""
        return FileStamps(tuple(stamp or MISSING for stamp in self.stamps))

    def is_young(self) -> bool:
        """Whether any of the files was written a moment ago: an error in it may be gone a moment later."""
        now_ns = time.time_ns()
        return any(stamp is not None and abs(now_ns - written_ns(stamp)) < SETTLED_NS for stamp in self.stamps)


def version_of(stamp: Stamp, *settings: object) -> str:
    """The version of one file."""
    return FileStamps((stamp,)).version(*settings)


def size_of(stamp: Stamp) -> int:
    return stamp[2]


def written_ns(stamp: Stamp) -> int:
    return stamp[3]


def read_stamp(path: str, contains: Contains | None = None) -> Stamp | None:
    """The stamp of a regular file; `None` if there is none, or if `contains` rejects it."""
    try:
        status = os.stat(path) if contains is None else _stat_contained(path, contains)
    except (OSError, ValueError):  # ValueError: a NUL in the path.
        return None
    return _stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def read_stamps(paths: Iterable[str], contains: Contains | None = None) -> FileStamps:
    return FileStamps(tuple(read_stamp(path, contains) for path in paths))


def open_regular(path: str) -> FileIO:
    """A regular file, unbuffered. Raises OSError, also for anything but a regular file, which is never opened."""
    _check_regular(os.stat(path).st_mode, path)
    descriptor = os.open(path, _READ_FLAGS)
    try:
        _check_regular(os.fstat(descriptor).st_mode, path)
        return FileIO(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def open_stamped(path: str, stamp: Stamp | None, display: str) -> FileIO:
    """The file with `stamp` (None: any). Raises StaleError for another file, and OSError."""
    if stamp == MISSING:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    try:
        file = open_regular(path)
    except FileNotFoundError as error:
        if stamp is None:
            raise
        raise changed_while_read(display) from error
    try:
        check_stamp(file, stamp, display)
    except StaleError:
        file.close()
        raise
    return file


def check_stamp(file: FileIO, stamp: Stamp | None, display: str) -> None:
    """Raises StaleError if the open `file` does not have `stamp`, or was written since."""
    if stamp is not None and _stamp_of(os.fstat(file.fileno())) != stamp:
        raise changed_while_read(display)


@contextmanager
def reading(path: str, stamp: Stamp | None, display: str) -> Iterator[tuple[FileIO, Stamp]]:
    """The open file and its stamp; StaleError if it does not match `stamp` or is written meanwhile."""
    with open_stamped(path, stamp, display) as file:
        opened = _stamp_of(os.fstat(file.fileno()))
        try:
            yield file, opened
        except ProjectorError:
            check_stamp(file, opened, display)
            raise
        check_stamp(file, opened, display)


def read_whole(path: str, stamp: Stamp | None, display: str, at_most: int, *, fix: str, limit_fix: str) -> bytes:
    """All bytes of a file. `fix` is that for an unreadable file, `limit_fix` for one over `at_most` bytes.

    Raises NotFoundError, DataError, LimitError, and StaleError as `reading` does.
    """
    try:
        with reading(path, stamp, display) as (file, opened):
            check_size(size_of(opened), at_most, display, limit_fix)
            return file.read(size_of(opened))  # Not `at_most`: Python allocates the requested size.
    except FileNotFoundError as error:
        raise NotFoundError(f"{display} is not there.", fix, file=display) from error
    except OSError as error:
        raise DataError(could_not_read(display, error), fix, file=display) from error


def check_size(size: int, at_most: int, display: str, fix: str) -> None:
    """Raises LimitError for a file of too many bytes."""
    if size > at_most:
        raise LimitError(f"{display} has {size} bytes; at most {at_most} are read.", fix, file=display)


def stale_if_young(error: DamagedError, stamps: FileStamps, display: str) -> ProjectorError:
    """Damage in files written a moment ago means that they are still being written."""
    if not stamps.is_young():
        return error
    return StaleError(
        f"{display} is being written: {error.message}", "Ask again in a moment.", file=error.file or display
    )


def _stamp_of(status: os.stat_result) -> Stamp:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _stat_contained(path: str, contains: Contains) -> os.stat_result:
    """Stats the very file that is checked, even if links on its path change. O_PATH opens it without reading.

    Raises PermissionError if `contains` rejects it.
    """
    if not _NAMES_DESCRIPTORS:
        return os.stat(_resolve_contained(path, contains), follow_symlinks=False)
    with _opened_contained(path, contains, os.O_PATH | os.O_CLOEXEC) as descriptor:
        return os.fstat(descriptor)


@contextmanager
def pinned_directory(path: str, contains: Contains) -> Iterator[str]:
    """A path to this very directory while the block runs, even if links on `path` change meanwhile.

    Raises PermissionError if `contains` rejects the directory, NotADirectoryError, and other OSError.
    """
    if not _NAMES_DESCRIPTORS:
        yield _resolve_contained(path, contains)
        return
    with _opened_contained(path, contains, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC) as descriptor:
        yield _name_of(descriptor)


@contextmanager
def _opened_contained(path: str, contains: Contains, flags: int) -> Iterator[int]:
    """The descriptor of what was opened, of which `contains` has accepted where it is."""
    descriptor = os.open(path, flags)
    try:
        _check_contained(os.readlink(_name_of(descriptor)), contains)
        yield descriptor
    finally:
        os.close(descriptor)


def _resolve_contained(path: str, contains: Contains) -> str:
    real = os.path.realpath(path)
    _check_contained(real, contains)
    return real


def _name_of(descriptor: int) -> str:
    return f"/proc/self/fd/{descriptor}"


def _check_contained(real: str, contains: Contains) -> None:
    if not contains(real):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), real)


def _check_regular(mode: int, path: str) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "Not a regular file", path)


def changed_while_read(display: str) -> StaleError:
    return StaleError(f"{display} changed while it was read.", "Reload: the run rewrote it.", file=display)
