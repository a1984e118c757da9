"""The package's modules and the project's files, as the tests of their rules read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = "tb_projector_plugin"
#: Location of each part of the package in the clone (setup.py maps the last two into it).
FOLDERS = {PACKAGE: PACKAGE, f"{PACKAGE}.callbacks": "callbacks", f"{PACKAGE}.protos": "protos"}


@dataclass(frozen=True)
class Import:
    module: str  # full, absolute
    line: int
    lazy: bool  # inside a function, or for type checkers only


@dataclass(frozen=True)
class Module:
    path: Path
    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


def read_modules() -> list[Module]:
    modules = []
    for package, folder in FOLDERS.items():
        for path in sorted((ROOT / folder).rglob("*.py")):
            inside = path.relative_to(ROOT / folder).with_suffix("").parts
            name = ".".join([package, *(part for part in inside if part != "__init__")])
            modules.append(Module(path, name, ast.parse(path.read_text(encoding="utf-8"))))
    return modules


def imports_of(module: Module) -> Iterator[Import]:
    yield from _imports_in(module, module.tree, lazy=False)


def _imports_in(module: Module, node: ast.AST, lazy: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            source = absolute_source(module, child)
            yield from (Import(f"{source}.{alias.name}", child.lineno, lazy) for alias in child.names)
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_type_checking(child)
        yield from _imports_in(module, child, lazy or inside)


def absolute_source(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = module.path.name == "__init__.py"
    parts = module.name.split(".")
    base = parts[: len(parts) - node.level + is_package]
    return ".".join([*base, *([node.module] if node.module else [])])


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def project_files(*suffixes: str) -> Iterator[Path]:
    folders = [*FOLDERS.values(), "tests", "benchmarks", "docs", "examples", "scripts", "frontend/src", "frontend/test"]
    yield from (path for path in ROOT.glob("*") if path.suffix in suffixes)
    for folder in [*folders, "frontend/engine", ".ci"]:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in suffixes and "static" not in path.relative_to(ROOT).parts[:2]:
                yield path
