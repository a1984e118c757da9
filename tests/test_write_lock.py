"""Several processes writing to one logdir: nothing is lost, no writer waits for a dead one, and readers never wait."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import numpy as np
import pytest

from tb_projector_plugin import limits, projector
from tb_projector_plugin.config import CONFIG_NAME, read_config
from tb_projector_plugin.errors import LimitError
from tb_projector_plugin.write_lock import open_write_lock

PROCESSES, EACH = 3, 40
TIMEOUT_S = 120
#: The user «nobody» of Linux: only its being another one than root matters.
NOBODY = 65534
WRITER = """
import sys, numpy as np
from tb_projector_plugin import projector
logdir, writer, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
for number in range(count):
    projector.add_embedding(logdir, np.eye(3) * number, name=f"{writer}_{number}")
"""
HOLDER = """
import sys
from tb_projector_plugin.write_lock import open_write_lock
with open_write_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def names_of(logdir: Path) -> list[str]:
    return [entry.tensor_name for entry in read_config(str(logdir / CONFIG_NAME), CONFIG_NAME).embeddings]


def start(program: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(sys.executable).parent)


@contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that holds the lock until it is killed."""
    with start(HOLDER, path) as process:
        try:
            assert process.stdout.readline() == b"held\n"
            yield process
        finally:
            process.kill()


def test_three_processes_lose_none_of_their_embeddings(tmp_path: Path) -> None:
    writers = [start(WRITER, tmp_path, f"w{number}", EACH) for number in range(PROCESSES)]
    for writer in writers:  # All of them start together.
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    assert [writer.wait(TIMEOUT_S) for writer in writers] == [0] * PROCESSES
    for writer in writers:
        writer.stdin.close()
        writer.stdout.close()
    assert sorted(names_of(tmp_path)) == sorted(f"w{k}_{n}:00000" for k in range(PROCESSES) for n in range(EACH))


def test_threads_lose_none(tmp_path: Path) -> None:
    def write(name: str) -> None:
        for step in range(10):
            projector.add_embedding(tmp_path, np.eye(3), name=name, step=step)

    threads = [threading.Thread(target=write, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT_S)
    assert len(names_of(tmp_path)) == 40


def test_who_holds_it_too_long_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WRITE_LOCK_S", 0.1)
    projector.add_embedding(tmp_path, np.eye(3), name="before")
    with held_by_another(tmp_path / CONFIG_NAME):
        with pytest.raises(LimitError, match=r"Another process has been writing projector_config\.pbtxt for 0\.1 s"):
            projector.visualize_embeddings(tmp_path, projector.ProjectorConfig())
        assert names_of(tmp_path) == ["before:00000"], "readers do not wait"


def test_one_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with held_by_another(tmp_path / CONFIG_NAME) as process:
        process.kill()
        process.wait(TIMEOUT_S)
    projector.add_embedding(tmp_path, np.eye(3))
    assert names_of(tmp_path) == ["embedding:00000"]


def test_the_lock_is_one_empty_file_that_starts_with_a_dot(tmp_path: Path) -> None:
    projector.visualize_embeddings(tmp_path, projector.ProjectorConfig())
    lock = tmp_path / f".{CONFIG_NAME}.lock"
    assert sorted(tmp_path.iterdir()) == [lock, tmp_path / CONFIG_NAME]
    assert lock.stat().st_size == 0


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EACCES])
def test_without_locks_it_is_written_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """As on some network and user-space file systems."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    with pytest.warns(UserWarning, match=f"without a lock .*{os.strerror(number)}"):
        projector.add_embedding(tmp_path, np.eye(3))
    assert names_of(tmp_path) == ["embedding:00000"]


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX only")
def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    logdir = tmp_path / "logs"
    logdir.mkdir()
    (logdir / f".{CONFIG_NAME}.lock").symlink_to(victim)
    with pytest.warns(UserWarning, match="without a lock"):
        projector.add_embedding(logdir, np.eye(3))
    assert victim.read_text() == "precious"


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_a_folder_that_may_not_be_written_is_said_once(tmp_path: Path) -> None:
    config = projector.ProjectorConfig()
    projector.visualize_embeddings(tmp_path, config)  # What it imports may not be readable for another user.
    with tempfile.TemporaryDirectory() as folder:
        with _as_user_without_rights(folder), pytest.raises(PermissionError):
            projector.visualize_embeddings(folder, config)
        assert os.listdir(folder) == []


@contextmanager
def _as_user_without_rights(folder: str) -> Iterator[None]:
    """The folder may be read only. Root may write everywhere, and so becomes another user."""
    before = os.stat(folder)
    is_root = os.geteuid() == 0
    os.chmod(folder, 0o500)
    if is_root:
        os.chown(folder, NOBODY, -1)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
            os.chown(folder, before.st_uid, -1)
        os.chmod(folder, before.st_mode)


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_who_may_write_into_the_directory_may_lock(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    with open_write_lock(str(tmp_path / "file")):
        assert (tmp_path / ".file.lock").stat().st_mode & 0o777 == 0o664


def test_entries_without_names_all_stay(tmp_path: Path) -> None:
    """As in TensorFlow's own function, which writes the message unchanged."""
    config = projector.ProjectorConfig()
    for name in ("a", "b"):
        config.embeddings.add(metadata_path=f"{name}.tsv")
        config.embeddings.add(tensor_path=f"{name}/vectors.tsv")
    projector.visualize_embeddings(tmp_path, config)
    projector.visualize_embeddings(tmp_path, config)  # The script runs again.
    entries = read_config(str(tmp_path / CONFIG_NAME), CONFIG_NAME).embeddings
    assert [(entry.metadata_path, entry.tensor_path) for entry in entries] == [
        ("a.tsv", ""),
        ("", "a/vectors.tsv"),
        ("b.tsv", ""),
        ("", "b/vectors.tsv"),
    ]
