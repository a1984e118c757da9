"""A name without an underscore is used by another module, belongs to a signature, or is meant for the outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from package_modules import FOLDERS, PACKAGE, ROOT, Module, absolute_source, read_modules

#: Names for whoever uses or starts the package: its API, entry points, and what a child process is asked to call.
OUTSIDE = {
    "command_line": {"main"},
    "plugin_loader": {"EmbeddingsLoader"},
    "demo": {"train_demo"},
    "graphs.graph_task": {"run"},
    "graphs.quality_task": {"run"},
    "jobs.child_main": {"main"},
}
#: Names that tests use on purpose, to look at a step by itself or to make a limit small.
SEAMS = {
    "cache_folder": {"discard"},
    "catalog.catalog": {"LISTING_S", "SCAN_S"},
    "catalog.scanner": {"TURN_S"},
    "catalog.checkpoint_choice": {"family_member"},
    "compute.graph_index": {"GraphIndex"},
    "compute.pca": {"EXACT_SIDE"},
    "compute.quality": {"SAMPLED_ROWS"},
    "demo.server": {"DEFAULT_PORT", "choose_port"},
    "jobs.jobs": {"CanceledJobError"},
    "log_roots": {"parse_logdir_spec"},
    "routes.apps": {"ROUTES"},
    "routes.static_files": {"STATIC"},
    "sources.checkpoint.files": {"step_of"},
    "sources.checkpoint.masked_crc32c": {"mask"},
    "web.job_answer": {"WAIT_S"},
}
#: Name that `routes.apps` looks up in each module of `routes`.
COLLECTED = "ROUTES"
#: Listed in docs/limits.md, each with its reason.
LISTED = {"limits"}


def find_unused(modules: list[Module]) -> list[str]:
    """The public functions, classes and constants that only their own module uses."""
    used = [(module, set(_uses_of(module, modules))) for module in modules]
    return [
        f"{module.name}: {name}"
        for module in modules
        for name in sorted(_public_names(module) - _signature_names(module) - _exempt_names(module))
        if not any((module.name, name) in uses for other, uses in used if other is not module)
    ]


def _uses_of(module: Module, modules: list[Module]) -> Iterator[tuple[str, str]]:
    """(module, name) for each name that is imported, or taken from an imported module by a dot."""
    places: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            source = absolute_source(module, node)
            for alias in node.names:
                yield source, alias.name
                places[alias.asname or alias.name] = f"{source}.{alias.name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in places:
            yield places[node.value.id], node.attr


def _public_names(module: Module) -> set[str]:
    names: set[str] = set()
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if not name.startswith("_") and (name[0].isupper() or name in _functions(module))}


def _functions(module: Module) -> set[str]:
    return {node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)}


def _signature_names(module: Module) -> set[str]:
    """Names in what other modules see: parameters, results, bases and fields of what is public here."""
    public = [node for node in module.tree.body if not _name_of(node).startswith("_")]
    shown: list[ast.AST] = []
    for node in public:
        members = [node, *(node.body if isinstance(node, ast.ClassDef) else [])]
        for member in members:
            shown += _annotations(member)
        shown += node.bases if isinstance(node, ast.ClassDef) else []
    names = {node.id for each in shown for node in ast.walk(each) if isinstance(node, ast.Name)}
    return {name for name in names if name not in _functions(module)}


def _name_of(node: ast.stmt) -> str:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    name: str = getattr(node, "name", "_")
    return name


def _annotations(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    if not isinstance(node, ast.FunctionDef):
        return []
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    found = [argument.annotation for argument in arguments if argument is not None]
    return [each for each in [*found, node.returns] if each is not None]


def _exempt_names(module: Module) -> set[str]:
    place = module.name.removeprefix(f"{PACKAGE}.")
    if place in LISTED or place.startswith("protos."):
        return _public_names(module)
    collected = {COLLECTED} if place.startswith("routes.") else set()
    return OUTSIDE.get(place, set()) | SEAMS.get(place, set()) | _listed_in_all(module) | collected


def _listed_in_all(module: Module) -> set[str]:
    lists = (node.value for node in module.tree.body if isinstance(node, ast.Assign) and "__all__" in ast.dump(node))
    return {name for each in lists for name in ast.literal_eval(each)}


def test_nothing_is_public_that_only_its_own_module_uses() -> None:
    wrong = find_unused(read_modules())
    assert not wrong, "begin their names with _, or delete them"


def make_module(name: str, text: str) -> Module:
    return Module(ROOT / FOLDERS[PACKAGE] / Path(f"{name}.py"), f"{PACKAGE}.{name}", ast.parse(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def lonely(): ...", ["lonely"]),
        ("class Lonely: ...", ["Lonely"]),
        ("LONELY = 1", ["LONELY"]),
        ("LONELY: int = 1\ndef used(): return LONELY", ["LONELY"]),
        ("class Lonely: ...\ndef _own() -> Lonely: ...", ["Lonely"]),
        ("class Shown: ...\ndef used() -> Shown: ...", []),
        ("def _lonely(): ...\n_LONELY = 1\ndef used(): ...", []),
        ('__all__ = ["lonely"]\ndef lonely(): ...', []),
    ],
)
def test_a_made_up_module_is_found_out(text: str, found: list[str]) -> None:
    user = make_module("user", f"from {PACKAGE}.made_up import used")
    assert find_unused([make_module("made_up", text), user]) == [f"{PACKAGE}.made_up: {name}" for name in found]


def test_each_seam_is_used_by_a_test() -> None:
    paths = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    unused = [name for names in SEAMS.values() for name in names if not any(name in text for text in texts)]
    assert not unused
