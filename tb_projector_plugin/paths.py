"""Resolves the paths in a config, and ensures that they stay inside the logdir.

A config is written on one machine and read on another, by hand or by a tool, so each plausible meaning of a path is
tried. In every case, the target (symbolic links followed) is inside a log root or a directory named by
`--embeddings_allow_paths`, and no message quotes a path outside of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, ForbiddenError

_ALLOW_FLAG = "--embeddings_allow_paths"

_LOG_DIR = re.compile(r"(?:\$\{LOG_?DIR\}|\$LOG_?DIR(?![A-Za-z0-9_])|%LOG_?DIR%)[/\\]*", re.IGNORECASE)
_URL = re.compile(r"[a-zA-Z][0-9a-zA-Z.+-]*://")
_DRIVE = re.compile(r"[a-zA-Z]:[/\\]")


@dataclass(frozen=True)
class LogRoot:
    """One directory of --logdir or --logdir_spec: absolute, resolved; `name` prefixes its runs, may be ""."""

    path: str
    name: str = ""

    @property
    def is_remote(self) -> bool:
        return _is_url(self.path)


@dataclass(frozen=True)
class Located:
    """The target of a written path. `moved`: matched by its last parts, not at the path as written."""

    path: str
    moved: bool


@dataclass(frozen=True)
class PathPolicy:
    """Which directories may be read; `as_given` are their absolute paths as the flags have them, links and all."""

    roots: tuple[LogRoot, ...]
    allow_outside: tuple[str, ...] = ()
    as_given: tuple[str, ...] = ()

    def resolve(self, written: str, run_dir: str, config_dir: str) -> str:
        """The file that `written` refers to, with symbolic links followed; it need not exist.

        Raises ForbiddenError if it leaves the logdir, DataError if it is not a local path.
        """
        return self.locate(written, run_dir, config_dir).path

    def locate(
        self, written: str, run_dir: str, config_dir: str, exists: Callable[[str], bool] = os.path.exists
    ) -> Located:
        """The same, and whether it was moved; `exists` decides what counts as existing (a checkpoint's prefix)."""
        _check_written(written)
        candidates = map(self._resolve_inside, self._candidates(written, run_dir, config_dir))
        inside = [path for path in candidates if path is not None]
        found = next((path for path in inside if exists(path)), None)
        if found is not None:
            return Located(found, moved=False)
        moved = self._find_moved(written, run_dir, config_dir, exists)
        if moved is not None:
            return Located(moved, moved=True)
        if not inside or not self.contains(os.path.join(config_dir, written.replace("\\", "/"))):
            raise _refusal(written)
        return Located(inside[0], moved=False)

    def contains(self, path: str) -> bool:
        """Whether `path`, symbolic links followed, is in a log root or an allowed directory."""
        return self._resolve_inside(path) is not None

    def has_file(self, path: str) -> bool:
        """Whether `path` names a file. A link that leads out counts as one: whether its target exists must not show."""
        return os.path.isfile(path) or not self.contains(path)

    def display(self, path: str) -> str:
        """`path` for display: relative to its root, with "/"; the name alone if it is outside."""
        for root in self.roots:
            for candidate in (os.path.abspath(path), os.path.realpath(path)):
                if _is_below(candidate, root.path):
                    return as_text(os.path.join(root.name, os.path.relpath(candidate, root.path)))
        return as_text(os.path.basename(path))

    def _resolve_inside(self, path: str) -> str | None:
        """`path` with symbolic links followed, or None if it leads outside.

        What lies outside as it is written is not looked at, not even for links: the result would reveal what is there.
        """
        path = os.path.normpath(path)
        directories = tuple(self._directories())
        if not any(_is_below(path, directory) for directory in (*directories, *self.as_given)):
            return None
        real = os.path.realpath(path)
        return real if any(_is_below(real, directory) for directory in directories) else None

    def _directories(self) -> Iterator[str]:
        yield from (root.path for root in self.roots if not root.is_remote)
        yield from (os.path.realpath(os.path.expanduser(path)) for path in self.allow_outside)

    def _bases(self, run_dir: str, config_dir: str, *, is_bare: bool = False) -> list[str]:
        """Directories that a relative path may start from, likeliest first.

        A bare name is a file of the run: a file of that name in the logdir's root is unrelated or another run's.
        """
        roots = [root.path for root in self.roots if _is_below(run_dir, root.path) and not is_bare]
        return list(dict.fromkeys((config_dir, run_dir, *roots)))

    def _candidates(self, written: str, run_dir: str, config_dir: str) -> list[str]:
        """Possible meanings of `written`, likeliest first."""
        prefix = _LOG_DIR.match(written)
        if prefix is not None:
            rest = written[prefix.end() :].replace("\\", "/")
            return [os.path.join(base, rest) for base in dict.fromkeys((run_dir, *self._bases(run_dir, config_dir)))]
        is_bare = _is_bare(written)
        bases = self._bases(run_dir, config_dir, is_bare=is_bare)
        expanded = os.path.expanduser(written)
        if _is_absolute(expanded):
            return [expanded]
        spellings = dict.fromkeys((expanded, expanded.replace("\\", "/")))
        candidates = [os.path.join(base, spelling) for spelling in spellings for base in bases]
        # TensorFlow reads model_checkpoint_path relative to the directory in which it was started.
        from_start = [] if is_bare else map(os.path.abspath, spellings)
        return candidates + [path for path in from_start if self.contains(path)]

    def _find_moved(self, written: str, run_dir: str, config_dir: str, exists: Callable[[str], bool]) -> str | None:
        """For a logdir that was moved or copied: the longest tail of `written` that exists inside it.

        Longest first, because a shorter tail is likelier to match an unrelated file of the same name.
        """
        parts = _parts(_LOG_DIR.sub("", written))
        for start in range(len(parts)):
            for base in self._bases(run_dir, config_dir, is_bare=start + 1 == len(parts)):
                if start + 1 < len(parts) and not os.path.isdir(os.path.join(base, parts[start])):
                    continue  # One check instead of one per part: all that follows is in this directory.
                candidate = self._resolve_inside(os.path.join(base, *parts[start:]))
                if candidate is not None and exists(candidate):
                    return candidate
        return None


def _is_bare(written: str) -> bool:
    """Whether it is a name without a directory, however it is written; `..` and `~` are directories."""
    name = os.path.normpath(written.replace("\\", "/"))
    return "/" not in name and name not in (".", "..") and not name.startswith("~")


def _parts(written: str) -> list[str]:
    """The names in a path, without empty parts, `.`, `..` and `~`."""
    return [part for part in re.split(r"[/\\]+", written) if part not in ("", ".", "..", "~")]


def _refusal(written: str) -> ForbiddenError:
    return ForbiddenError(
        f"The path {quote_written(written)} leads out of the logdir; only files inside of it are read.",
        f"Copy the file into the logdir and correct the path, or start TensorBoard with {_ALLOW_FLAG}=<its folder>.",
    )


def link_refusal(file: str) -> ForbiddenError:
    """The error for a file found in the logdir whose target is outside."""
    return ForbiddenError(
        f"The link {file} leads out of the logdir and was not followed.",
        f"Move its target into the logdir, or start TensorBoard with {_ALLOW_FLAG}=<the target>.",
        file=file,
    )


def _is_url(path: str) -> bool:
    """Whether `path` names a remote file system, such as gs://bucket/run."""
    return _URL.match(path) is not None


def quote_written(written: str) -> str:
    """A written path for messages: only the last part of an absolute one, so that nothing outside is revealed."""
    if not is_relative(written):
        return repr("…/" + re.split(r"[/\\]+", written.rstrip("/\\"))[-1])
    return repr(written)


def is_relative(written: str) -> bool:
    return not (_is_absolute(written) or _is_url(written) or written.startswith("~"))


def _check_written(written: str) -> None:
    if _is_url(written):
        raise DataError(
            f"The path {quote_written(written)} is on a remote file system; a local file is expected.",
            "Copy the file into the logdir and write its path relative to projector_config.pbtxt.",
        )
    if "\0" in written or not written.strip():
        raise DataError(
            f"The path {written!r} is not one.",
            "Write a path relative to projector_config.pbtxt, with / between names.",
        )
    size, parts = len(written.encode("utf-8", "surrogatepass")), len(re.split(r"[/\\]+", written))
    if size > limits.PATH_BYTES or parts > limits.PATH_PARTS:
        raise DataError(
            f"The path {written[:40]!r}… has {size:,} bytes and {parts:,} names; "
            f"at most {limits.PATH_BYTES:,} and {limits.PATH_PARTS} are expected.",
            "Write a path relative to projector_config.pbtxt.",
        )


def _is_absolute(path: str) -> bool:
    return os.path.isabs(path) or _DRIVE.match(path) is not None or path.startswith("\\\\")


def _is_below(path: str, directory: str) -> bool:
    return path == directory or path.startswith(os.path.join(directory, ""))


def as_text(path: str) -> str:
    """A path for display and JSON: with "/", and each byte that is not UTF-8 as a hexadecimal escape."""
    return os.fsencode(os.path.normpath(path)).decode("utf-8", "backslashreplace").replace(os.sep, "/")
