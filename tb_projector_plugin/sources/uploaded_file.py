"""Files dropped onto the page, identified by their first bytes regardless of their names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from numpy.typing import NDArray

from tb_projector_plugin.errors import DataError, Problem
from tb_projector_plugin.sources.metadata import MetadataTable, make_metadata_table
from tb_projector_plugin.sources.metadata_csv import parse_metadata_csv
from tb_projector_plugin.sources.metadata_text import parse_metadata_text
from tb_projector_plugin.sources.npy_array import MAGIC, parse_npy
from tb_projector_plugin.sources.utf8_text import holds_wide_text
from tb_projector_plugin.sources.vector_text import parse_vector_text

#: First bytes of common formats that are not supported, and what the user can do instead.
_FOREIGN: Final = (
    (b"PK\x03\x04", "a zip archive (.npz, .pt, .xlsx)", "Take the array out: numpy.save('vectors.npy', array)."),
    (b"PK\x05\x06", "an empty zip archive", "Drop the file of vectors itself."),
    (b"\x1f\x8b", "compressed (gzip)", "Unpack it first."),
    (b"\x80", "a pickle, which can run programs and is never opened", "Save the array with numpy.save."),
    (b"\x89HDF", "an HDF5 file", "Save the array with numpy.save."),
    (b"PAR1", "a Parquet file", "Write it as text: table.to_csv('vectors.csv', index=False)."),
    (b"ARROW1", "an Arrow file", "Write it as text: table.to_csv('vectors.csv', index=False)."),
    (b"\x89PNG", "an image", "Drop a file of vectors or metadata."),
    (b"\xff\xd8\xff", "an image", "Drop a file of vectors or metadata."),
)
#: Number of leading bytes searched for zero bytes: text has none, binary data soon has one.
_LOOKED_AT: Final = 1 << 16


@dataclass(frozen=True)
class UploadedVectors:
    """`array` [rows, dims] of any real type; `metadata` is from the same file, or None."""

    array: NDArray[Any]
    metadata: MetadataTable | None
    format: str
    has_header: bool
    dimensions: list[str]
    problems: list[Problem]


def parse_uploaded_vectors(data: bytes, display: str, metadata: Collection[str] = ()) -> UploadedVectors:
    """`metadata` names numeric columns that are not dimensions.

    Raises DataError (with a line, where there are lines), LimitError, BadParameterError for a name that is not there.
    """
    if data.startswith(MAGIC):
        return UploadedVectors(parse_npy(data, display), None, "npy", False, [], [])
    _check_text(data, display)
    text = parse_vector_text(data, display, metadata)
    table = None if text.metadata is None else make_metadata_table(text.metadata, len(text.vectors), display)
    problems = [*text.problems, *(table.problems if table is not None else [])]
    return UploadedVectors(text.vectors, table, text.separation, text.has_header, text.dimensions, problems)


def parse_uploaded_metadata(data: bytes, display: str, rows: int) -> MetadataTable:
    """Raises as `read_metadata` does."""
    if data.startswith(MAGIC):
        raise DataError(
            f"{display} is a numpy array, and metadata is text.", "Drop it without asking for metadata.", file=display
        )
    _check_text(data, display)
    parse = parse_metadata_csv if display.lower().endswith(".csv") else parse_metadata_text
    return make_metadata_table(parse(data, display, rows), rows, display)


def _check_text(data: bytes, display: str) -> None:
    for magic, what, fix in _FOREIGN:
        if data.startswith(magic):
            raise DataError(f"{display} is {what}; .npy or text is expected.", fix, file=display)
    if b"\0" in data[:_LOOKED_AT] and not holds_wide_text(data):
        raise DataError(
            f"{display} is neither text nor .npy: it holds zero bytes.",
            "Save the array with numpy.save, or as text (word2vec: save_word2vec_format with binary=False).",
            file=display,
        )
