"""The feature table names existing tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = (ROOT / "docs" / "feature_table.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", TABLE)))
FILES = sorted(set(re.findall(r"`(frontend/test/[\w/]+\.test\.ts)`", TABLE)))


@pytest.mark.parametrize(("file", "test"), TESTS)
def test_is_there(file: str, test: str) -> None:
    assert f"def {test}(" in (ROOT / "tests" / "browser" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_frontend_test_is_there(file: str) -> None:
    assert (ROOT / file).exists()


def test_every_line_is_shown_by_a_test() -> None:
    lines = [line for line in TABLE.splitlines() if line.startswith("| ") and "Shown by" not in line]
    assert [line for line in lines if "test" not in line.rsplit("|", 2)[-2]] == []
