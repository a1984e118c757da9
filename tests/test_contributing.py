"""The recipes of CONTRIBUTING.md name existing files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECIPES = re.findall(r"^\*\*(A[^*]*)\.\*\*(.*?)\n\n", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE | re.DOTALL)


def test_there_are_five() -> None:
    assert [name for name, _ in RECIPES] == [
        "A vector format",
        "A route",
        "A panel",
        "A tool of the picture",
        "A projection",
    ]


@pytest.mark.parametrize(("name", "text"), RECIPES)
def test_the_files_of_a_recipe_are_there(name: str, text: str) -> None:
    files = re.findall(r"`([\w./]+/[\w./]*)`", text)
    assert len(files) >= 3, f"«{name}» names no files"
    assert [file for file in files if not (ROOT / file).exists()] == []
