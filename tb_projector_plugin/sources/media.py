"""Images, sound and video referred to by metadata: detects the type from the first bytes, and reads in pieces."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from typing import Final

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError, ProjectorError, StaleError, could_not_read
from tb_projector_plugin.stamped_file import Contains, Stamp, open_stamped, read_stamp, size_of, version_of

#: Number of leading bytes needed to distinguish the types below.
_HEAD_BYTES: Final = 16
_PIECE_BYTES: Final = 1 << 18

#: First bytes -> media type. Types that can hold scripts (SVG, HTML, PDF) are excluded.
_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
#: Types of RIFF files, by the four bytes at offset 8.
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
#: Types of ISO media files (`ftyp` at byte 4), by the four bytes at offset 8; any other is a video.
_ISO: Final = {b"avif": "image/avif", b"avis": "image/avif", b"M4A ": "audio/mp4"}
_KINDS: Final = "PNG, JPEG, GIF, WebP, AVIF, BMP, WAV, MP3, Ogg, FLAC, MP4 or WebM"


@dataclass(frozen=True)
class MediaFile:
    """`path` is its location, `file` its display path."""

    path: str
    file: str
    stamp: Stamp
    media_type: str

    @property
    def size_bytes(self) -> int:
        return size_of(self.stamp)

    @property
    def version(self) -> str:
        return version_of(self.stamp)

    def pieces(self, first: int = 0, stop: int | None = None) -> MediaPieces:
        """The bytes `first` to `stop`, exclusive. Raises StaleError for a file without `stamp`."""
        file = _open(self.path, self.stamp, self.file)
        file.seek(first)
        return MediaPieces(file, (self.size_bytes if stop is None else stop) - first, self.file)


class MediaPieces:
    """Bytes of an open file, read on demand. The owner calls `close`.

    Raises StaleError if the file becomes shorter meanwhile.
    """

    def __init__(self, file: FileIO, size_bytes: int, display: str) -> None:
        self._file, self._left, self._display = file, size_bytes, display

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0:
            piece = self._file.read(min(self._left, _PIECE_BYTES))
            if not piece:
                raise StaleError(f"{self._display} became shorter while it was read.", "Ask again.", file=self._display)
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        self._file.close()


def read_media_header(path: str, display: str, contains: Contains | None = None) -> MediaFile:
    """The type of `path`. Raises NotFoundError, LimitError, or DataError for a type that browsers cannot show or play.

    A file that `contains` rejects is treated as missing.
    """
    stamp = read_stamp(path, contains)
    if stamp is None and os.path.exists(path) and not os.path.isfile(path):
        raise DataError(f"{display} is not a file.", f"Name a file: {_KINDS}.", file=display)
    if stamp is None:
        raise _missing(display)
    if size_of(stamp) > limits.MEDIA_BYTES:
        raise LimitError(
            f"{display} has {size_of(stamp):,} bytes; at most {limits.MEDIA_BYTES:,} are sent.",
            "Save a shorter or a more compressed file.",
            file=display,
        )
    with _open(path, stamp, display) as file:
        return MediaFile(path, display, stamp, _media_type(file.read(_HEAD_BYTES), display))


def _open(path: str, stamp: Stamp, display: str) -> FileIO:
    try:
        return open_stamped(path, stamp, display)
    except OSError as error:
        raise _unreadable(error, display) from error


def _media_type(head: bytes, display: str) -> str:
    found = next((media_type for magic, media_type in _MAGIC if head.startswith(magic)), None)
    if head.startswith(b"RIFF"):
        found = _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        found = _ISO.get(head[8:12], "video/mp4")
    if found is None:
        raise DataError(
            f"{display} is neither an image nor sound nor film that is shown here: its first bytes are those of none.",
            f"Save it as {_KINDS}.",
            file=display,
        )
    return found


def _missing(display: str) -> NotFoundError:
    return NotFoundError(f"{display} is not there.", "Write the file, or correct the path in the metadata.")


def _unreadable(error: OSError, display: str) -> ProjectorError:
    if isinstance(error, FileNotFoundError):
        return _missing(display)
    return DataError(could_not_read(display, error), "Let TensorBoard's user read it.", file=display)
