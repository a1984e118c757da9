"""Files dropped onto the page: runs without a logdir, in memory, bounded, lost when the server stops.

An upload is identified by a hash of its content, which is never listed: only clients with the file can request it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from tb_projector_plugin import limits
from tb_projector_plugin.cache import BoundedEntries
from tb_projector_plugin.catalog.checkpoint_tensors import step_of_source
from tb_projector_plugin.catalog.contents import Assets, Embedding, MetadataFile, Run
from tb_projector_plugin.catalog.shape_problems import shape_problems
from tb_projector_plugin.errors import NotFoundError, Problem
from tb_projector_plugin.sources.array_tensor import ArrayTensor
from tb_projector_plugin.sources.metadata import MetadataTable
from tb_projector_plugin.sources.uploaded_file import UploadedVectors, parse_uploaded_metadata, parse_uploaded_vectors
from tb_projector_plugin.stamped_file import MISSING

#: Prefix of the names of uploaded runs; a run of the logdir with the same name takes precedence.
_PREFIX = "uploads/"


@dataclass(frozen=True)
class HeldMetadata(MetadataFile):
    """Columns from the same file as the vectors."""

    table: MetadataTable


@dataclass(frozen=True)
class Upload:
    """Vectors as a run, or text that describes the rows of an embedding (`text`, and no run)."""

    name: str
    file: str
    size_bytes: int
    run: Run | None = None
    read: dict[str, Any] | None = None
    text: bytes = b""


class Uploads:
    """Evicts the least recently used first. Thread-safe; parsing holds no lock."""

    def __init__(self, max_bytes: int = limits.UPLOADS_BYTES) -> None:
        self._lock = threading.Lock()
        self._kept = BoundedEntries(max_bytes)

    def add_vectors(self, data: bytes, file: str, metadata: Collection[str] = ()) -> Upload:
        """Raises what `parse_uploaded_vectors` raises."""
        name = _hash_of(b"vectors", data, file, sorted(metadata))
        with self._lock:
            known: Upload | None = self._kept.find(name)
        if known is not None:
            return known
        return self._keep(_make_upload(name, file, len(data), parse_uploaded_vectors(data, file, metadata)))

    def add_metadata(self, data: bytes, file: str, rows: int) -> tuple[Upload, MetadataTable]:
        """The text, and its table for an embedding of `rows` rows. Raises what `parse_uploaded_metadata` raises."""
        table = parse_uploaded_metadata(data, file, rows)
        upload = Upload(_hash_of(b"metadata", data, file, []), file, len(data), text=data)
        return self._keep(upload), table

    def find(self, name: str) -> Upload:
        """Raises NotFoundError."""
        with self._lock:
            found: Upload | None = self._kept.find(name)
        if found is None:
            raise _gone(name)
        return found

    def read_metadata(self, name: str, rows: int) -> MetadataTable:
        """Uploaded text as the table of an embedding of `rows` rows. Raises NotFoundError; DataError for vectors."""
        upload = self.find(name)
        return parse_uploaded_metadata(upload.text, upload.file, rows)

    def find_run(self, run: str) -> Run | None:
        """The run of that name; None if it is not an upload's name. Raises NotFoundError for an upload that is gone."""
        if not run.startswith(_PREFIX) or "/" in run.removeprefix(_PREFIX):
            return None
        return self.find(run.removeprefix(_PREFIX)).run

    def list_runs(self, names: Iterable[str]) -> tuple[list[Run], list[Problem]]:
        """The runs of those `names` that exist, and a problem for each other one."""
        runs, problems = [], []
        for name in dict.fromkeys(names):
            try:
                run = self.find(name).run
            except NotFoundError as error:
                problems.append(error.to_problem(run=_PREFIX + name[:40], level="warning"))
                continue
            if run is not None:
                runs.append(run)
        return runs, [*(problem for run in runs for problem in run.problems), *problems]

    def remove(self, name: str) -> None:
        """Raises NotFoundError."""
        self.find(name)
        with self._lock:
            self._kept.remove(name)

    def versions(self) -> frozenset[str]:
        """Versions of all uploads held: an upload's name is its version."""
        with self._lock:
            return frozenset(self._kept)

    def _keep(self, upload: Upload) -> Upload:
        with self._lock:
            self._kept.put(upload.name, upload, upload.size_bytes)
        return upload


def _make_upload(name: str, file: str, size_bytes: int, parsed: UploadedVectors) -> Upload:
    source = ArrayTensor(parsed.array, name, file)
    step = step_of_source(source, None, "upload", file)
    columns, held = [], source.nbytes
    if parsed.metadata is not None:
        step = replace(step, assets=Assets(HeldMetadata("", file, name, size_bytes, MISSING, parsed.metadata)))
        columns, held = parsed.metadata.table.column_names, held + parsed.metadata.nbytes
    embedding = Embedding(file, configured=True, optimizer_slot=False, steps=(step,))
    found = [replace(problem, run=_PREFIX + name, embedding=file) for problem in parsed.problems]
    problems = (*found, *shape_problems(embedding, _PREFIX + name))
    run = Run(_PREFIX + name, (embedding,), problems, 0, 0, frozenset(), (), (), ())
    read = {
        "format": parsed.format,
        "header": parsed.has_header,
        "dimensions": parsed.dimensions,
        "metadata": columns,
    }
    return Upload(name, file, held, run, read)


def _hash_of(kind: bytes, data: bytes, *parts: object) -> str:
    """32 hexadecimal digits of the data and of how it is to be read."""
    digest = hashlib.blake2b(repr((kind, parts)).encode(), digest_size=16)
    digest.update(data)
    return digest.hexdigest()


def _gone(name: str) -> NotFoundError:
    return NotFoundError(
        f"There is no upload {name[:40]!r}: the server was restarted, or other uploads took its place.",
        "Drop the file onto the page again.",
    )
