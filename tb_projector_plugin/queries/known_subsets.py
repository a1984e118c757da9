"""Stores the subsets that pages send to this server, by name: a list of a million rows does not fit into a URL."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.compute.row_numbers import sort_distinct
from tb_projector_plugin.errors import BadParameterError, NotFoundError

RowNumbers = NDArray[np.int32]


class KnownSubsets:
    """Sets of rows, named by a hash of their content. The least recently used are evicted first. Thread-safe."""

    def __init__(self, max_bytes: int = limits.SUBSETS_BYTES) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._subsets: OrderedDict[str, RowNumbers] = OrderedDict()
        self._bytes = 0

    def add(self, rows: RowNumbers) -> tuple[str, RowNumbers]:
        """Stores `rows`, in any order; returns their name and them, ascending, distinct. Raises BadParameterError."""
        distinct = sort_distinct(np.asarray(rows, np.int32))
        _check(distinct)
        distinct.flags.writeable = False
        name = hashlib.sha256(distinct.astype("<i4", copy=False).tobytes()).hexdigest()[:32]
        with self._lock:
            self._store(name, distinct)
        return name, distinct

    def find(self, name: str) -> RowNumbers:
        """Raises NotFoundError for a name that is unknown or was evicted."""
        with self._lock:
            rows = self._subsets.get(name)
            if rows is None:
                raise NotFoundError(
                    f"There is no subset {name[:40]!r}: this server was started anew, or other subsets came since.",
                    "Send the rows to POST /subsets again; the page does so by itself.",
                )
            self._subsets.move_to_end(name)
            return rows

    def _store(self, name: str, rows: RowNumbers) -> None:
        self._bytes += rows.nbytes - (self._subsets.pop(name).nbytes if name in self._subsets else 0)
        self._subsets[name] = rows
        while len(self._subsets) > 1 and (self._bytes > self._max_bytes or len(self._subsets) > limits.ENTRIES_KEPT):
            _, left = self._subsets.popitem(last=False)
            self._bytes -= left.nbytes


def _check(rows: RowNumbers) -> None:
    if not len(rows):
        raise BadParameterError("The subset is empty; at least one row is expected.", "Select points first.")
    if rows[0] < 0:
        raise BadParameterError(
            f"The subset names the row {rows[0]}; row numbers start at 0.",
            "Send the row numbers that /metadata counts.",
        )
