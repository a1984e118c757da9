"""An Arrow stream that lies in the cache folder, sent in pieces: never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator

from tb_projector_plugin.cache_folder import CachedFile
from tb_projector_plugin.routes.answers import Body
from tb_projector_plugin.routes.arrow_answer import ARROW_TYPE


class FileBody(Body):
    """A body whose pieces are read as they are sent."""

    def __init__(self, file: CachedFile) -> None:
        super().__init__(_Chunks(file), ARROW_TYPE)
        self._file = file

    @property
    def size(self) -> int:
        return self._file.size

    @property
    def held_bytes(self) -> int:
        return 0


class _Chunks:
    """Reads the file anew each time it is gone through."""

    def __init__(self, file: CachedFile) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        return self._file.chunks()
