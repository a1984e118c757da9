"""The file `checkpoint`, and checkpoints found without it."""

from __future__ import annotations

import os
import shutil

import pytest
from golden_checkpoints import GOLDEN, copy_checkpoint

from tb_projector_plugin.errors import DataError, NotFoundError
from tb_projector_plugin.sources.checkpoint.files import find_checkpoints, read_checkpoint_state, step_of


def test_reads_what_tensorflow_writes(tmp_path) -> None:
    """Absolute and relative paths, and non-ASCII names, which TensorFlow escapes."""
    from tensorflow.python.checkpoint.checkpoint_management import update_checkpoint_state_internal

    folder = tmp_path / "données 日本"
    folder.mkdir()
    saved = [str(folder / f"été-{step}") for step in (1, 2)]
    for relative in (True, False):
        update_checkpoint_state_internal(
            str(folder), saved[-1], saved, save_relative_paths=relative, all_model_checkpoint_timestamps=[1.0, 2.5]
        )
        state = read_checkpoint_state(str(folder / "checkpoint"))
        assert state.model_checkpoint_path == saved[-1]
        assert state.all_model_checkpoint_paths == tuple(saved)


@pytest.mark.parametrize(
    "text", ["model_checkpoint_path: 'a'  # newest\n", '\n# by hand\n  model_checkpoint_path:"a"\r\n']
)
def test_reads_what_people_write(text, tmp_path) -> None:
    (tmp_path / "checkpoint").write_text(text, newline="")
    assert read_checkpoint_state(str(tmp_path / "checkpoint")).model_checkpoint_path == str(tmp_path / "a")


@pytest.mark.parametrize(
    "line",
    [
        "model_checkpoint_path",
        'model_checkpoint_path: "a',
        "model_checkpoint_path: a",
        '"a"',
        r'model_checkpoint_path: "\xff"',
    ],
)
def test_a_line_that_does_not_parse_is_named(line, tmp_path) -> None:
    (tmp_path / "checkpoint").write_text(f'all_model_checkpoint_paths: "b"\n{line}\n')
    with pytest.raises(DataError, match="line 2") as raised:
        read_checkpoint_state(str(tmp_path / "checkpoint"), "run/checkpoint")
    assert (raised.value.file, raised.value.line) == ("run/checkpoint", 2)
    assert "delete it" in raised.value.fix


def test_what_is_still_being_saved_is_no_checkpoint(tmp_path) -> None:
    for prefix in ("model.ckpt-1", "model.ckpt-2_temp/part-00000-of-00001", "parts/part-00000-of-00001"):
        (tmp_path / prefix).parent.mkdir(exist_ok=True)
        for ending in (".index", ".data-00000-of-00001"):
            shutil.copy(GOLDEN / "tensorflow" / f"model.ckpt-100{ending}", f"{tmp_path / prefix}{ending}")
    assert [os.path.basename(found.prefix) for found in find_checkpoints(str(tmp_path))] == ["model.ckpt-1"]
    assert find_checkpoints(str(tmp_path / "model.ckpt-2_temp")) == []
    assert len(find_checkpoints(str(tmp_path / "parts"))) == 1


def test_a_state_that_names_nothing(tmp_path) -> None:
    (tmp_path / "checkpoint").write_text("")
    with pytest.raises(DataError, match="names no model_checkpoint_path"):
        read_checkpoint_state(str(tmp_path / "checkpoint"))
    with pytest.raises(NotFoundError):
        read_checkpoint_state(str(tmp_path / "none" / "checkpoint"))


@pytest.mark.parametrize(
    ("prefix", "step"), [("run/model.ckpt-100", 100), ("a-3/cp.ckpt", None), ("ckpt-0012", 12), ("word-vectors", None)]
)
def test_the_step_is_the_number_at_the_end(prefix, step) -> None:
    assert step_of(prefix) == step


def test_finds_every_checkpoint_by_rising_step(tmp_path) -> None:
    for name in ("model.ckpt-100", "sharded.ckpt-7", "refused.ckpt"):
        copy_checkpoint(name, tmp_path)
    shutil.copy(GOLDEN / "tensorflow" / "old.ckpt-1", tmp_path)
    found = [(os.path.basename(each.prefix), each.step) for each in find_checkpoints(str(tmp_path))]
    assert found == [("refused.ckpt", None), ("old.ckpt-1", 1), ("sharded.ckpt-7", 7), ("model.ckpt-100", 100)]


def test_a_damaged_index_is_found_by_the_data_beside_it(tmp_path) -> None:
    prefix = copy_checkpoint("model.ckpt-100", tmp_path)
    os.truncate(f"{prefix}.index", 10)
    assert [each.prefix for each in find_checkpoints(str(tmp_path))] == [prefix]


def test_other_files_are_no_checkpoints(tmp_path) -> None:
    (tmp_path / "faiss.index").write_bytes(bytes(100))
    (tmp_path / "empty.index").write_bytes(b"")
    (tmp_path / "weights.ckpt").write_bytes(b"torch")
    (tmp_path / "folder.index").mkdir()
    assert find_checkpoints(str(tmp_path)) == []
    assert find_checkpoints(str(tmp_path / "none")) == []
