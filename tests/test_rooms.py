"""The rooms of docs/architecture.md: allowed imports, heavy modules, which rooms open files, allowed file names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from package_modules import PACKAGE, ROOT, Module, imports_of, project_files, read_modules

#: Rooms that every other may import.
FLOOR = {"errors", "limits"}
#: Room -> the others that it may import. A room may import itself; one missing here has no defined place yet.
ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "limits": set(),
    "deadline": set(),
    "protos": set(),
    "paths": set(),
    "cache": set(),
    "atomic_file": set(),
    "stamped_file": set(),
    "write_lock": set(),
    "config_strings": set(),
    "config": {"deadline", "config_strings", "protos", "atomic_file", "stamped_file", "write_lock"},
    "sources": {"deadline", "protos", "cache", "stamped_file"},
    "catalog": {"deadline", "paths", "cache", "atomic_file", "stamped_file", "config_strings", "config", "sources"},
    "compute": set(),
    "cache_folder": set(),
    "arrow_column": set(),
    "arrow_file": set(),
    "jobs": {"cache_folder"},
    "web": {"cache_folder", "jobs"},
    "queries": {"arrow_file", "cache", "cache_folder", "catalog", "compute", "jobs", "sources", "web"},
    "graphs": {"arrow_column", "arrow_file", "cache_folder", "compute", "jobs", "queries"},
    "failure_page": set(),
    "routes": {
        *("arrow_column", "cache_folder", "catalog", "compute", "failure_page", "graphs", "jobs", "queries", "sources"),
        "web",
    },
    "log_roots": {"paths"},
    # Only names are imported from the failed one.
    "plugin": {"cache", "catalog", "failed_plugin", "log_roots", "queries", "routes", "web"},
    "failed_plugin": {"failure_page"},
    "plugin_loader": {"failed_plugin", "plugin"},
    "writer": {"atomic_file", "config"},
    "projector": {"config", "writer"},
    "callbacks": {"projector", "writer"},
    "demo": {"callbacks"},
    "command_line": {"demo"},
    "__init__": set(),
}
FRAMEWORKS = {"tensorflow", "keras", "jax", "torch"}
HEAVY = FRAMEWORKS | {
    "pyarrow",
    "PIL",
    "faiss",
    "pandas",
    "scipy",
    "sklearn",
    "google_crc32c",
    "tqdm",
    "charset_normalizer",
}
#: Rooms that may name a framework: they receive its objects, or train with it.
FRAMEWORK_ROOMS = {"callbacks", "demo"}
WEB = {"werkzeug", "http", "socketserver"}
WEB_ROOMS = {"web", "routes", "plugin"}
#: Rooms between a request and its response, which open no files.
CLOSED_ROOMS = {"web", "queries", "routes"}
OPENERS = {
    "open",
    ".open",
    ".read_bytes",
    ".read_text",
    ".stat",
    ".listdir",
    ".scandir",
    ".iterdir",
    ".fromfile",
    ".memmap",
    ".memory_map",
    ".OSFile",
}
NOT_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")


MODULES = read_modules()
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)


def room_of(imported: str) -> str | None:
    """The room that an import leads to, or None outside the package."""
    parts = imported.split(".")
    if parts[0] != PACKAGE:
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "__init__"


def top(imported: str) -> str:
    return imported.partition(".")[0]


@each_module
def test_its_room_is_in_the_architecture(module: Module) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert module.room == "__init__" or f"`{module.room}`" in page


@each_module
def test_has_a_room(module: Module) -> None:
    assert module.room in ROOMS, (
        f"{module.path.name}: give room {module.room!r} its place in docs/architecture.md and here"
    )


@each_module
def test_imports_only_rooms_to_its_left(module: Module) -> None:
    allowed = ROOMS[module.room] | FLOOR | {module.room, "__init__", None}
    wrong = [f"{module.at(i.line)} imports {i.module}" for i in imports_of(module) if room_of(i.module) not in allowed]
    assert not wrong, f"{module.room} may import only {sorted(ROOMS[module.room])}"


@pytest.mark.parametrize("room", ROOMS)
def test_needs_each_of_the_rooms_that_it_may_import(room: str) -> None:
    used = {room_of(i.module) for module in MODULES if module.room == room for i in imports_of(module)}
    assert not ROOMS[room] - used


@each_module
def test_heavy_imports_are_lazy(module: Module) -> None:
    wrong = [module.at(i.line) for i in imports_of(module) if top(i.module) in HEAVY and not i.lazy]
    assert not wrong or module.room == "callbacks", (
        "import it inside the function that uses it, so that tensorboard starts as fast as without us"
    )


@each_module
def test_frameworks_stay_where_their_objects_are_handed_in(module: Module) -> None:
    wrong = [module.at(i.line) for i in imports_of(module) if top(i.module) in FRAMEWORKS]
    assert not wrong or module.room in FRAMEWORK_ROOMS, "viewing needs no TensorFlow, Keras, JAX or torch"


@each_module
def test_only_routes_and_plugin_see_requests(module: Module) -> None:
    wrong = [module.at(i.line) for i in imports_of(module) if top(i.module) in WEB]
    assert not wrong or module.room in WEB_ROOMS


def test_the_entry_point_imports_the_standard_library_and_base_plugin_only() -> None:
    """An import error there stops TensorBoard itself: nothing around `entry_point.load()` catches it."""
    for room, own in (("plugin_loader", {"PLUGIN_NAME", "FailedPlugin"}), ("failed_plugin", set[str]())):
        (module,) = [module for module in MODULES if module.room == room]
        now = {i.module for i in imports_of(module) if not i.lazy}
        foreign = {name for name in now if top(name) not in sys.stdlib_module_names}
        assert foreign == {"tensorboard.plugins.base_plugin", *(f"{PACKAGE}.failed_plugin.{name}" for name in own)}


@pytest.mark.parametrize("module", [m for m in MODULES if m.room in CLOSED_ROOMS], ids=lambda module: module.name)
def test_routes_open_no_files(module: Module) -> None:
    if module.path.name == "static_files.py":
        return  # The only route that serves files: the package's own.
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    wrong = [module.at(call.lineno) for call in calls if _called(call) in OPENERS]
    assert not wrong, "ask the catalog: it checks paths, limits and changes under way"


def test_each_file_of_the_routes_declares_one() -> None:
    """All but the type of a route, and the half of `/projections` that is about axes."""
    files = [module for module in MODULES if module.room == "routes"]
    without = {module.path.stem for module in files if not any(map(_declares_routes, module.tree.body))}
    assert without == {"__init__", "route", "axes_projection"}
    assert len(files) > 10


def _declares_routes(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and "ROUTES" in map(ast.unparse, statement.targets)


def test_no_module_imports_itself_by_a_detour() -> None:
    """Type-only imports and those inside functions count: they hide a cycle, and do not remove it."""
    _check_cycles(MODULES)


def test_a_made_up_detour_is_found() -> None:
    """A detour of three imports: a lazy one, one for types only, and one of a name."""
    texts = {
        "a": f"def run():\n    import {PACKAGE}.b",
        "b": f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {PACKAGE} import c",
        "c": "from __future__ import annotations",
    }
    _check_cycles([_made_up(name, text) for name, text in texts.items()])
    texts["c"] = f"from {PACKAGE}.a import run"
    with pytest.raises(CycleError) as raised:
        _check_cycles([_made_up(name, text) for name, text in texts.items()])
    assert {name.rpartition(".")[2] for name in raised.value.args[1]} == set("abc")


def _made_up(name: str, text: str) -> Module:
    return Module(ROOT / PACKAGE / f"{name}.py", f"{PACKAGE}.{name}", ast.parse(text))


def _check_cycles(modules: list[Module]) -> None:
    """Raises CycleError, which names the cycle."""
    names = {module.name for module in modules}
    graph = {
        module.name: {
            imported
            for one in imports_of(module)
            for imported in (one.module, one.module.rpartition(".")[0])
            if imported in names and not (imported != one.module and one.module in names)
        }
        for module in modules
    }
    TopologicalSorter(graph).prepare()


def _called(call: ast.Call) -> str:
    return f".{call.func.attr}" if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_the_plugin_loads_nothing_heavy() -> None:
    """Checked at run time, independently of the sources: the modules loaded by a fresh interpreter."""
    program = (
        "import sys, tensorboard.plugins.base_plugin, werkzeug\n"
        "before = set(sys.modules)\n"
        f"import {PACKAGE}.plugin_loader, {PACKAGE}.plugin\n"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    elsewhere = Path(sys.executable).parent  # `-c` puts the working directory first on the path.
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


def test_a_file_is_named_after_what_it_owns() -> None:
    wrong = [str(path.relative_to(ROOT)) for path in project_files(".py", ".ts", ".sh") if NOT_NAMES.search(path.stem)]
    assert not wrong


def test_no_text_names_a_folder_of_one_machine() -> None:
    homes = re.compile(r"(?<![\w.~$}>/])/(?:home|root|Users|work|tmp/\w+)/\w")
    found = []
    for path in project_files(".py", ".ts", ".md", ".sh", ".toml", ".json", ".yml", ".cfg"):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if homes.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found
