"""SECURITY.md names existing tests; the package and the page call nothing that executes data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")][1:]
SOURCES = sorted(path for folder in ("tb_projector_plugin", "callbacks") for path in (ROOT / folder).rglob("*.py"))
#: Modules whose reading of data runs programs that are in it.
UNPICKLING = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle", "multiprocessing"}
#: Calls that run text, or unpickle where a flag allows it.
RUNNING = {"eval", "exec", "np.load", "numpy.load", "torch.load", "os.system", "yaml.load"}
#: Names of what turns text into markup or a program.
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|document\.write|\beval\(|new Function\(")


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_is_held_by_tests_that_exist(promise: str) -> None:
    named = re.findall(r"`((?:tests|frontend/test)/[\w/.]+)`", promise)
    assert named, "name the test that holds it"
    for file in named:
        assert re.search(r"\b(def test_|it\(|test\()", (ROOT / file).read_text(encoding="utf-8")), file


def test_there_are_promises() -> None:
    assert len(PROMISES) >= 10
    assert PAGE.count("`tests/") == sum(promise.count("`tests/") for promise in PROMISES) + 1  # This file, in the text.


def _names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno
        elif isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_unpickles_or_runs_text(path: Path) -> None:
    forbidden = UNPICKLING | RUNNING
    names = _names(ast.parse(path.read_text(encoding="utf-8")))
    found = [(name, line) for name, line in names if name in forbidden or name.partition(".")[0] in UNPICKLING]
    assert not found, "read the bytes, with numpy.frombuffer for instance"


def test_the_page_never_turns_text_into_markup() -> None:
    sources = [path for path in (ROOT / "frontend/src").rglob("*.ts") if MARKUP.search(path.read_text("utf-8"))]
    assert not sources, "set textContent, or let lit put the text in"
