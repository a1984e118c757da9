"""Results that took long, on disk: a folder of files named by what they depend on, bounded in bytes.

Several processes may share it: a file appears whole, by a rename, and the least recently used ones leave first. What is
not the whole stream that was written is not found.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tb_projector_plugin import limits

logger = logging.getLogger(__name__)

FOLDER_VARIABLE = "TB_PROJECTOR_CACHE_DIR"
_SUFFIX = ".arrows"
_TEMPORARY_SUFFIX = ".part"
#: An Arrow IPC stream begins with a continuation mark and ends with one of length 0.
_STREAM_START = b"\xff\xff\xff\xff"
_STREAM_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
_CHUNK_BYTES = 1 << 20
#: What was being written so long ago was left by a process that was killed.
_ABANDONED_S = 24 * 3600


@dataclass(frozen=True)
class CachedFile:
    """A result on disk. `chunks` reads it anew each time."""

    path: str
    size: int

    def is_there(self) -> bool:
        """Whether nobody has removed it since."""
        return os.path.exists(self.path)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a mebibyte at a time."""
        with open(self.path, "rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk


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

    @property
    def path(self) -> str:
        """The folder; one in the system's temporary folder where the user's cache cannot be written."""
        with self._lock:
            if self._path is None:
                self._path = _make_folder(self._wanted or os.environ.get(FOLDER_VARIABLE) or _user_folder())
            return self._path

    def find(self, name: str) -> CachedFile | None:
        """The whole file of that name, which counts as used now."""
        path = os.path.join(self.path, name + _SUFFIX)
        try:
            size = _size_of_whole(path)
        except OSError:
            return None
        if size is None:
            logger.warning("A cached result was not whole and is made again.")
            _remove(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return CachedFile(path, size)

    def names(self, prefix: str) -> list[str]:
        """Names of the files that begin with `prefix`."""
        return [
            name.removesuffix(_SUFFIX)
            for name in os.listdir(self.path)
            if name.startswith(prefix) and name.endswith(_SUFFIX)
        ]

    def make_temporary(self) -> str:
        """The path of a new empty file, to be written and adopted, or removed."""
        descriptor, path = tempfile.mkstemp(_TEMPORARY_SUFFIX, dir=self.path)
        os.close(descriptor)
        return path

    def adopt(self, temporary: str, name: str) -> CachedFile:
        """Gives a written file its name; the least recently used others leave where there are too many bytes."""
        path = os.path.join(self.path, name + _SUFFIX)
        size = os.path.getsize(temporary)
        os.replace(temporary, path)
        self._prune(path)
        return CachedFile(path, size)

    def _prune(self, kept: str) -> None:
        files = []
        for entry in os.scandir(self.path):
            with contextlib.suppress(OSError):
                status = entry.stat()
                if entry.name.endswith(_SUFFIX):
                    files.append((status.st_mtime_ns, status.st_size, entry.path))
                elif entry.name.endswith(_TEMPORARY_SUFFIX) and time.time() - status.st_mtime > _ABANDONED_S:
                    _remove(entry.path)
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self._max_bytes:
                return
            if path != kept:
                _remove(path)
                total -= size


def discard(path: str) -> None:
    """Removes a temporary file that nobody adopted."""
    _remove(path)


def _size_of_whole(path: str) -> int | None:
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < len(_STREAM_START) + len(_STREAM_END) or file.read(len(_STREAM_START)) != _STREAM_START:
            return None
        file.seek(-len(_STREAM_END), os.SEEK_END)
        return size if file.read() == _STREAM_END else None


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
