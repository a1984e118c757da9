"""Results that took long, on disk: a folder of files named by what they depend on, bounded in bytes.

Several processes may share it: a file appears whole, by a rename, and the least recently used ones leave first. A file
ends with the checksum of its content: what is not what was written, bit by bit, is not found. The folder may be
deleted, replaced or become read-only at any time: it is made anew, or another one is taken, with the next result.
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
#: An Arrow IPC stream begins with a continuation mark and ends with one of length 0.
_STREAM_START = b"\xff\xff\xff\xff"
_STREAM_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
#: After the stream, where no reader of it looks: a mark, and the crc32c of what comes before.
_SEAL = struct.Struct("<4sI")
_SEAL_MARK = b"TBPC"
_CHUNK_BYTES = 1 << 20
#: Inode, size in bytes and modification time in nanoseconds: one state of a file.
_Stamp = tuple[int, int, int]
#: What the system says where a disk, a quota or the greatest size of a file is used up.
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
#: What it says of a folder that was deleted, replaced, or may not be written any more.
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True)
class CachedFile:
    """A result on disk. `size` is that of its content, which begins the file."""

    path: str
    size: int

    def open_content(self) -> OpenedResult | None:
        """Its content, readable to the end even where the file is removed meanwhile; None where that has happened."""
        try:
            return OpenedResult(open(self.path, "rb"), self.size)
        except OSError:
            return None


class OpenedResult:
    """The content of a result, a mebibyte at a time, once. Whoever has it calls `close`."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self.size = file, size

    def __iter__(self) -> Iterator[bytes]:
        return _read_chunks(self._file, self.size)

    def close(self) -> None:
        self._file.close()


def make_name(*parts: object) -> str:
    """A file's name for what `parts` determine."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


class CacheFolder:
    """Made when it is first needed. Safe on any number of threads and processes."""

    def __init__(self, path: str | None = None, max_bytes: int = limits.CACHE_FOLDER_BYTES) -> None:
        self._wanted = path
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._path: str | None = None
        self._verified: dict[str, _Stamp] = {}

    @property
    def path(self) -> str:
        """The folder; one in the system's temporary folder where the user's cache cannot be written."""
        with self._lock:
            if self._path is None:
                self._path = _make_folder(self._wanted or os.environ.get(_FOLDER_VARIABLE) or _user_folder())
            return self._path

    def find(self, name: str) -> CachedFile | None:
        """The whole file of that name, which counts as used now.

        Checking takes 0.2 s a gigabyte, once for each state of a file.
        """
        try:
            path = os.path.join(self.path, name + _SUFFIX)
            with open(path, "rb") as file:
                if self._verified.get(path) == _stamp_of(file) or _is_whole(file):
                    self._note_use(path, file)
                    return CachedFile(path, _content_size(file))
        except OSError:  # Not there, a directory in its place, the folder itself gone: to be made (again).
            return None
        logger.warning("A cached result was damaged and is made again.")
        _remove(path)
        return None

    def names(self, prefix: str) -> list[str]:
        """Names of the files that begin with `prefix`."""
        try:
            present = os.listdir(self.path)
        except OSError:
            return []
        return [name.removesuffix(_SUFFIX) for name in present if name.startswith(prefix) and name.endswith(_SUFFIX)]

    def make(self, name: str, write: Callable[[str], object]) -> CachedFile:
        """The file of that name, with what `write` puts into the path that it is given.

        Raises NoSpaceError on a full disk, StaleError when the folder is taken away meanwhile.
        """
        temporary = self.make_temporary()
        try:
            write(temporary)
            return self.adopt(temporary, name)
        except OSError as error:
            told = describe_failure(error)
            if told is None or (isinstance(told, StaleError) and _is_usable(temporary)):
                raise  # Of something else than the cache's file.
            raise told from error
        finally:
            discard(temporary)

    def make_temporary(self) -> str:
        """The path of a new empty file, to be written and adopted, or removed. Raises NoSpaceError on a full disk."""
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
        """Gives a written file its name; the least recently used others leave where there are too many bytes."""
        path = os.path.join(os.path.dirname(temporary), name + _SUFFIX)
        size = _seal(temporary)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)  # No file can be renamed over it; the name is one of ours.
        os.replace(temporary, path)
        self._prune(path)
        return CachedFile(path, size)

    def _note_use(self, path: str, file: BinaryIO) -> None:
        """A verified file's stamp changes with its use. A time finer than the kernel's clock tells later writes."""
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
        """What cannot be written any more is looked for anew, unless another thread has done so."""
        with self._lock:
            if self._path == folder:
                self._path = None


def discard(path: str) -> None:
    """Removes a temporary file that nobody adopted."""
    _remove(path)


def describe_failure(error: OSError) -> ProjectorError | None:
    """What a failure to write into the folder means; None where it does not tell. No path: answers hold none."""
    if error.errno in _FULL:
        return NoSpaceError(
            f"There is no space left in the cache folder, into which results are written ({error.strerror}).",
            f"Free space on the server's disk and ask again, or start TensorBoard with {_FOLDER_VARIABLE} set to a "
            "folder on another disk.",
        )
    if error.errno in _GONE:
        return StaleError(
            f"The cache folder was removed or closed to writing while this was computed ({error.strerror}).",
            "Ask again: it is made anew, or another one is taken.",
        )
    return None


def _stamp_of(file: BinaryIO) -> _Stamp:
    status = os.fstat(file.fileno())
    return status.st_ino, status.st_size, status.st_mtime_ns


def _content_size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size - _SEAL.size


def _is_whole(file: BinaryIO) -> bool:
    """Whether nothing was changed since it was written."""
    size = _content_size(file)
    return _is_stream(file, size) and _is_sealed(file, size)


def _is_stream(file: BinaryIO, size: int) -> bool:
    """Whether the first `size` bytes begin and end as a stream does: this tells at once what was cut off."""
    if size < len(_STREAM_START) + len(_STREAM_END) or file.read(len(_STREAM_START)) != _STREAM_START:
        return False
    file.seek(size - len(_STREAM_END))
    return file.read(len(_STREAM_END)) == _STREAM_END


def _is_sealed(file: BinaryIO, size: int) -> bool:
    """Whether every bit of the first `size` bytes is as it was."""
    file.seek(0)
    checksum = _checksum(file, size)
    return file.read(_SEAL.size) == _SEAL.pack(_SEAL_MARK, checksum)


def _seal(path: str) -> int:
    """Appends the checksum of a file's content; the content's size in bytes."""
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
    """The next `size` bytes, or as many as there are."""
    while size > 0 and (chunk := file.read(min(size, _CHUNK_BYTES))):
        yield chunk
        size -= len(chunk)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []


def _is_usable(temporary: str) -> bool:
    """Whether a file that is being written is still there, in a folder that takes more."""
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
    """Only its owner may look into it: it holds what was made of a logdir that others may not read."""
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
