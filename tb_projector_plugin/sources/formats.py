"""The file formats of vectors. Each has a test for its files; the first in `_FORMATS` that matches is used."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass

from tb_projector_plugin.sources.npy_array import MAGIC
from tb_projector_plugin.sources.npy_tensor import NpyTensor
from tb_projector_plugin.sources.raw_tensor import RawTensor
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.sources.tsv_tensor import TsvTensor
from tb_projector_plugin.sources.utf8_text import holds_wide_text
from tb_projector_plugin.stamped_file import FileStamps, open_regular

#: Number of leading bytes examined to distinguish text from numbers: raw floats soon have a byte outside the set.
_HEAD_BYTES = 4096
_NUMBER_BYTES = b"\t\n\r +-.,0123456789eEinfINFaAnN\xef\xbb\xbf"
#: Bytes that occur in no text, and soon in binary data.
_CONTROL_BYTES = bytes(range(32)).translate(None, b"\t\n\v\f\r")
#: Extensions that are read as text even if a shape is given: the reader reports the line that is not text.
_TEXT_NAMES = (".tsv", ".txt", ".csv")


@dataclass(frozen=True)
class VectorFile:
    """`shape` is from the config, () if it has none; `head` is the first bytes, None if they cannot be read."""

    path: str
    display: str
    shape: tuple[int, ...]
    head: bytes | None

    @property
    def is_named_text(self) -> bool:
        return self.path.lower().endswith(_TEXT_NAMES)

    @property
    def is_numbers(self) -> bool:
        """Whether it begins as numbers in text. An unreadable file does: the text reader reports what is wrong."""
        return self.head is None or all(byte in _NUMBER_BYTES for byte in self.head)

    @property
    def is_text(self) -> bool:
        """Whether it begins as text of any kind; names of columns in an older encoding count if its name says so."""
        if self.is_numbers or self.head is None:
            return True
        is_plain = len(self.head.translate(None, _CONTROL_BYTES)) == len(self.head)
        return is_plain and (self.is_named_text or _is_utf8(self.head))


@dataclass(frozen=True)
class VectorFormat:
    """`name` is the one used in `/runs`, `words` the one in messages. `open` raises ProjectorError."""

    name: str
    words: str
    recognizes: Callable[[VectorFile], bool]
    open: Callable[[VectorFile, FileStamps], TensorSource]


def _is_npy(file: VectorFile) -> bool:
    return file.head is not None and file.head.startswith(MAGIC)


def _is_raw(file: VectorFile) -> bool:
    """As in the built-in projector: raw numbers whose shape the config gives."""
    return bool(file.shape) and not file.is_named_text and (file.head == b"" or not file.is_numbers)


def _is_tsv(file: VectorFile) -> bool:
    """Text in UTF-16 too, which its reader refuses by name."""
    return bool(file.shape) or file.is_text or (file.head is not None and holds_wide_text(file.head))


_FORMATS = (
    VectorFormat("npy", "`.npy`", _is_npy, lambda file, stamps: NpyTensor(file.path, file.display, stamps)),
    VectorFormat(
        "raw",
        "raw float32 with a tensor_shape",
        _is_raw,
        lambda file, stamps: RawTensor(file.path, file.shape, file.display, stamps),
    ),
    VectorFormat("tsv", "text", _is_tsv, lambda file, stamps: TsvTensor(file.path, file.display, stamps)),
)


def _is_utf8(head: bytes) -> bool:
    """Whether it decodes; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def look_at(path: str, display: str, shape: tuple[int, ...]) -> VectorFile:
    try:
        with open_regular(path) as file:
            return VectorFile(path, display, shape, file.read(_HEAD_BYTES))
    except OSError:
        return VectorFile(path, display, shape, None)


def list_formats() -> str:
    """All formats in words, for messages."""
    return " or ".join((", ".join(one.words for one in _FORMATS[:-1]), _FORMATS[-1].words))


def recognize(file: VectorFile) -> VectorFormat | None:
    return next((one for one in _FORMATS if one.recognizes(file)), None)
