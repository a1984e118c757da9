"""Contents of an installation: from git into an empty environment, from a wheel or sdist, with and without Node."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import build_frontend
import pytest
from embeddings_api import EmbeddingsApi
from tensorboard_process import TensorBoardProcess

ROOT = Path(__file__).resolve().parent.parent
STATIC = Path("tb_projector_plugin", "static")
FRAMEWORKS = ("tensorflow", "keras", "torch", "jax")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site-packages of an empty environment after `pip install git+file://…`, without the dependencies."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=True)
    run([home / "bin" / "python", "-m", "pip", "install", "--no-deps", f"git+file://{ROOT}"], cwd=home)
    (site,) = home.glob("lib/python*/site-packages")
    return site


@pytest.fixture(scope="module")
def sdist(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from a clone whose frontend is built (the build of `installed`), so that npm runs once in this file."""
    clone = tmp_path_factory.mktemp("clone") / "tb-projector-plugin"
    run(["git", "clone", "--quiet", f"file://{ROOT}", clone], cwd=clone.parent)
    shutil.copytree(installed / STATIC, clone / STATIC, dirs_exist_ok=True, copy_function=shutil.copy)
    run([sys.executable, "-m", "build", "--sdist", "--outdir", clone.parent, clone], cwd=clone.parent)
    (archive,) = clone.parent.glob("*.tar.gz")
    return archive


def run(command: list[str | Path], cwd: Path, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_git_install_leaves_one_name_at_the_top(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()} - {"pip", "setuptools", "pkg_resources", "_distutils_hack"}
    ours = {name for name in names if not name.endswith((".dist-info", ".pth"))}
    assert ours == {"tb_projector_plugin"}


def test_git_install_holds_the_mapped_packages_and_the_built_frontend(installed: Path) -> None:
    package = installed / "tb_projector_plugin"
    for file in ("callbacks/keras.py", "protos/projector_config_pb2.py", "py.typed", "static/index.js"):
        assert (package / file).is_file(), file
    assert "render" in (package / "static" / "index.js").read_text()


def test_sdist_carries_the_built_frontend_and_not_its_sources(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert str(STATIC / "index.js") in names
    assert {"LICENSE", "README.md", "scripts/build_frontend.py", "callbacks/keras.py"} <= names
    assert not [name for name in names if name.startswith(("frontend", "tests"))]


def test_sdist_installs_without_node(sdist: Path, tmp_path: Path) -> None:
    """With no node on PATH and none from a wheel: nothing needs it."""
    run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", tmp_path, sdist], tmp_path, PATH="/nowhere")
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert str(STATIC / "index.js") in names
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"tb_projector_plugin"}


def test_entry_points_of_the_install(installed: Path) -> None:
    (text,) = [path.read_text() for path in installed.glob("tb_projector_plugin-*.dist-info/entry_points.txt")]
    assert "embeddings = tb_projector_plugin.plugin_loader:EmbeddingsLoader" in text
    assert "tb-projector = tb_projector_plugin.command_line:main" in text


@pytest.fixture
def source_tree(tmp_path: Path) -> Path:
    """The input of `build_frontend`: a frontend with sources that is not built yet."""
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    (tmp_path / STATIC).mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "src/index.ts"):
        (tmp_path / "frontend" / name).write_text("{}")
    return tmp_path


@pytest.fixture
def path_with_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Creates a `node` of a given version, and an `npm`, on a PATH with nothing else."""

    def put(version: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in ("node", "npm"):
            (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return put


def test_node_comes_from_a_wheel_only_where_npm_is_missing(
    source_tree: Path, path_with_node: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert build_frontend.requirements(source_tree) == [build_frontend.NODE_WHEEL]
    path_with_node("v20.19.0")
    assert build_frontend.requirements(source_tree) == []


def test_an_old_node_is_as_good_as_none(source_tree: Path, path_with_node: Callable[[str], None]) -> None:
    path_with_node("v18.20.4")
    assert build_frontend.requirements(source_tree) == [build_frontend.NODE_WHEEL]


def test_without_any_node_the_message_says_what_to_do(source_tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(
        build_frontend.FrontendError, match=r"20\.19 or newer; there is no node on the PATH.*pip install"
    ):
        build_frontend.build(source_tree)


def test_it_is_built_again_only_when_a_source_is_newer(source_tree: Path) -> None:
    output = source_tree / build_frontend.OUTPUT
    output.write_text("export function render() {}")
    os.utime(output)
    assert build_frontend.is_current(source_tree)
    os.utime(source_tree / "frontend" / "src" / "index.ts", (output.stat().st_mtime + 1,) * 2)
    assert not build_frontend.is_current(source_tree)


def test_viewing_needs_no_framework(digits_logdir: Path, tmp_path: Path) -> None:
    """TensorBoard with imports of all frameworks blocked shows a run that TensorFlow wrote."""
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules.update(dict.fromkeys({FRAMEWORKS}))\n")
    without = tmp_path / "python"
    without.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}" exec "{sys.executable}" "$@"\n')
    without.chmod(0o755)
    refused = subprocess.run([without, "-c", "import tensorflow"], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in refused.stderr, "the frameworks are not hidden: this test would prove nothing"
    with TensorBoardProcess(digits_logdir, python=str(without), tensorflow=True) as server:
        api = EmbeddingsApi(server.url)
        (train,) = [one for one in api.runs()["runs"] if one["name"] == "train"]
        name = train["embeddings"][0]["name"]
        answer = api.get("projections", run="train", name=name, method="pca", components=3)
        assert answer.status == 200
        assert len(answer.body) > 1797 * 3 * 4
