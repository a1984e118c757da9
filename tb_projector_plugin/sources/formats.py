"""The formats of files of vectors. Each says what it recognizes; the first of `_FORMATS` that does reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tb_projector_plugin.sources.npy_array import MAGIC
from tb_projector_plugin.sources.npy_tensor import NpyTensor
from tb_projector_plugin.sources.raw_tensor import RawTensor
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.sources.tsv_tensor import TsvTensor
from tb_projector_plugin.stamped_file import FileStamps, open_regular

#: Bytes that tell text from numbers: raw floats soon have one that text has not.
_HEAD_BYTES = 4096
_TEXT_BYTES = b"\t\n\r +-.,0123456789eEinfINFaAnN\xef\xbb\xbf"
#: Files of these names are text, whatever they hold: the reader says which line is none.
_TEXT_NAMES = (".tsv", ".txt")


@dataclass(frozen=True)
class VectorFile:
    """`shape` is what the config says, () for nothing; `head` its first bytes, None where they cannot be read."""

    path: str
    display: str
    shape: tuple[int, ...]
    head: bytes | None

    @property
    def is_text(self) -> bool:
        """Whether it begins as text. A file that cannot be read counts as such: its reader says what is wrong."""
        return self.head is None or all(byte in _TEXT_BYTES for byte in self.head)


@dataclass(frozen=True)
class VectorFormat:
    """`name` is that of `/runs`. `open` raises ProjectorError."""

    name: str
    recognizes: Callable[[VectorFile], bool]
    open: Callable[[VectorFile, FileStamps], TensorSource]


def _is_npy(file: VectorFile) -> bool:
    return file.head is not None and file.head.startswith(MAGIC)


def _is_raw(file: VectorFile) -> bool:
    """As the built-in projector: numbers of a shape that the config tells."""
    is_named_text = file.path.lower().endswith(_TEXT_NAMES)
    return bool(file.shape) and not is_named_text and (file.head == b"" or not file.is_text)


def _is_tsv(file: VectorFile) -> bool:
    return bool(file.shape) or file.is_text


_FORMATS = (
    VectorFormat("npy", _is_npy, lambda file, stamps: NpyTensor(file.path, file.display, stamps)),
    VectorFormat("raw", _is_raw, lambda file, stamps: RawTensor(file.path, file.shape, file.display, stamps)),
    VectorFormat("tsv", _is_tsv, lambda file, stamps: TsvTensor(file.path, file.display, stamps)),
)


def look_at(path: str, display: str, shape: tuple[int, ...]) -> VectorFile:
    try:
        with open_regular(path) as file:
            return VectorFile(path, display, shape, file.read(_HEAD_BYTES))
    except OSError:
        return VectorFile(path, display, shape, None)


def recognize(file: VectorFile) -> VectorFormat | None:
    return next((one for one in _FORMATS if one.recognizes(file)), None)
