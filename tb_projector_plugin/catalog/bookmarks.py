"""The saved views of a run: the file that its config names, and those in `bookmarks/` beside the config.

The server's only code that writes into a logdir, and only below `bookmarks/`. Files are listed on each request, because
the open tab itself changes them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tb_projector_plugin import limits
from tb_projector_plugin.atomic_file import open_atomically
from tb_projector_plugin.catalog.bookmark_names import make_file_name
from tb_projector_plugin.catalog.contents import NamedBookmarks, Run
from tb_projector_plugin.catalog.no_files import no_such_file
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError, ProjectorError, StaleError
from tb_projector_plugin.paths import PathPolicy, as_text, link_refusal
from tb_projector_plugin.sources.bookmarks import BookmarkStates, read_bookmarks
from tb_projector_plugin.stamped_file import MISSING, Stamp, pinned_directory, read_stamp, size_of, version_of

_DIRECTORY = "bookmarks"
_ENDING = ".json"


@dataclass(frozen=True)
class BookmarkFile:
    """One file. `error` is why it is not even opened; `stamp` is None if the file is missing."""

    name: str
    path: str
    file: str
    stamp: Stamp | None
    configured: bool
    replaceable: bool
    error: ProjectorError | None = None

    @property
    def version(self) -> str | None:
        return _version(self.stamp)

    @property
    def size_bytes(self) -> int:
        return 0 if self.stamp is None else size_of(self.stamp)

    def read(self) -> BookmarkStates:
        """Raises `error`, and what `read_bookmarks` raises."""
        if self.error is not None:
            raise self.error
        return read_bookmarks(self.path, self.file, self.stamp or MISSING)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "file": self.file,
            "version": self.version,
            "bytes": self.size_bytes,
            "configured": self.configured,
            "replaceable": self.replaceable,
        }


class RunBookmarks:
    """The bookmarks of one embedding of one run; `saving` is held while a file is compared and replaced."""

    def __init__(
        self, policy: PathPolicy, run: Run, embedding: str, named: NamedBookmarks | None, saving: threading.Lock
    ) -> None:
        self._policy, self._run, self._embedding = policy, run, embedding
        self._named, self._saving = named, saving

    @property
    def has_directory(self) -> bool:
        """Whether the run has a directory to save into."""
        return bool(self._run.homes)

    def files(self) -> tuple[list[BookmarkFile], int]:
        """The file that the config names, then those of each `bookmarks/` by name, and how many more there are.

        Never raises because of a file.
        """
        found = list(self._configured())
        seen = {os.path.realpath(file.path) for file in found}
        beside = [path for home in self._run.homes for path in self._beside(os.path.join(home, _DIRECTORY))]
        others = [path for path in beside if os.path.realpath(path) not in seen]
        room = limits.BOOKMARK_FILES - len(found)
        return found + [self._describe(path) for path in others[:room]], len(others[room:])

    def save(self, name: str, content: bytes, version: str | None) -> BookmarkFile:
        """Writes one file atomically, replacing the one of that `version` (None: there is no file yet).

        Raises StaleError when the file on disk is not of `version`, DataError when the directory cannot be written.
        """
        path = self._path_of(name)
        with self._saving:
            self._check_version(path, version)
            if version is None and len(_json_files(os.path.dirname(path), self._policy)) >= limits.BOOKMARK_FILES:
                raise _too_many(self._policy.display(os.path.dirname(path)))
            with self._writing(path) as pinned, open_atomically(pinned) as file:
                file.write(content)
            return self._describe(path)

    def remove(self, name: str, version: str) -> str:
        """Removes the file of that version; returns its display path. Raises as `save`."""
        path = self._path_of(name)
        with self._saving:
            self._check_version(path, version)
            with self._writing(path) as pinned:
                os.remove(pinned)
        return self._policy.display(path)

    @contextmanager
    def _writing(self, path: str) -> Iterator[str]:
        """The file by the very directories that were found to be in the logdir. Raises DataError instead of OSError."""
        directory, name = os.path.split(path)
        home, below = os.path.split(directory)
        try:
            with pinned_directory(home, self._policy.contains) as pinned_home:
                beside = os.path.join(pinned_home, below)
                if not os.path.isdir(beside):
                    os.mkdir(beside)
                with pinned_directory(beside, self._policy.contains) as pinned:
                    yield os.path.join(pinned, name)
        except OSError as error:
            raise self._unwritable(path, error) from error

    def _beside(self, directory: str) -> list[str]:
        """The files of a directory; the directory itself, to be refused by name, if it is a link that leads out."""
        return _json_files(directory, self._policy) if self._policy.contains(directory) else [directory]

    def _configured(self) -> Iterator[BookmarkFile]:
        named = self._named
        if named is None:
            return
        try:
            path = self._policy.resolve(named.written, self._run.directories[-1], named.config_directory)
            if not os.path.isfile(path):
                display, field_name = self._policy.display(path), "bookmarks_path"
                raise no_such_file(path, display, named.written, field_name, named.config_file)
            yield self._describe(path, configured=True)
        except ProjectorError as error:
            name = as_text(named.written.replace("\\", "/")).rpartition("/")[2].removesuffix(_ENDING)
            file = error.file or named.config_file
            yield BookmarkFile(name, "", file, None, configured=True, replaceable=False, error=error)

    def _describe(self, path: str, *, configured: bool = False) -> BookmarkFile:
        display = self._policy.display(path)
        name = as_text(os.path.basename(path)).removesuffix(_ENDING)
        error = None if self._policy.contains(path) else link_refusal(display)
        return BookmarkFile(
            name=name,
            path=path,
            file=display,
            stamp=read_stamp(path, self._policy.contains),
            configured=configured,
            replaceable=error is None and os.path.realpath(path) == self._own_path(name),
            error=error,
        )

    def _own_path(self, name: str) -> str | None:
        """Where `save` writes the bookmark `name`; None for an invalid name."""
        try:
            own = os.path.join(self._run.homes[0], _DIRECTORY, make_file_name(name) + _ENDING)
            return os.path.realpath(own)
        except ProjectorError:
            return None

    def _path_of(self, name: str) -> str:
        """The same, inside the logdir after links are resolved.

        Raises BadParameterError, ForbiddenError, NotFoundError, StaleError.
        """
        if not self._run.homes:
            raise NotFoundError(f"The run {self._run.name!r} lies in no directory.", "Download the bookmarks instead.")
        home = self._run.homes[0]
        path = os.path.join(home, _DIRECTORY, make_file_name(name) + _ENDING)
        if not os.path.isdir(home):
            raise StaleError(f"{self._policy.display(home)} is no longer there.", "Ask /runs again.")
        if not self._policy.contains(path):
            raise link_refusal(self._policy.display(path))
        return path

    def _check_version(self, path: str, version: str | None) -> None:
        current = _version(read_stamp(path, self._policy.contains))
        if current == version:
            return
        file = self._policy.display(path)
        if version is None:
            message = f"{file} is there already, and the version to be replaced was not named."
        else:
            change = "was removed" if current is None else "was saved again"
            message = f"{file} {change} since version {version[:32]!r}."
        raise StaleError(
            message, "Look at the list again, then save under another name or replace what is there.", file=file
        )

    def _unwritable(self, path: str, error: OSError) -> DataError:
        directory, file = os.path.dirname(path), self._policy.display(path)
        if os.path.exists(directory) and not os.path.isdir(directory):
            folder = self._policy.display(directory)
            return DataError(
                f"{file} could not be written: {folder} is a file, not a folder.",
                f"Rename {folder}, or download the bookmarks instead.",
                file=folder,
            )
        return DataError(
            f"{file} could not be written: {error.strerror or error}.",
            "Give TensorBoard's user the right to write there, or download the bookmarks instead.",
            file=file,
        )


def _version(stamp: Stamp | None) -> str | None:
    return None if stamp is None else version_of(stamp)


def _json_files(directory: str, policy: PathPolicy) -> list[str]:
    """Sorted by name, without names that begin with a dot: hidden files, or files being written."""
    try:
        names = sorted(entry.name for entry in os.scandir(directory) if _is_listed(entry, policy))
    except OSError:
        return []
    return [os.path.join(directory, name) for name in names]


def _is_listed(entry: os.DirEntry[str], policy: PathPolicy) -> bool:
    return entry.name.endswith(_ENDING) and not entry.name.startswith(".") and policy.has_file(entry.path)


def _too_many(directory: str) -> LimitError:
    return LimitError(
        f"{directory} holds {limits.BOOKMARK_FILES} files already, the maximum.",
        "Remove some of them, or save several views in one.",
        file=directory,
    )
