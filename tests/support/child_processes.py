"""The child processes in which jobs compute, as the system lists them."""

from __future__ import annotations

import contextlib

import psutil


def list_children() -> list[psutil.Process]:
    """Those of this process, at any depth; one that ends meanwhile is none."""
    return [child for child in psutil.Process().children(recursive=True) if _computes(child)]


def _computes(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return "child_main" in " ".join(process.cmdline())
    return False
