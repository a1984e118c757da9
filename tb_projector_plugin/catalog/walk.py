"""Walks the logdir: which directories are runs, and signatures that show that one of them changed.

Directory links are followed, as in TensorBoard, but only inside the logdir and the allowed directories; a directory
that a link leads back to is entered once.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from tb_projector_plugin import limits
from tb_projector_plugin.config import ASSETS_DIR, CONFIG_NAME
from tb_projector_plugin.errors import DataError, LimitError, Problem, could_not_read
from tb_projector_plugin.paths import LogRoot, PathPolicy, as_text, link_refusal

_PLUGINS = ASSETS_DIR.partition(os.sep)[0]

#: Path, kind (`stat.S_IFMT`), size, inode and time of what makes a directory a run, and of the directory itself.
Signature = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True)
class RunDirectory:
    """A directory that holds a config or checkpoints. `path` is as walked, links not resolved."""

    name: str
    path: str
    signature: Signature

    @property
    def odd_marks(self) -> list[tuple[str, int]]:
        """Path and kind of what makes it a run by its name, but is not a file."""
        marks = [(path, kind) for path, kind, _, _, _ in self.signature if path != self.path]
        return [(path, kind) for path, kind in marks if not stat.S_ISREG(kind)]

    @property
    def parsed_bytes(self) -> int:
        """Bytes of the files that are parsed whole; reading the run takes about as long as they are large."""
        return sum(size for path, _, size, _, _ in self.signature if _is_parsed(os.path.basename(path)))


@dataclass
class Walk:
    """The result of one walk."""

    runs: list[RunDirectory] = field(default_factory=list)
    directories: int = 0
    problems: list[Problem] = field(default_factory=list)


def walk_roots(policy: PathPolicy) -> Walk:
    """Walks every root. Never raises for what it finds: an unreadable directory is reported and skipped."""
    walk = Walk()
    for root in policy.roots:
        if root.is_remote:
            walk.problems.append(_remote_problem())
        else:
            _walk_root(root, policy, walk)
    return walk


def _walk_root(root: LogRoot, policy: PathPolicy, walk: Walk) -> None:
    pending, seen = [root.path], set[tuple[int, int]]()
    while pending:
        path = pending.pop()
        if walk.directories >= limits.LOGDIR_DIRECTORIES:
            walk.problems.append(_too_many(policy.display(root.path)))
            return
        identity = _identity(path)
        if identity is None or identity in seen:
            continue
        seen.add(identity)
        walk.directories += 1
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            walk.problems.append(_unreadable(policy.display(path), error))
            continue
        _add_run(root, path, entries, policy, walk)
        pending += reversed(list(_subdirectories(entries, policy, walk)))


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _subdirectories(entries: list[os.DirEntry[str]], policy: PathPolicy, walk: Walk) -> Iterator[str]:
    for entry in entries:
        if not _is_dir(entry):
            continue
        if entry.is_symlink() and not policy.contains(entry.path):
            walk.problems.append(link_refusal(policy.display(entry.path)).to_problem(level="warning"))
            continue
        yield entry.path


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _add_run(root: LogRoot, path: str, entries: list[os.DirEntry[str]], policy: PathPolicy, walk: Walk) -> None:
    if path.endswith(os.sep + ASSETS_DIR):
        return  # It belongs to the parent run, which reads it.
    marks = [entry for entry in entries if _marks_run(entry.name)]
    assets = os.path.join(path, ASSETS_DIR, CONFIG_NAME)
    if marks or (any(entry.name == _PLUGINS for entry in entries) and policy.has_file(assets)):
        signature = (*_stamps([path, assets]), *_stamps([entry.path for entry in marks]))
        walk.runs.append(RunDirectory(_run_name(root, path), path, signature))


def _marks_run(name: str) -> bool:
    return name in (CONFIG_NAME, "checkpoint") or name.endswith((".index", ".meta")) or ".data-0" in name or _old(name)


def _is_parsed(name: str) -> bool:
    return name in (CONFIG_NAME, "checkpoint") or name.endswith(".index")


def _old(name: str) -> bool:
    """V1 checkpoints are single files; they count, so that they are reported as unreadable."""
    return name.endswith(".ckpt") or ".ckpt-" in name


def _stamps(paths: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        yield path, stat.S_IFMT(status.st_mode), status.st_size, status.st_ino, status.st_mtime_ns


def _run_name(root: LogRoot, path: str) -> str:
    """TensorBoard's name: relative to the root, "." for the root itself, after the name from --logdir_spec."""
    relative = as_text(os.path.relpath(path, root.path))
    return f"{root.name}/{relative}" if root.name else relative


def _remote_problem() -> Problem:
    return DataError(
        "The logdir is on a remote file system; only local directories are read.",
        "Copy the run to this machine and start TensorBoard with --logdir on the copy.",
    ).to_problem()


def _too_many(file: str) -> Problem:
    return LimitError(
        f"The logdir has more than {limits.LOGDIR_DIRECTORIES:,} directories; the rest was not looked at.",
        "Start TensorBoard with --logdir on a directory further down.",
        file=file,
    ).to_problem(level="warning")


def _unreadable(file: str, error: OSError) -> Problem:
    return DataError(
        could_not_read(f"The directory {file}", error),
        "Give this user the right to read it, or leave it out of the logdir.",
        file=file,
    ).to_problem(level="warning")
