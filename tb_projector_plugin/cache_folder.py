"""Caches slow results on disk: a folder of files named by their inputs, bounded in bytes.

Several processes may share it: files appear atomically, by a rename, and the least recently used are evicted first. A
file ends with the checksum of its content: damaged or truncated files are treated as missing. The folder may be
deleted, replaced or become read-only at any time: the next result recreates it or uses another folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import logging
import os
import shutil
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tb_projector_plugin import limits
from tb_projector_plugin.errors import NoSpaceError, ProjectorError, StaleError

logger = logging.getLogger(__name__)

_FOLDER_VARIABLE = "TB_PROJECTOR_CACHE_DIR"
_SUFFIX = ".arrows"
_TEMPORARY_SUFFIX = ".part"
#: An Arrow IPC stream begins with a continuation marker and ends with one of length 0.
_STREAM_START = b"\xff\xff\xff\xff"
_STREAM_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
#: Trailer after the stream, ignored by its readers: a marker, and the crc32c of the preceding bytes.
_SEAL = struct.Struct("<4sI")
_SEAL_MARK = b"TBPC"
_CHUNK_BYTES = 1 << 20
#: Inode, size in bytes and modification time in nanoseconds; identifies a version of a file.
_Stamp = tuple[int, int, int]
#: Error numbers for an exhausted disk, quota or maximum file size.
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
#: Error numbers for a folder that was deleted, replaced, or is no longer writable.
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True)
class CachedFile:
    """A result on disk. `size` is the size of its content in bytes; the trailer is not included."""

    path: str
    size: int

    def open_content(self) -> OpenedResult | None:
        """Its content, readable to the end even if the file is removed meanwhile; None if it is already gone."""
        try:
            return OpenedResult(open(self.path, "rb"), self.size)
        except OSError:
            return None


class OpenedResult:
    """The content of a result, 1 MiB at a time, to be read once. The owner calls `close`."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self.size = file, size

    def __iter__(self) -> Iterator[bytes]:
        return _read_chunks(self._file, self.size)

    def close(self) -> None:
        self._file.close()


def make_name(*parts: object) -> str:
    """A file name determined by `parts`."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


class CacheFolder:
    """A cache folder, created on first use. Safe across threads and processes."""

    def __init__(self, path: str | None = None, max_bytes: int = limits.CACHE_FOLDER_BYTES) -> None:
        self._wanted = path
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._path: str | None = None
        self._verified: dict[str, _Stamp] = {}

    @property
    def path(self) -> str:
        """The folder; one in the system's temporary folder if the user's cache is not writable."""
        with self._lock:
            if self._path is None:
                self._path = _make_folder(self._wanted or os.environ.get(_FOLDER_VARIABLE) or _user_folder())
            return self._path

    def find(self, name: str) -> CachedFile | None:
        """The intact file of that name; marks it as used now.

        Verification takes 0.2 s per GB, once per version of a file.
        """
        try:
            path = os.path.join(self.path, name + _SUFFIX)
            with open(path, "rb") as file:
                if self._verified.get(path) == _stamp_of(file) or _is_whole(file):
                    self._note_use(path, file)
                    return CachedFile(path, _content_size(file))
        except OSError:  # Missing, replaced by a directory, or the folder is gone: make it (again).
            return None
        logger.warning("A cached result was damaged and is made again.")
        _remove(path)
        return None

    def names(self, prefix: str) -> list[str]:
        """Names of the cached files that begin with `prefix`."""
        try:
            present = os.listdir(self.path)
        except OSError:
            return []
        return [name.removesuffix(_SUFFIX) for name in present if name.startswith(prefix) and name.endswith(_SUFFIX)]

    def make(self, name: str, write: Callable[[str], object]) -> CachedFile:
        """Makes the file of that name from what `write` writes to the path it receives.

        Raises NoSpaceError on a full disk, StaleError if the folder is removed meanwhile.
        """
        temporary = self.make_temporary()
        try:
            write(temporary)
            return self.adopt(temporary, name)
        except OSError as error:
            failure = describe_failure(error)
            if failure is None or (isinstance(failure, StaleError) and _is_usable(temporary)):
                raise  # Not caused by the cached file.
            raise failure from error
        finally:
            discard(temporary)

    def make_temporary(self) -> str:
        """The path of a new empty file, to be written and adopted, or discarded. Raises NoSpaceError on a full disk."""
        try:
            folder = self.path
            try:
                return _make_file(folder)
            except OSError as error:
                if error.errno in _FULL:
                    raise
                self._forget(folder)
                return _make_file(self.path)
        except OSError as error:
            raise describe_failure(error) or error from error

    def adopt(self, temporary: str, name: str) -> CachedFile:
        """Renames a written file to its name; evicts the least recently used others if there are too many bytes."""
        path = os.path.join(os.path.dirname(temporary), name + _SUFFIX)
        size = _seal(temporary)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)  # A file cannot replace a directory; the name is the cache's own.
        os.replace(temporary, path)
        self._prune(path)
        return CachedFile(path, size)

    def _note_use(self, path: str, file: BinaryIO) -> None:
        """Records a use of a verified file. The new time is finer than the kernel's clock, to expose later writes."""
        now_ns = time.time_ns()
        with contextlib.suppress(OSError):
            os.utime(path, ns=(now_ns, now_ns))
        self._verified[path] = _stamp_of(file)

    def _prune(self, kept: str) -> None:
        files = []
        for entry in _entries(os.path.dirname(kept)):
            with contextlib.suppress(OSError):
                status = entry.stat()
                if entry.name.endswith(_SUFFIX):
                    files.append((status.st_mtime_ns, status.st_size, entry.path))
                elif entry.name.endswith(_TEMPORARY_SUFFIX) and time.time() - status.st_mtime > limits.UNFINISHED_S:
                    _remove(entry.path)
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self._max_bytes:
                return
            if path != kept:
                _remove(path)
                total -= size

    def _forget(self, folder: str) -> None:
        """Lets the next use choose a folder again, unless another thread has already replaced this one."""
        with self._lock:
            if self._path == folder:
                self._path = None


