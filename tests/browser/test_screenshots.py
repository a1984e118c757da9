"""The script that takes docs/screenshots/ still works; the pictures of this run are discarded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "take_screenshots.py"


def test_takes_every_theme_and_size(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SCRIPT, "--only", "empty", "--out", tmp_path], cwd=tmp_path, check=True)
    sizes = {path.name: Image.open(path).size for path in tmp_path.glob("*.png")}
    assert sizes == {
        f"empty-{theme}-{width}x{height}.png": (width, height)
        for theme in ("light", "dark")
        for width, height in ((1280, 800), (1920, 1080))
    }
    assert all(path.stat().st_size < 250_000 for path in tmp_path.glob("*.png"))
