"""Files that killed writers leave in a logdir: the next write removes those of a day ago, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tb_projector_plugin import limits, writer
from tb_projector_plugin.atomic_file import open_atomically

VECTORS = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
#: Kills itself at the moment given by its second argument.
KILLED = """
import os, signal, sys, numpy as np
from tb_projector_plugin import atomic_file, writer
from tb_projector_plugin.writer import steps
def die(*arguments, **options): os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "renaming":
    atomic_file.os.replace = die
elif sys.argv[2] == "listing":
    steps.update_config = die
elif sys.argv[2] == "removing":
    writer.write_step(sys.argv[1], "a", 1, np.eye(3))
    steps.clear_folder = die
    writer.remove_step(sys.argv[1], "a", 1)
writer.write_step(sys.argv[1], "a", 1, np.eye(3), metadata=list("xyz"))
"""


def kill_while(logdir: Path, moment: str) -> None:
    command = [sys.executable, "-c", KILLED, str(logdir), moment]
    done = subprocess.run(command, cwd=Path(sys.executable).parent, check=False)
    assert done.returncode == -signal.SIGKILL


def age(logdir: Path, seconds: float) -> None:
    then = time.time() - seconds
    for path in [logdir, *logdir.rglob("*")]:
        os.utime(path, (then, then), follow_symlinks=False)


def files(logdir: Path) -> list[str]:
    found = (path for path in logdir.rglob("*") if path.is_file() and path.suffix != ".lock")
    return sorted(str(path.relative_to(logdir)) for path in found)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize("moment", ["renaming", "listing", "removing"])
def test_a_killed_writers_step_goes_after_a_day(tmp_path: Path, moment: str) -> None:
    kill_while(tmp_path, moment)
    assert [path for path in files(tmp_path) if path.startswith("00001/a/")]
    writer.write_step(str(tmp_path), "a", 2, VECTORS)
    assert (tmp_path / "00001").exists(), "it may be at work still"
    age(tmp_path, limits.UNFINISHED_S + 60)
    writer.write_step(str(tmp_path), "b", 3, VECTORS)
    assert (tmp_path / "00001").exists(), "it belongs to another embedding"
    writer.write_step(str(tmp_path), "a", 3, VECTORS)
    assert files(tmp_path) == [
        "00002/a/tensors.bytes",
        "00003/a/tensors.bytes",
        "00003/b/tensors.bytes",
        "projector_config.pbtxt",
    ]
    assert not (tmp_path / "00001").exists()


def test_a_step_that_was_finished_stays_whoever_unlisted_it(tmp_path: Path) -> None:
    for step in (1, 2):
        writer.write_step(str(tmp_path), "a", step, VECTORS, metadata=list("wxyz"))
    (tmp_path / "projector_config.pbtxt").unlink()
    before = files(tmp_path)
    age(tmp_path, limits.UNFINISHED_S + 60)
    writer.write_step(str(tmp_path), "a", 3, VECTORS)
    assert set(before) < set(files(tmp_path))


def test_files_of_others_in_an_unfinished_folder_stay(tmp_path: Path) -> None:
    folder = tmp_path / "00001" / "a"
    folder.mkdir(parents=True)
    for name in (".unfinished", "tensors.bytes", "notes.txt", ".notes.txt.abcdefgh.tmp", ".tensors.bytes.abcdefgh.tmp"):
        (folder / name).write_text("")
    age(tmp_path, limits.UNFINISHED_S + 60)
    writer.write_step(str(tmp_path), "a", 2, VECTORS)
    assert sorted(path.name for path in folder.iterdir()) == [".notes.txt.abcdefgh.tmp", "notes.txt"]


def test_a_listed_step_keeps_its_files_and_loses_its_leftovers(tmp_path: Path) -> None:
    """Its writer was killed after the config listed it, or while it was rewritten."""
    writer.write_step(str(tmp_path), "a", 1, VECTORS, metadata=list("wxyz"))
    before = files(tmp_path)
    for name in (".unfinished", ".metadata.tsv.abcdefgh.tmp"):
        (tmp_path / "00001" / "a" / name).write_text("")
    age(tmp_path, limits.UNFINISHED_S + 60)
    writer.write_step(str(tmp_path), "a", 2, VECTORS)
    assert files(tmp_path) == sorted([*before, "00002/a/tensors.bytes"])


def test_one_that_is_being_written_for_long_stays(tmp_path: Path) -> None:
    """Its folder is old, but the file last written into it is not."""
    folder = tmp_path / "00001" / "a"
    folder.mkdir(parents=True)
    (folder / ".unfinished").write_text("")
    age(tmp_path, limits.UNFINISHED_S + 60)
    (folder / "tensors.bytes").write_bytes(b"new")
    writer.write_step(str(tmp_path), "a", 2, VECTORS)
    assert (folder / "tensors.bytes").exists()


@pytest.mark.parametrize("name", ["a/b", "..", "a.b", "ä ö"])
def test_names_that_no_folder_can_have(tmp_path: Path, name: str) -> None:
    writer.write_step(str(tmp_path), name, 1, VECTORS)
    (folder,) = (tmp_path / "00001").iterdir()
    writer.remove_step(str(tmp_path), name, 1)
    folder.mkdir(parents=True)
    (folder / ".unfinished").write_text("")
    age(tmp_path, limits.UNFINISHED_S + 60)
    writer.write_step(str(tmp_path), name, 2, VECTORS)
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX only")
def test_a_link_in_place_of_the_mark_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    folder = tmp_path / "logs" / "00001" / "a"
    folder.mkdir(parents=True)
    (folder / ".unfinished").symlink_to(victim)
    writer.write_step(str(tmp_path / "logs"), "a", 1, VECTORS)
    assert victim.read_text() == "precious"


def test_temporary_files_of_the_same_name_go_after_a_day(tmp_path: Path) -> None:
    ours, fresh = tmp_path / ".config.abcdefgh.tmp", tmp_path / ".config.stuvwxyz.tmp"
    others = [
        tmp_path / name for name in (".other.abcdefgh.tmp", "config.abcdefgh.tmp", ".config.tmp", ".config.abc.tmp")
    ]
    for path in (ours, *others):
        path.write_text("half")
    age(tmp_path, limits.UNFINISHED_S + 60)
    fresh.write_text("half")
    with open_atomically(str(tmp_path / "config")) as file:
        file.write(b"whole")
    assert not ours.exists()
    assert all(path.exists() for path in (fresh, *others))
