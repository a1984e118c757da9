"""Runs npm in frontend/ with the machine's own Node, or with one from a wheel installed into the environment.

.venv/bin/python scripts/npm.py test
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import build_frontend

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    frontend = ROOT / "frontend"
    if build_frontend.is_npm_missing():
        subprocess.run([sys.executable, "-m", "pip", "install", build_frontend.NODE_WHEEL], check=True)
    npm, environment = build_frontend.find_npm()
    build_frontend.install_modules(frontend)
    return subprocess.run([*npm, *arguments], cwd=frontend, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except build_frontend.FrontendError as error:
        sys.exit(f"frontend: {error}")
