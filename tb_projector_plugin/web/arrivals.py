"""Limits the memory of request bodies that have arrived, wholly or in part, and are not answered yet.

A client may send as slowly as it likes: what counts is what has arrived, not the size that the headers declare.
"""

from __future__ import annotations

from tb_projector_plugin.errors import BusyError
from tb_projector_plugin.web.budget import Budget


class Arrivals(Budget):
    """The budget of bodies."""

    key = "tb_projector_plugin.arrivals"

    def refuse(self, others: int, wanted: int) -> BusyError:
        return BusyError(
            f"Requests that take {others:,} bytes are being received at this moment, and this one takes {wanted:,}; "
            f"at most {self.max_bytes:,} are at a time.",
            "Send it again when they are in.",
        )
