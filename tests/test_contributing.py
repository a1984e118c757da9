"""The recipes of CONTRIBUTING.md name existing files, and its commands are those of the Makefile."""

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


def test_a_format_is_five_files_and_a_tool_six() -> None:
    texts = dict(RECIPES)
    touched = [path for path in re.findall(PATH, texts["A vector format"]) if not path.startswith("tests/support/")]
    assert len(set(touched)) <= 5
    assert len(set(re.findall(PATH, texts["A tool of the picture"]))) <= 6


def test_no_file_beside_those_of_the_recipe_names_a_tool_in_its_words() -> None:
    recipe = {ROOT / path for path in re.findall(PATH, dict(RECIPES)["A tool of the picture"])}
    src = ROOT / "frontend" / "src"
    names = re.findall(r"^  (\w+): \w+Tool,$", (src / "view" / "tools" / "index.ts").read_text(), re.MULTILINE)
    assert len(names) >= 4
    others = [path for path in sorted(src.rglob("*.ts")) if path not in recipe]
    found = [f"{path.name}: {words}" for path in others for words in _words_in(path) if _names_one(words, names)]
    assert found == []


def _words_in(path: Path) -> list[str]:
    """The strings of several words, apart from comments, values in templates and names of classes."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*|\$\{[^}]*\}|class=\"[^\"]*\"", "", path.read_text(), flags=re.DOTALL)
    return [words for words in re.findall(r"[\"`]([^\"`\n]*)[\"`]", text) if " " in words.strip()]


def _names_one(words: str, tools: list[str]) -> bool:
    return re.search(rf"(?<![-\w])(?:{'|'.join(tools[1:])})(?![-\w])", words, re.IGNORECASE) is not None


def test_every_command_is_a_target_of_the_makefile() -> None:
    commands = re.findall(r"^\| `make (\w+)", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    assert set(commands) == set(targets[1].split()) - {"help", "clean"}


def test_a_route_with_its_panel_is_eight_files() -> None:
    texts = {name: re.sub(r"\([^)]*example\)", "", text) for name, text in RECIPES}
    panel, route = texts["A panel"], re.findall(PATH, texts["A route"])
    own = re.findall(r"`(\w+\.ts)`", panel)
    elsewhere = [path for path in re.findall(PATH, panel) if path != "frontend/src/features/"]
    assert len({*own, *elsewhere, *route}) == 8
    assert len([path for path in elsewhere + route if (ROOT / path).is_file()]) == 2
    assert "eight files, two of which exist" in " ".join(panel.split())