def discard(path: str) -> None:
    """Removes a temporary file that was not adopted."""
    _remove(path)


def describe_failure(error: OSError) -> ProjectorError | None:
    """The error to report for a failed write; None if the cause is another. Without paths: responses contain none."""
    if error.errno in _FULL:
        return NoSpaceError(
            f"There is no space left in the cache folder, into which results are written ({error.strerror}).",
            f"Free space on the server's disk and ask again, or start TensorBoard with {_FOLDER_VARIABLE} set to a "
            "folder on another disk.",
        )
    if error.errno in _GONE:
        return StaleError(
            f"The cache folder was removed or closed to writing while this was computed ({error.strerror}).",
            "Ask again: it is made again, or another one is taken.",
        )
    return None


def _stamp_of(file: BinaryIO) -> _Stamp:
    status = os.fstat(file.fileno())
    return status.st_ino, status.st_size, status.st_mtime_ns


def _content_size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size - _SEAL.size


def _is_whole(file: BinaryIO) -> bool:
    """Whether the file is unchanged since it was written."""
    size = _content_size(file)
    return _is_stream(file, size) and _is_sealed(file, size)


def _is_stream(file: BinaryIO, size: int) -> bool:
    """Whether the first `size` bytes begin and end like a stream: detects truncated files at once."""
    if size < len(_STREAM_START) + len(_STREAM_END) or file.read(len(_STREAM_START)) != _STREAM_START:
        return False
    file.seek(size - len(_STREAM_END))
    return file.read(len(_STREAM_END)) == _STREAM_END


def _is_sealed(file: BinaryIO, size: int) -> bool:
    """Whether the checksum of the first `size` bytes matches."""
    file.seek(0)
    checksum = _checksum(file, size)
    return file.read(_SEAL.size) == _SEAL.pack(_SEAL_MARK, checksum)


def _seal(path: str) -> int:
    """Appends the checksum of a file's content; returns the content's size in bytes."""
    with open(path, "r+b") as file:
        size = os.fstat(file.fileno()).st_size
        file.write(_SEAL.pack(_SEAL_MARK, _checksum(file, size)))
    return size


def _checksum(file: BinaryIO, size: int) -> int:
    import google_crc32c

    checksum = 0
    for chunk in _read_chunks(file, size):
        checksum = google_crc32c.extend(checksum, chunk)
    return checksum


def _read_chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The next `size` bytes, or fewer at the end of the file."""
    while size > 0 and (chunk := file.read(min(size, _CHUNK_BYTES))):
        yield chunk
        size -= len(chunk)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _is_usable(temporary: str) -> bool:
    """Whether a file being written still exists, in a folder that is writable."""
    try:
        with tempfile.TemporaryFile(dir=os.path.dirname(temporary)):
            return os.path.isfile(temporary)
    except OSError:
        return False


def _make_file(folder: str) -> str:
    descriptor, path = tempfile.mkstemp(_TEMPORARY_SUFFIX, dir=folder)
    os.close(descriptor)
    return path


def _user_folder() -> str:
    import platformdirs

    return platformdirs.user_cache_dir("tb-projector-plugin", appauthor=False)


def _make_folder(path: str) -> str:
    """Accessible to its owner only: the results come from a logdir that others may not be allowed to read."""
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        if os.name == "posix" and os.stat(path).st_uid == os.getuid():
            os.chmod(path, 0o700)
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError as error:
        logger.warning("The cache folder cannot be written (%s); results are kept for this session only.", error)
        return tempfile.mkdtemp(prefix="tb-projector-")


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.remove(path)
