"""Sends an Arrow stream from the cache folder in pieces, never whole in memory."""

from __future__ import annotations

from tb_projector_plugin.cache_folder import OpenedResult
from tb_projector_plugin.web.answers import Body
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE


class FileBody(Body):
    """A body whose pieces are read as they are sent; the answer closes the file."""

    def __init__(self, opened: OpenedResult) -> None:
        super().__init__(opened, ARROW_TYPE)
        self._size = opened.size

    @property
    def size(self) -> int:
        return self._size

    @property
    def held_bytes(self) -> int:
        return 0
