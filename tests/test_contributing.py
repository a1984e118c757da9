"""The recipes of CONTRIBUTING.md name existing files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: Pattern of a path in a recipe.
PATH = r"`([\w./]+/[\w./]*)`"
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
    files = re.findall(PATH, text)
    assert len(files) >= 3, f"«{name}» names no files"
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_a_route_with_its_panel_is_eight_files() -> None:
    texts = {name: re.sub(r"\([^)]*example\)", "", text) for name, text in RECIPES}
    panel, route = texts["A panel"], re.findall(PATH, texts["A route"])
    own = re.findall(r"`(\w+\.ts)`", panel)
    elsewhere = [path for path in re.findall(PATH, panel) if path != "frontend/src/features/"]
    assert len({*own, *elsewhere, *route}) == 8
    assert len([path for path in elsewhere + route if (ROOT / path).is_file()]) == 2
    assert "eight files, two of which exist" in " ".join(panel.split())
