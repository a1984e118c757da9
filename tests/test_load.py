"""Clients, jobs and slow readers at once are all answered as documented; `make load` does it for an hour with 64."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOAD = Path(__file__).resolve().parent / "load/load.py"


def test_many_clients_are_all_answered(tmp_path: Path) -> None:
    command = [sys.executable, str(LOAD), "--minutes", "0.1", "--clients", "12", "--jobs", "10", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 faults" in done.stdout
