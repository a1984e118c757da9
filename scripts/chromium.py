"""Prints the path of a Chromium that starts, and downloads one if there is none.

Tries the one named by $CHROMIUM, then one on PATH, then Playwright's (downloaded if need be), then Debian's package if
this is root on Debian. The browser tests, in Python and in TypeScript, get the path as $CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial

#: Names to look for, the headless shell first: without browser windows, opening a page takes a third less CPU time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FIX = (
    "Install Chromium or Chrome so that it is on the PATH (Debian: `apt-get install chromium-headless-shell`), or run "
    "`.venv/bin/playwright install --with-deps chromium`, or name one: `CHROMIUM=/path/to/chrome make test`."
)


def find_chromium() -> str | None:
    """The path of a Chromium that starts, or None. Downloads nothing."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if _starts(named) else None
    return _on_path() or _playwrights()


def main() -> None:
    found = find_chromium()
    if found is None and os.environ.get("CHROMIUM"):
        sys.exit(f"CHROMIUM={os.environ['CHROMIUM']} does not start. {FIX}")
    path = found or _first_of(_download, _install_debian)
    if path is None:
        sys.exit(f"No Chromium found, and none could be fetched. {FIX}")
    print(path)


def _first_of(*attempts: Callable[[], str | None]) -> str | None:
    return next((path for attempt in attempts if (path := attempt()) is not None), None)


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name)) and _starts(path)), None)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _starts(path) else None


def _download() -> str | None:
    """Downloads Playwright's own Chromium, with the system libraries that it needs if that is allowed."""
    _say("downloading Playwright's Chromium")
    with_libraries = ["--with-deps"] if _is_root() else []
    _run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])
    return _playwrights()


def _install_debian() -> str | None:
    if not (_is_root() and shutil.which("apt-get")):
        return None
    _run(["apt-get", "update"])
    return _first_of(*(partial(_install_package, name) for name in ("chromium-headless-shell", "chromium")))


def _install_package(name: str) -> str | None:
    _say(f"installing Debian's package {name}")
    _run(["apt-get", "install", "--yes", "--no-install-recommends", name])
    return _on_path()


def _starts(path: str) -> bool:
    """An existing file may still lack a library, or be Ubuntu's placeholder for a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str]) -> None:
    """stdout is reserved for the path."""
    subprocess.run(command, stdout=sys.stderr, check=False)


def _say(text: str) -> None:
    print(f"chromium: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
