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


def test_a_route_with_its_panel_is_ten_files() -> None:
    texts = dict(RECIPES)
    panel = re.sub(r"\([^)]*example\)", "", texts["A panel"])
    own = re.findall(r"`(\w+\.ts)`", panel)
    elsewhere = [path for path in re.findall(r"`([\w./]+/[\w./]*)`", panel) if path != "frontend/src/features/"]
    route = re.findall(r"`([\w./]+/[\w./]*)`", texts["A route"])
    assert len(own) + len(elsewhere) + len(route) == 10
    assert len([path for path in elsewhere + route if (ROOT / path).is_file()]) == 4
    assert "ten files, four of which exist" in panel
