"""Runs pytest in two processes; failed tests are run once more, alone, at the end, and the last lines list them.

    .venv/bin/python scripts/run_pytest.py [pytest's arguments]

A test that passes only then is flaky: it is listed, together with the TypeScript tests of that kind, so that it gets
fixed. Many failures are not flakiness and get no second try.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: The last run as recorded in pytest's cache: {test: True}.
LAST_FAILED = ROOT / ".pytest_cache/v/cache/lastfailed"
#: File written by `frontend/test/second_tries.ts`: one name per line.
TYPESCRIPT = ROOT / "frontend/test-results/second_tries.txt"
MOST_SECOND_TRIES = 5
#: Options for two processes; tests/support/scheduling.py says which runs what.
SIDE_BY_SIDE = ("--numprocesses=2",)


def main(arguments: list[str]) -> int:
    LAST_FAILED.unlink(missing_ok=True)
    code = _run_pytest("--durations=10", *SIDE_BY_SIDE, *arguments)
    failed = _read_failed() if code == pytest.ExitCode.TESTS_FAILED else []
    if 0 < len(failed) <= MOST_SECOND_TRIES:
        print(f"second try of {len(failed)} tests that failed:", *failed, sep="\n  ", flush=True)
        code = _run_pytest("--last-failed", "--last-failed-no-failures=none", *arguments)
    _list_second_tries([*(TYPESCRIPT.read_text().splitlines() if TYPESCRIPT.exists() else []), *failed])
    return code


def _run_pytest(*arguments: str) -> int:
    """In a child process. Not `python -m pytest`, which would put the sources ahead of the installed package."""
    return subprocess.run([Path(sys.executable).parent / "pytest", *arguments], check=False).returncode


def _read_failed() -> list[str]:
    return sorted(json.loads(LAST_FAILED.read_text())) if LAST_FAILED.exists() else []


def _list_second_tries(names: list[str]) -> None:
    print(f"{len(names)} tests needed a second try{':' if names else ''}", *names, sep="\n  ", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
