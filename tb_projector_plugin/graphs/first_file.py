"""The file of a job's first neighbors: in the cache folder, under a name that no graph has, while the job works."""

from __future__ import annotations

import contextlib

from tb_projector_plugin.cache_folder import CachedFile, CacheFolder, discard
from tb_projector_plugin.jobs.jobs import Job


class FirstFile:
    """`path` is where the first neighbors are to be written. A context manager: it removes the file at the end."""

    def __init__(self, job: Job, files: CacheFolder, name: str) -> None:
        """Raises NoSpaceError on a full disk."""
        self._job, self._files, self._name = job, files, name
        self.path = files.make_temporary()
        self._offered: CachedFile | None = None

    def __enter__(self) -> FirstFile:  # noqa: PYI034  (Self is in Python 3.11)
        return self

    def __exit__(self, *_: object) -> None:
        """Removes the file; a response that is reading it can still read it to its end."""
        self._job.first = None
        discard(self.path)
        if self._offered is not None:
            discard(self._offered.path)

    def offer(self) -> None:
        """Offers what was written as the job's first part."""
        with contextlib.suppress(OSError):  # The cache folder is gone: the whole result will say so.
            self._offered = self._job.first = self._files.adopt(self.path, self._name)
