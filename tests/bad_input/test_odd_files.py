"""Configs and state files that name devices, pipes and outside files: none is opened or disclosed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from catalog_logdirs import make_catalog, save, write_config

from tb_projector_plugin.errors import NotFoundError

#: Memory limit of a process that scans a small logdir, which takes well under a second.
MEMORY_BYTES = 2 << 30
TIMEOUT_S = 120
LOOK = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.paths import LogRoot, PathPolicy
catalog = Catalog(PathPolicy((LogRoot(sys.argv[1]),)))
while not (answer := catalog.runs())["scan"]["done"]:
    time.sleep(0.01)
print(json.dumps(answer))
"""


def look_at(logdir: Path) -> dict:
    """The whole response of `/runs` from a child process, which fails if it takes too much memory or hangs."""
    program = LOOK.format(memory=MEMORY_BYTES)
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, os.path.realpath(logdir)]
        if sys.version_info >= (3, 11)
        else [sys.executable, "-c", program, os.path.realpath(logdir)],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
        cwd=logdir,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("named", ["/dev/zero", "pipe", "zero", "{outside}/pipe", "/dev/stdin"])
@pytest.mark.parametrize("field", ["model_checkpoint_path", "model_checkpoint_dir", "checkpoint", "tensor_path"])
def test_only_regular_files_are_opened(tmp_path: Path, field: str, named: str) -> None:
    logdir, outside = tmp_path / "logs", tmp_path / "outside"
    outside.mkdir()
    os.mkfifo(outside / "pipe")
    save(logdir / "good" / "m-1", words=np.eye(3, dtype=np.float32))
    bad = logdir / "bad"
    bad.mkdir()
    os.mkfifo(bad / "pipe")
    (bad / "zero").symlink_to("/dev/zero")
    written = named.format(outside=outside)
    if field == "checkpoint":
        (bad / "checkpoint").write_text(f'model_checkpoint_path: "{written}"\n')
    elif field == "tensor_path":
        write_config(bad, f'embeddings {{ tensor_name: "w" tensor_path: "{written}" }}')
    else:
        write_config(bad, f'{field}: "{written}"')
    found = look_at(logdir)
    assert [run["name"] for run in found["runs"]] == ["good"]
    if field != "model_checkpoint_dir" or named != "pipe":
        assert [problem["run"] for problem in found["problems"]] == ["bad"] * len(found["problems"])
    assert str(outside) not in json.dumps(found)


@pytest.mark.parametrize("field", ["metadata_path", "tensor_path"])
def test_whether_there_is_a_file_outside_does_not_show(tmp_path: Path, field: str) -> None:
    """With a file of that name in the run, which would be taken for one that was moved."""
    run, elsewhere = tmp_path / "logs" / "run", tmp_path / "elsewhere"
    elsewhere.mkdir()
    save(run / "m-1", words=np.eye(3, dtype=np.float32))
    (run / "name.tsv").write_text("1\t2\n3\t4\n5\t6\n")
    entry = "words" if field == "metadata_path" else "file"
    write_config(run, f'embeddings {{ tensor_name: "{entry}" {field}: "{elsewhere}/name.tsv" }}')
    told = []
    for content in (None, "9\t9\n"):
        if content is not None:
            (elsewhere / "name.tsv").write_text(content)
        told.append(make_catalog(tmp_path / "logs").runs())
    assert told[0] == told[1]
    assert str(elsewhere) not in json.dumps(told)


@pytest.mark.parametrize(
    "link",
    [
        "projector_config.pbtxt",
        "plugins/org_tensorflow_tensorboard_projector/projector_config.pbtxt",
        "checkpoint",
        "m-2.index",
        "named.index",
        "bookmarks/view.json",
    ],
)
def test_whether_a_link_leads_to_a_file_outside_does_not_show(tmp_path: Path, link: str) -> None:
    """A link that leads out is refused by its own name, whatever is there."""
    run, target = tmp_path / "logs" / "run", tmp_path / "target"
    save(run / "m-1", words=np.eye(3, dtype=np.float32))
    if link == "named.index":
        write_config(run, 'model_checkpoint_path: "named"')
    (run / link).parent.mkdir(parents=True, exist_ok=True)
    (run / link).symlink_to(target)
    told = []
    for content in (None, "1\t2\n"):
        if content is not None:
            target.write_text(content)
        catalog = make_catalog(tmp_path / "logs")
        listed = catalog.runs()
        saved = catalog.bookmarks("run", "words").files() if listed["runs"] else None
        told.append((listed, repr(saved)))
    assert told[0] == told[1]
    assert f"The link run/{link} leads out of the logdir" in str(told)


@pytest.mark.parametrize(
    "written", ['metadata_path: "pipe"', 'sprite { image_path: "pipe" }', 'bookmarks_path: "pipe"']
)
def test_a_pipe_in_place_of_a_file_is_named(tmp_path: Path, written: str) -> None:
    write_config(tmp_path, f'embeddings {{ tensor_name: "v" tensor_path: "v.tsv" {written} }}')
    (tmp_path / "v.tsv").write_text("1\t2\n3\t4\n5\t7\n")
    os.mkfifo(tmp_path / "pipe")
    catalog = make_catalog(tmp_path)
    (problem,) = catalog.runs()["problems"]
    assert problem["message"].startswith("pipe is a pipe or a device; ")
    assert "Correct" in problem["fix"]
    for file in catalog.bookmarks(".", "v").files()[0]:
        assert "pipe is a pipe or a device; bookmarks_path in projector_config.pbtxt" in str(file.error)


@pytest.mark.parametrize(
    ("name", "make", "what"),
    [
        ("projector_config.pbtxt", os.mkdir, "a directory"),
        ("projector_config.pbtxt", os.mkfifo, "a pipe or a device"),
        ("checkpoint", os.mkfifo, "a pipe or a device"),
        ("m-2.index", os.mkfifo, "a pipe or a device"),
        ("checkpoint", os.mkdir, None),
        ("plugins/org_tensorflow_tensorboard_projector/projector_config.pbtxt", os.mkfifo, "a pipe or a device"),
    ],
)
def test_what_stands_in_the_place_of_a_file_is_said(
    tmp_path: Path, name: str, make: Callable[[Path], None], what: str | None
) -> None:
    """A directory of checkpoints is often named `checkpoint`: of that nothing is reported."""
    save(tmp_path / "m-1", words=np.eye(3, dtype=np.float32))
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    make(tmp_path / name)
    listed = make_catalog(tmp_path).runs()
    assert [run["name"] for run in listed["runs"]] == ["."]
    assert [(each["file"], each["message"].split(";")[0]) for each in listed["problems"]] == (
        [] if what is None else [(name, f"{name} is {what}")]
    )


def test_long_names_of_a_request_are_cut_in_messages(tmp_path: Path) -> None:
    write_config(tmp_path, 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }')
    (tmp_path / "v.tsv").write_text("1\t2\n3\t4\n5\t7\n")
    catalog = make_catalog(tmp_path)
    for names in (("x" * 60_000, "v"), (".", "x" * 60_000)):
        with pytest.raises(NotFoundError) as raised:
            catalog.tensor(*names)
        assert len(raised.value.message) < 500
