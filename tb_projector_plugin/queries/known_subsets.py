"""Stores the subsets that pages send to this server, by name: a list of a million rows does not fit into a URL."""

from __future__ import annotations

import hashlib
import threading

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.cache import BoundedEntries
from tb_projector_plugin.compute.row_numbers import sort_distinct
from tb_projector_plugin.errors import BadParameterError, NotFoundError

RowNumbers = NDArray[np.int32]


class KnownSubsets:
    """Sets of rows, named by a hash of their content. The least recently used are evicted first. Thread-safe."""

    def __init__(self, max_bytes: int = limits.SUBSETS_BYTES) -> None:
        self._lock = threading.Lock()
        self._subsets = BoundedEntries(max_bytes)

    @property
    def bytes_kept(self) -> int:
        return self._subsets.bytes

    def add(self, rows: RowNumbers) -> tuple[str, RowNumbers]:
        """Stores `rows`, in any order; returns their name and them, ascending, distinct. Raises BadParameterError."""
        distinct = sort_distinct(np.asarray(rows, np.int32))
        _check(distinct)
        distinct.flags.writeable = False
        name = hashlib.sha256(distinct.astype("<i4", copy=False).data).hexdigest()[:32]
        with self._lock:
            self._subsets.put(name, distinct, distinct.nbytes)
        return name, distinct

    def find(self, name: str) -> RowNumbers:
        """Raises NotFoundError for a name that is unknown or was evicted."""
        with self._lock:
            rows: RowNumbers | None = self._subsets.find(name)
        if rows is None:
            raise NotFoundError(
                f"There is no subset {name[:40]!r}: this server was restarted, or other subsets came since.",
                "Send the rows to POST /subsets again; the page does so by itself.",
            )
        return rows


def _check(rows: RowNumbers) -> None:
    if not len(rows):
        raise BadParameterError("The subset is empty; at least one row is expected.", "Select points first.")
    if rows[0] < 0:
        raise BadParameterError(
            f"The subset names the row {rows[0]}; row numbers start at 0.",
            "Send the row numbers that /metadata counts.",
        )
