"""Detects whether reading changed anything on disk."""

from __future__ import annotations

import hashlib
from pathlib import Path


def read_disk_state(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Hash of the content, mode and modification time of everything below `folder`."""
    return {str(path.relative_to(folder)): _state_of(path) for path in sorted(folder.rglob("*"))}


def _state_of(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    content = path.read_bytes() if path.is_file() else b""
    return hashlib.sha256(content).hexdigest(), status.st_mode, status.st_mtime_ns
