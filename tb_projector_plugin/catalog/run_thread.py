"""Reads one run in a thread of its own: others are read meanwhile if it takes long."""

from __future__ import annotations

import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from tb_projector_plugin.catalog.contents import Run
from tb_projector_plugin.catalog.parse_cache import Key, ParseCache, RunFiles
from tb_projector_plugin.catalog.run_reading import read_run
from tb_projector_plugin.catalog.walk import RunDirectory
from tb_projector_plugin.deadline import time_limit
from tb_projector_plugin.paths import PathPolicy
from tb_projector_plugin.stamped_file import SETTLED_NS, FileStamps, read_stamps, written_ns


@dataclass(frozen=True)
class ReadRun:
    """A run read from `began_ns` on, and the stamps of the files it depends on, taken afterwards.

    `is_whole`: whether it was read to its end. `keys` are those of its files in the cache.
    """

    directory: RunDirectory
    began_ns: int
    stamps: FileStamps
    keys: frozenset[Key]
    run: Run
    is_whole: bool

    @property
    def is_settled(self) -> bool:
        """Whether none of its files was written during the read or shortly before."""
        newest_ns = max((written_ns(stamp) for stamp in self.stamps.stamps if stamp is not None), default=0)
        return newest_ns < self.began_ns - SETTLED_NS

    def is_current(self, directory: RunDirectory) -> bool:
        """Whether nothing changed since, or during, the read."""
        return (
            self.is_whole
            and self.is_settled
            and self.directory == directory
            and read_stamps(self.run.watched) == self.stamps
        )


class RunThread:
    """A thread that reads a run, for `seconds`."""

    def __init__(self, directory: RunDirectory, policy: PathPolicy, cache: ParseCache, seconds: float) -> None:
        self.directory = directory
        self.began_s = time.monotonic()
        self._result: Future[ReadRun] = Future()
        threading.Thread(target=self._run, args=(policy, cache, seconds), name="embeddings-run", daemon=True).start()

    @property
    def has_ended(self) -> bool:
        return self._result.done()

    def result(self) -> ReadRun:
        """Waits until it has ended. Raises its error."""
        return self._result.result()

    def wait(self, seconds: float) -> None:
        """Waits until it has ended, or for so long."""
        wait([self._result], seconds)

    def wait_for_either(self, other: RunThread) -> None:
        """Waits until one of the two has ended."""
        wait([self._result, other._result], return_when=FIRST_COMPLETED)

    def _run(self, policy: PathPolicy, cache: ParseCache, seconds: float) -> None:
        try:
            self._result.set_result(_read(self.directory, policy, cache, seconds))
        except BaseException as error:  # noqa: BLE001  Raised again by `result`.
            self._result.set_exception(error)


def _read(directory: RunDirectory, policy: PathPolicy, cache: ParseCache, seconds: float) -> ReadRun:
    began_ns, files = time.time_ns(), RunFiles(cache)
    with time_limit(seconds) as deadline:
        run = read_run(directory, policy, files)
    return ReadRun(
        directory, began_ns, read_stamps(run.watched), frozenset(files.keys), run, is_whole=not deadline.was_missed
    )
