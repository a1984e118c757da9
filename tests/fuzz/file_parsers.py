"""Parsers of files, as functions of their bytes. Each raises a ProjectorError or returns; anything else is a fault."""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path

from checkpoint_inputs import DATA_BYTES
from table_writer import bundle_entry, header, write_simple_table

from tb_projector_plugin.catalog.scanner import Scanner
from tb_projector_plugin.config import CONFIG_NAME, read_config
from tb_projector_plugin.errors import ProjectorError
from tb_projector_plugin.paths import LogRoot, PathPolicy
from tb_projector_plugin.sources.bookmarks import parse_bookmarks
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.checkpoint.files import find_checkpoints, read_checkpoint_state
from tb_projector_plugin.sources.checkpoint.object_graph import GRAPH_KEY, read_variable_names
from tb_projector_plugin.sources.formats import look_at, recognize
from tb_projector_plugin.sources.media import read_media_header
from tb_projector_plugin.sources.metadata import read_metadata
from tb_projector_plugin.sources.sprite_pages import make_pages, plan_pages
from tb_projector_plugin.sources.sprites import is_converted, read_sprite_bytes, read_sprite_header
from tb_projector_plugin.sources.tensor_source import TensorSource
from tb_projector_plugin.sources.tsv_tensor import TsvTensor
from tb_projector_plugin.sources.uploaded_file import parse_uploaded_metadata, parse_uploaded_vectors
from tb_projector_plugin.stamped_file import read_stamps

#: Pixels up to which an image is decoded: larger ones are limited, but take longer than an input may.
_DECODED_PIXELS = 1 << 20
#: Numbers up to which vectors are read whole, for the same reason.
_READ_NUMBERS = 1 << 20


def read_index(folder: Path, data: bytes) -> None:
    _write(folder / "c.index", data)
    _write(folder / "c.data-00000-of-00001", bytes(DATA_BYTES))
    checkpoint = Checkpoint(str(folder / "c"), "run/c")
    read_variable_names(checkpoint)
    for key in checkpoint.tensors:
        checkpoint.label(key)
        checkpoint.is_optimizer_slot(key)
        checkpoint.find(key)
        checkpoint.files_of(key)
        _expect(lambda key=key: _read_rows(checkpoint.source(key)))


def read_graph(folder: Path, data: bytes) -> None:
    entries = [(GRAPH_KEY.encode(), bundle_entry([], dtype=7, size=len(data))), (b"w0", bundle_entry([1, 1], size=4))]
    _write(folder / "c.index", write_simple_table([(b"", header()), *entries]))
    _write(folder / "c.data-00000-of-00001", data + bytes(4))
    checkpoint = Checkpoint(str(folder / "c"), "run/c")
    names = read_variable_names(checkpoint)
    json.dumps([checkpoint.label(key) for key in checkpoint.tensors] + list(names.values()), allow_nan=False).encode()


def read_state(folder: Path, data: bytes) -> None:
    path = _write(folder / "checkpoint", data)
    find_checkpoints(str(folder))
    read_checkpoint_state(str(path))


def read_one_config(folder: Path, data: bytes) -> None:
    read_config(str(_write(folder / CONFIG_NAME, data)), CONFIG_NAME)


def read_run(folder: Path, data: bytes) -> None:
    """A whole run around the config: nothing that it names may end the scan, or be an unforeseen failure."""
    _write(folder / CONFIG_NAME, data)
    for name, content in _NEIGHBORS.items():
        if not (folder / name).exists():
            _write(folder / name, content)
    scanner = Scanner(PathPolicy(roots=(LogRoot(path=str(folder), name=""),)))
    while not (scan := scanner.scan()).done:  # The run is read on meanwhile.
        time.sleep(0.01)
    unforeseen = [problem for problem in scan.problems if problem.kind == "internal"]
    assert not unforeseen, unforeseen
    assert all(problem.message and problem.fix for problem in scan.problems), scan.problems
    json.dumps([run.to_json(slots=True) for run in scan.runs], allow_nan=False).encode()


def read_vectors(folder: Path, data: bytes) -> None:
    """The first line is the shape in the config, if any; the format is recognized by the bytes."""
    shape_text, _, content = data.partition(b"\n")
    shape = tuple(int(word) % 2**32 for word in shape_text.split(b",") if word.isdigit() and len(word) < 20)[:8]
    path = str(_write(folder / "vectors", content))
    file = look_at(path, "run/vectors", shape)
    if (found := recognize(file)) is not None:
        _read_rows(found.open(file, read_stamps([path])))


def read_tsv(folder: Path, data: bytes) -> None:
    path = str(_write(folder / "vectors.tsv", data))
    _read_rows(TsvTensor(path, "run/vectors.tsv", read_stamps([path])))


def read_uploaded(folder: Path, data: bytes) -> None:
    found = parse_uploaded_vectors(data, "dropped.txt", ("a",) if data[:1] == b"a" else ())
    assert found.array.ndim == 2


def read_text(folder: Path, data: bytes) -> None:
    """The first byte says for how many points."""
    rows, text = data[:1], data[1:]
    path = str(_write(folder / "metadata.tsv", text))
    read_metadata(path, "run/metadata.tsv", None if rows > b"\x7f" else (rows or b"\0")[0])


def read_csv(folder: Path, data: bytes) -> None:
    parse_uploaded_metadata(data[1:], "dropped.csv", (data or b"\0")[0])


def read_sprite(folder: Path, data: bytes) -> None:
    """The first two bytes are the size of a thumbnail."""
    size, content = (data[:2] + b"\x08\x08")[:2], data[2:]
    sheet = read_sprite_header(str(_write(folder / "sprite.png", content)), "run/sprite.png", tuple(size), 4)
    grid = plan_pages(sheet)
    if sheet.width * sheet.height > _DECODED_PIXELS:
        return
    _expect(lambda: read_sprite_bytes(sheet)) if is_converted(sheet) else read_sprite_bytes(sheet)
    if grid is not None:
        list(make_pages(sheet))


def read_media(folder: Path, data: bytes) -> None:
    b"".join(read_media_header(str(_write(folder / "sound", data)), "run/sound").pieces())


def read_states(folder: Path, data: bytes) -> None:
    states = parse_bookmarks(data, "run/bookmarks/a.json")
    assert len(json.loads(states.text, parse_int=float)) == states.count, "as browsers read integers"


_NEIGHBORS = {
    "metadata.tsv": b"label\tsize\na\t1\nb\t2\n",
    "vectors.tsv": b"1\t2\n3\t4\n",
    "tensors.bytes": struct.pack("<4f", 1, 2, 3, 4),
    "c-1.index": write_simple_table([(b"", header()), (b"a", bundle_entry([2, 2], size=16))]),
    "c-1.data-00000-of-00001": bytes(64),
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "checkpoint": b'model_checkpoint_path: "c-1"\n',
}
FileParser = Callable[[Path, bytes], None]


def _read_rows(source: TensorSource) -> None:
    rows, dims = source.shape
    assert rows >= 0 and dims >= 0
    if rows and dims and rows * dims <= _READ_NUMBERS:
        source.read_rows([0, rows - 1])
        source.read_all()


def _expect(read: Callable[[], object]) -> None:
    try:
        read()
    except ProjectorError as error:
        assert error.message and error.fix


def _write(path: Path, data: bytes) -> Path:
    """A file that was written a minute ago: damage in it is damage, not a write in progress."""
    path.write_bytes(data)
    then = time.time() - 60
    os.utime(path, (then, then))
    return path
