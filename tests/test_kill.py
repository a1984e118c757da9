"""Writers that are killed at random moments lose nothing that they acknowledged; `make kill` kills two hundred."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

KILL = Path(__file__).resolve().parent / "kill"
TIMES = 20
KINDS = ("add_embedding", "visualize_embeddings", "callback")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are of POSIX")


@pytest.mark.parametrize(("times", "options"), [(TIMES, ()), (3, ("--fit", "jax"))])
def test_killed_writers_lose_nothing_and_show_nothing_in_part(
    tmp_path: Path, times: int, options: Sequence[str]
) -> None:
    command = [sys.executable, str(KILL / "kill.py"), "--times", str(times), "--seed", "1", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{times} kills" in done.stdout


def flip_a_bit(logdir: Path) -> None:
    (path,) = logdir.glob("*/add_embedding/tensors.bytes")
    numbers = np.fromfile(path, np.uint8)
    numbers[5] ^= 1
    numbers.tofile(path)


def forget_an_entry(logdir: Path) -> None:
    config = logdir / "projector_config.pbtxt"
    config.write_text(config.read_text().replace("callback:00007", "other:00007"))


def cut_labels_short(logdir: Path) -> None:
    (path,) = logdir.glob("visualize_embeddings-7.tsv")
    path.write_text(path.read_text()[:-3])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (None, "3 embeddings listed, 0 faults"),
        (flip_a_bit, "other vectors: add_embedding, step 7"),
        (forget_an_entry, "lost: callback, step 7"),
        (cut_labels_short, "other labels: visualize_embeddings, step 7"),
    ],
)
def test_the_check_sees_what_is_lost_or_false(
    tmp_path: Path,
    damage: Callable[[Path], None] | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.syspath_prepend(str(KILL))
    import check_logdir
    from writing import WRITERS

    for kind in KINDS:
        WRITERS[kind](tmp_path, kind, 7)
    if damage is not None:
        damage(tmp_path)
    status = check_logdir.main(tmp_path, {(kind, 7) for kind in KINDS})
    assert said in capsys.readouterr().out
    assert status == int(damage is not None)
