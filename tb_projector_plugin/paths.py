"""Every path that a config names: where it may mean, and that it stays inside the logdir.

A config is written on one machine and read on another, by hand or by a tool, so a path is tried in the ways people mean
it. Whatever the way, what it leads to (symbolic links followed) lies inside a log root or a directory that
`--embeddings_allow_paths` names, and no message quotes a path outside of them.
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
#: A name without a directory; «..» and «~» are directories.
_BARE_NAME = re.compile(r"(?:\.[/\\]+)*(?!\.\.?$|~)[^/\\]+")


@dataclass(frozen=True)
class LogRoot:
    """One directory that --logdir or --logdir_spec names: absolute, resolved; `name` prefixes its runs, may be ""."""

    path: str
    name: str = ""

    @property
    def is_remote(self) -> bool:
        return _is_url(self.path)


@dataclass(frozen=True)
class Located:
    """Where a written path leads. `moved`: found by its last parts, not where it says."""

    path: str
    moved: bool


@dataclass(frozen=True)
class PathPolicy:
    """Which directories may be read."""

    roots: tuple[LogRoot, ...]
    allow_outside: tuple[str, ...] = ()

    def resolve(self, written: str, run_dir: str, config_dir: str) -> str:
        """The file that `written` means, with symbolic links followed; it need not exist.

        Raises ForbiddenError when it leaves the logdir, DataError for what is no local path.
        """
        return self.locate(written, run_dir, config_dir).path

    def locate(
        self, written: str, run_dir: str, config_dir: str, exists: Callable[[str], bool] = os.path.exists
    ) -> Located:
        """The same, and whether it was found elsewhere; `exists` says what counts as there (a checkpoint's prefix)."""
        _check_written(written)
        candidates = [os.path.realpath(path) for path in self._candidates(written, run_dir, config_dir)]
        inside = [path for path in candidates if self.contains(path)]
        found = next((path for path in inside if exists(path)), None)
        if found is not None:
            return Located(found, moved=False)
        # Of what lies outside nothing is asked: whether it is there would show in what is found instead.
        moved = self._find_moved(written, run_dir, config_dir, exists)
        if moved is not None:
            return Located(moved, moved=True)
        if not inside or not self.contains(os.path.join(config_dir, written.replace("\\", "/"))):
            raise _refusal(written)
        return Located(inside[0], moved=False)

    def contains(self, path: str) -> bool:
        """Whether `path`, symbolic links followed, lies in a log root or an allowed directory."""
        real = os.path.realpath(path)
        return any(_is_below(real, directory) for directory in self._directories())

    def display(self, path: str) -> str:
        """`path` as people see it: relative to its root, with "/"; the name alone when it is outside."""
        for root in self.roots:
            for candidate in (os.path.abspath(path), os.path.realpath(path)):
                if _is_below(candidate, root.path):
                    return as_text(os.path.join(root.name, os.path.relpath(candidate, root.path)))
        return as_text(os.path.basename(path))

    def _directories(self) -> Iterator[str]:
        yield from (root.path for root in self.roots if not root.is_remote)
        yield from (os.path.realpath(os.path.expanduser(path)) for path in self.allow_outside)

    def _bases(self, run_dir: str, config_dir: str, *, is_bare: bool = False) -> list[str]:
        """The directories that a relative path may start from, likeliest first.

        A bare name means a file of the run: one of that name in the logdir's root is another run's, or nobody's.
        """
        roots = [root.path for root in self.roots if _is_below(run_dir, root.path) and not is_bare]
        return list(dict.fromkeys((config_dir, run_dir, *roots)))

    def _candidates(self, written: str, run_dir: str, config_dir: str) -> list[str]:
        """What `written` may mean, likeliest first."""
        prefix = _LOG_DIR.match(written)
        if prefix is not None:
            rest = written[prefix.end() :].replace("\\", "/")
            return [os.path.join(base, rest) for base in dict.fromkeys((run_dir, *self._bases(run_dir, config_dir)))]
        is_bare = _BARE_NAME.fullmatch(written) is not None
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
        """The logdir was moved or copied: the longest tail of `written` that leads to something inside of it.

        Longest first, because a shorter tail is likelier to meet a file of the same name that is another one.
        """
        parts = _parts(_LOG_DIR.sub("", written))
        for start in range(len(parts)):
            for base in self._bases(run_dir, config_dir, is_bare=start + 1 == len(parts)):
                if start + 1 < len(parts) and not os.path.isdir(os.path.join(base, parts[start])):
                    continue  # One look instead of one for each part: what follows lies in this directory.
                candidate = os.path.realpath(os.path.join(base, *parts[start:]))
                if self.contains(candidate) and exists(candidate):
                    return candidate
        return None


def _parts(written: str) -> list[str]:
    """The names in a path, without what leads up or nowhere."""
    return [part for part in re.split(r"[/\\]+", written) if part not in ("", ".", "..", "~")]


def _refusal(written: str) -> ForbiddenError:
    return ForbiddenError(
        f"The path {quote_written(written)} leads out of the logdir; only files inside of it are read.",
        f"Copy the file into the logdir and correct the path, or start TensorBoard with {_ALLOW_FLAG}=<its folder>.",
    )


def link_refusal(file: str) -> ForbiddenError:
    """What was found in the logdir but lies elsewhere."""
    return ForbiddenError(
        f"The link {file} leads out of the logdir and was not followed.",
        f"Move its target into the logdir, or start TensorBoard with {_ALLOW_FLAG}=<the target>.",
        file=file,
    )


def _is_url(path: str) -> bool:
    """Whether `path` names a remote file system, such as gs://bucket/run."""
    return _URL.match(path) is not None


def quote_written(written: str) -> str:
    """A written path for a message: an absolute one keeps its last part only, so that nothing outside is told."""
    if _is_absolute(written) or _is_url(written) or written.startswith("~"):
        return repr("…/" + re.split(r"[/\\]+", written.rstrip("/\\"))[-1])
    return repr(written)


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
    """A path as people and JSON can have it: with "/", and a byte that is not UTF-8 as its hexadecimal number."""
    return os.fsencode(os.path.normpath(path)).decode("utf-8", "backslashreplace").replace(os.sep, "/")
