"""Limits the memory of request bodies that have arrived, wholly or in part, and are not answered yet.

A client may send as slowly as it likes: what counts is what has arrived, not the size that the headers declare.
"""

from __future__ import annotations

from tb_projector_plugin.web.budget import Budget


class Arrivals(Budget):
    """The budget of bodies."""

    key = "tb_projector_plugin.arrivals"
    words = (
        "Requests that take {others:,} bytes are being received at this moment, and this one takes {wanted:,}; "
        "at most {most:,} are at a time."
    )
    fix = "Send it again when they are in."
