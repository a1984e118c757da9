"""The entry point as TensorBoard uses it: flags, loading, and a plugin that fails to load."""

import argparse
import importlib.metadata
import json
import subprocess
import sys

import pytest
from tensorboard.backend.application import TensorBoardWSGI
from tensorboard.backend.event_processing.data_ingester import _parse_event_files_spec
from tensorboard.plugins import base_plugin
from werkzeug.test import Client

from tb_projector_plugin import plugin_loader
from tb_projector_plugin.log_roots import make_path_policy, parse_logdir_spec
from tb_projector_plugin.plugin_loader import EmbeddingsLoader


def test_is_the_entry_point():
    (entry,) = [e for e in importlib.metadata.entry_points(group="tensorboard_plugins") if e.name == "embeddings"]
    assert entry.load() is EmbeddingsLoader


def parse(*arguments):
    parser = argparse.ArgumentParser()
    EmbeddingsLoader().define_flags(parser)
    return parser.parse_args(arguments)


def test_flags_have_defaults_and_values():
    assert vars(parse()) == {
        "embeddings_allowed_hosts": "",
        "embeddings_allow_paths": "",
        "embeddings_allow_saving_bookmarks": False,
    }
    assert parse("--embeddings_allow_saving_bookmarks").embeddings_allow_saving_bookmarks
    assert parse("--embeddings_allow_paths=/a,/b").embeddings_allow_paths == "/a,/b"


def test_flag_that_is_taken_does_not_stop_tensorboard(caplog):
    parser = argparse.ArgumentParser()
    parser.add_argument("--embeddings_allow_paths")
    EmbeddingsLoader().define_flags(parser)
    assert "embeddings_allow_paths" in caplog.text
    assert parser.parse_args(["--embeddings_allowed_hosts=a"]).embeddings_allowed_hosts == "a"


def test_help_can_be_printed():
    parser = argparse.ArgumentParser()
    EmbeddingsLoader().define_flags(parser)
    assert "--embeddings_allowed_hosts" in parser.format_help()


@pytest.mark.unexpected_error
@pytest.mark.parametrize("module", ["tb_projector_plugin.plugin", "tb_projector_plugin.log_roots"])
def test_failure_to_load_is_shown_in_the_tab(monkeypatch, tmp_path, caplog, module):
    """Errors of the plugin itself, and of modules that it needs at the first request."""
    monkeypatch.setitem(sys.modules, module, None)  # Its import fails.
    plugin = EmbeddingsLoader().load(base_plugin.TBContext(flags=parse(), logdir=str(tmp_path)))
    client = Client(TensorBoardWSGI([plugin]))
    listing = json.loads(client.get("/data/plugins_listing").data)["embeddings"]
    assert "could not be loaded" in caplog.text
    assert listing["enabled"]
    assert listing["tab_name"] == "Embeddings"
    entry = client.get("/data/plugin/embeddings/static/index.js")
    assert entry.content_type.startswith("text/javascript")
    assert b"export function render()" in entry.data
    assert b"ModuleNotFoundError" in entry.data
    assert client.get("/data/plugin_entry.html?name=embeddings").status_code == 200


def test_loading_imports_nothing_that_tensorboard_has_not():
    """The budget is part of TensorBoard's own start; pyarrow and Pillow alone would exceed that of the whole plugin."""
    program = """
import sys, tempfile
from tensorboard.backend import application
from tensorboard.plugins import base_plugin
from tensorboard import default, program
default.get_plugins()
before = set(sys.modules)
from tb_projector_plugin.plugin_loader import EmbeddingsLoader
plugin = EmbeddingsLoader().load(base_plugin.TBContext(flags=None, logdir=tempfile.mkdtemp()))
assert type(plugin).__name__ == "EmbeddingsPlugin", plugin
own = {name for name in set(sys.modules) - before if name.startswith("tb_projector_plugin.")}
names = ("plugin", "plugin_loader", "failed_plugin")
assert own <= {f"tb_projector_plugin.{name}" for name in names}, own
plugin.is_active()
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)))
"""
    elsewhere = sys.prefix
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    heavy = {"pyarrow", "PIL", "faiss", "pandas", "scipy", "sklearn", "tensorflow", "keras", "torch", "jax"}
    assert not heavy & set(done.stdout.split()), done.stdout


@pytest.mark.parametrize(
    "spec",
    [
        "/a",
        "one:/a",
        "one:/a,two:/b,/c",
        "/a:b/c",
        "one:/a:b",
        "rel",
        "name:rel/dir",
        "gs://bucket/run",
        "n:gs://bucket/x",
    ],
)
def test_logdir_spec_is_read_as_tensorboard_reads_it(spec):
    expected = {path: name or "" for path, name in _parse_event_files_spec(spec).items()}
    assert {root.path: root.name for root in parse_logdir_spec(spec)} == expected


def test_logdir_comes_from_the_context_or_the_flags(tmp_path):
    spec = argparse.Namespace(logdir="", logdir_spec=f"one:{tmp_path}", embeddings_allow_paths=f"{tmp_path}, ")
    policy = make_path_policy(spec, "")
    assert [(root.path, root.name) for root in policy.roots] == [(str(tmp_path.resolve()), "one")]
    assert policy.allow_outside == (str(tmp_path.resolve()),)
    (root,) = make_path_policy(spec, str(tmp_path / "x")).roots
    assert (root.path, root.name) == (str(tmp_path.resolve() / "x"), "")
    assert make_path_policy(None, None).roots == ()


def test_names_are_tensorboards():
    assert plugin_loader.PLUGIN_NAME == "embeddings"
    assert plugin_loader.PLUGIN_NAME != "projector"
