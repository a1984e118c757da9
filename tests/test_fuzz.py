"""Damaged inputs for every parser, the same ones in each run; `make fuzz` tries others for as long as asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).resolve().parent / "fuzz/fuzz.py"
#: Inputs for each parser, besides the corpus: together they take about ten seconds of processor time.
INPUTS = 100


def test_damaged_inputs_are_errors_with_a_fix_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, str(FUZZ), "--inputs", str(INPUTS), "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "16 parsers" in done.stdout, "each has its inputs"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("raise KeyError(data)", "KeyError"),
        ("while True: pass", "more than 1 s of processor time"),
        ("bytearray(1 << 40)", "MemoryError"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("raise BadParameterError('', '')", "no message or no fix"),
    ],
)
def test_a_fault_is_found_and_its_input_is_kept(tmp_path: Path, fault: str, said: str) -> None:
    """One fault of each kind that a parser can have."""
    (tmp_path / "broken.py").write_text(_BROKEN.format(fault=fault))
    command = [sys.executable, str(FUZZ), "--inputs", "20", "--seed", "1", "--corpus", str(tmp_path / "corpus")]
    command += ["--module", str(tmp_path / "broken.py"), "--cpu-seconds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout, done.stdout
    (kept,) = (tmp_path / "corpus/broken").iterdir()
    assert kept.read_bytes() == b"bad"


_BROKEN = """
import os, signal
from hypothesis import strategies as st
from targets import Target
from tb_projector_plugin.errors import BadParameterError

def parse(folder, data):
    if data == b"bad":
        {fault}

TARGETS = {{"broken": Target(parse, lambda: st.sampled_from([b"good", b"bad"]))}}
"""
