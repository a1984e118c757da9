"""A copy of the installed package that a test may add files to, and programs that run with it in a child process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import tb_projector_plugin

NAME = "tb_projector_plugin"
SUPPORT = Path(__file__).parent


def copy_package(folder: Path) -> Path:
    """The copy, in `folder`, without the page."""
    source = Path(tb_projector_plugin.__file__).parent
    return Path(shutil.copytree(source, folder / NAME, ignore=shutil.ignore_patterns("__pycache__", "static")))


def run_with(place: Path, program: str, *arguments: object) -> str:
    """The output of `program`. It imports the package from `place`, a folder or a zip, and modules of this folder."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(place), str(SUPPORT)])}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, cwd=SUPPORT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
