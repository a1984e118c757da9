"""Unusual names in a config: entries without a name, single backslashes, state files of other machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from catalog_logdirs import save, vectors, write_config
from file_ages import settle
from plugin_client import PluginClient, read_arrow

CONFIG = "projector_config.pbtxt"
TWO, THREE = "1\t0\n0\t1\n", "1\t0\n0\t1\n9\t9\n"


def write_files(logdir: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (logdir / name).parent.mkdir(parents=True, exist_ok=True)
        (logdir / name).write_text(text)


def shapes(client: PluginClient) -> dict[str, list[int]]:
    return {each["name"]: each["shape"] for run in client.runs()["runs"] for each in run["embeddings"]}


def rows_of(client: PluginClient, name: str) -> list[Any]:
    batch, _, _ = read_arrow(client.get("/tensors", run=".", name=name), "tensor")
    return batch.column("vector").to_pylist()


def problems_of(client: PluginClient) -> list[tuple[str, str, int | None, str, str]]:
    return [
        (each["level"], each["file"], each["line"], each["message"], each["fix"])
        for each in client.runs()["problems"]
        if "one dimension" not in each["message"]
    ]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_files_of_one_name_are_named_by_their_paths_in_any_order(tmp_path: Path, order: tuple[str, str]) -> None:
    write_files(tmp_path, {"a/v.tsv": TWO, "b/v.tsv": THREE, "w.tsv": TWO})
    entries = [f'embeddings {{ tensor_path: "{folder}/v.tsv" }}' for folder in order]
    write_config(tmp_path, "\n".join([*entries, 'embeddings { tensor_path: "./w.tsv" }']))
    client = PluginClient(tmp_path)
    assert shapes(client) == {"a/v.tsv": [2, 2], "b/v.tsv": [3, 2], "w.tsv": [2, 2]}
    assert rows_of(client, "b/v.tsv")[-1] == [9, 9]
    assert problems_of(client) == []


def test_a_file_that_has_the_name_of_another_entry_is_named_by_its_path(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/v.tsv": TWO, "b.tsv": THREE})
    write_config(
        tmp_path, 'embeddings { tensor_path: "a/v.tsv" } embeddings { tensor_name: "v.tsv" tensor_path: "b.tsv" }'
    )
    client = PluginClient(tmp_path)
    assert shapes(client) == {"a/v.tsv": [2, 2], "v.tsv": [3, 2]}
    assert problems_of(client) == []


def test_a_name_made_of_an_absolute_path_reveals_nothing_of_what_is_outside(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/v.tsv": TWO, "b/v.tsv": THREE})
    write_config(
        tmp_path, 'embeddings { tensor_path: "/srv/private/a/v.tsv" } embeddings { tensor_path: "C:/private/b/v.tsv" }'
    )
    client = PluginClient(tmp_path)
    assert shapes(client) == {"a/v.tsv": [2, 2], "b/v.tsv": [3, 2]}
    assert "private" not in str(client.runs())


@pytest.mark.parametrize(
    ("written", "escape"),
    [
        (r"00000\tensors.tsv", r"\t is a tab"),
        (r".\00000\tensors.tsv", r"\000 is another character"),
        (r"D:\logs\00000\tensors.tsv", r"\000 is another character"),
        (r"00000\\nested\tensors.tsv", r"\t is a tab"),
    ],
)
def test_single_backslashes_are_read_as_typed_and_said(tmp_path: Path, written: str, escape: str) -> None:
    write_files(tmp_path, {"00000/tensors.tsv": TWO, "00000/nested/tensors.tsv": TWO})
    write_config(tmp_path, f'# "\\n"\nembeddings {{\n  tensor_name: "e"\n  tensor_path: "{written}"\n}}\n')
    client = PluginClient(tmp_path)
    assert shapes(client) == {"e": [2, 2]}
    warnings = [each for each in problems_of(client) if each[0] == "warning"]
    ((_, file, line, message, fix),) = warnings
    assert (file, line) == (CONFIG, 4)
    assert escape in message
    assert "tensors.tsv' was read" in message
    assert "/ between" in fix
    assert "logs" not in message


def test_saved_views_and_labels_behind_single_backslashes_are_read(tmp_path: Path) -> None:
    views = json.dumps([{"label": "my view", "projections": []}])
    write_files(tmp_path, {"v.tsv": TWO, "a/table.tsv": "x\ny\n", "a/views.txt": views})
    write_config(
        tmp_path,
        'embeddings { tensor_name: "e" tensor_path: "v.tsv"\n'
        'metadata_path: ".\\a\\table.tsv"\n bookmarks_path: ".\\a\\views.txt" }',
    )
    client = PluginClient(tmp_path)
    assert [each[2] for each in problems_of(client)] == [2, 3]
    batch, _, _ = read_arrow(client.get("/metadata", run=".", name="e"), "metadata")
    assert batch.column(0).to_pylist() == ["x", "y"]
    assert "my view" in client.get("/bookmarks", run=".", name="e").get_data(as_text=True)


@pytest.mark.parametrize("letter", list("tnrbfva0"))
def test_single_backslashes_that_lead_nowhere_are_explained(tmp_path: Path, letter: str) -> None:
    write_config(tmp_path, f'embeddings {{ tensor_name: "e"\n  tensor_path: "data\\{letter}ensors.tsv" }}')
    ((level, file, line, message, fix),) = problems_of(PluginClient(tmp_path))
    assert (level, file, line) == ("error", CONFIG, 2)
    assert f"\\{letter} is a" in message
    assert f"'data/{letter}ensors.tsv'" in message
    assert "twice" in fix


@pytest.mark.parametrize("written", [r"C:\Users\me\v.tsv", r"C:\Users\\v.tsv", r"data\2024\v.tsv", r".\x\v.tsv"])
def test_a_string_that_does_not_parse_loses_no_config(tmp_path: Path, written: str) -> None:
    write_files(tmp_path, {"v.tsv": TWO, "w.tsv": TWO, "data/2024/v.tsv": TWO, "x/v.tsv": TWO})
    write_config(
        tmp_path,
        'embeddings { tensor_name: "w" tensor_path: "w.tsv" }\n'
        f'embeddings {{ tensor_name: "e" tensor_path: "{written}" }}',
    )
    client = PluginClient(tmp_path)
    assert shapes(client) == {"w": [2, 2], "e": [2, 2]}
    ((_, file, line, message, _),) = [each for each in problems_of(client) if each[0] == "warning"]
    assert (file, line) == (CONFIG, 2)
    assert "v.tsv' is typed with single backslashes" in message
    assert "built-in projector refuses" in message


@pytest.mark.parametrize(("typed", "name"), [(r"a\tb.tsv", "a\tb.tsv"), (r"\345\255\227.tsv", "字.tsv")])
def test_a_file_whose_name_really_has_such_a_character_is_read(tmp_path: Path, typed: str, name: str) -> None:
    write_files(tmp_path, {name: TWO, "a/tb.tsv": THREE})
    write_config(tmp_path, f'embeddings {{ tensor_name: "e" tensor_path: "{typed}" }}')
    client = PluginClient(tmp_path)
    assert (shapes(client), problems_of(client)) == ({"e": [2, 2]}, [])


@pytest.mark.parametrize(
    "written", ["/content/logs/train/m-1", r"C:\\work\\logs\\train\\m-1", "gs://bucket/logs/train/m-1", "/mnt/a/m-1"]
)
def test_a_state_file_of_another_machine_is_said(tmp_path: Path, written: str) -> None:
    words = vectors(10, 4)
    save(tmp_path / "train" / "m-1", words=words)
    (tmp_path / "train" / "checkpoint").write_text(f'model_checkpoint_path: "{written}"\n')
    settle(tmp_path)
    client = PluginClient(tmp_path)
    assert shapes(client) == {"words": [10, 4]}
    batch, _, _ = read_arrow(client.get("/tensors", run="train", name="words"), "tensor")
    np.testing.assert_array_equal(batch.column("vector").to_pylist(), words)
    ((level, file, _, message, fix),) = problems_of(client)
    assert (level, file) == ("info", "train/checkpoint")
    assert "'…/m-1'" in message
    assert "train/m-1 was read" in message
    assert "do nothing" in fix
    assert "content" not in message


@pytest.mark.parametrize("written", ["m-1", "./m-1"])
def test_a_state_file_that_is_right_says_nothing(tmp_path: Path, written: str) -> None:
    save(tmp_path / "m-1", words=vectors(10, 4))
    (tmp_path / "checkpoint").write_text(f'model_checkpoint_path: "{written}"\n')
    assert problems_of(PluginClient(tmp_path)) == []
