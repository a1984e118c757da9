"""projector_config.pbtxt: read, merged and written; TensorBoard's own messages and parser are the reference."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from google.protobuf import text_format
from tensorboard.plugins.projector import projector_config_pb2 as builtin

from tb_projector_plugin import limits
from tb_projector_plugin.config import (
    EmbeddingConfig,
    ProjectorConfig,
    SpriteConfig,
    find_config_files,
    merge_config,
    read_config,
    update_config,
    write_config,
)
from tb_projector_plugin.errors import DataError, LimitError

FULL = """model_checkpoint_path: "model.ckpt-7"
model_checkpoint_dir: "ckpts"
embeddings {
  tensor_name: "wörter"
  metadata_path: "metadata.tsv"
  bookmarks_path: "bookmarks.txt"
  tensor_shape: 10
  tensor_shape: 4
  sprite { image_path: "sprite.png" single_image_dim: 28 single_image_dim: 14 }
  tensor_path: "tensors.tsv"
}
"""


def parse(text: str) -> ProjectorConfig:
    return text_format.Parse(text, ProjectorConfig())


def test_fields_are_those_of_the_built_in() -> None:
    ours = {name: [(f.name, f.number, f.type) for f in m.fields] for name, m in _messages(ProjectorConfig)}
    theirs = {name: [(f.name, f.number, f.type) for f in m.fields] for name, m in _messages(builtin.ProjectorConfig)}
    assert ours == theirs


def _messages(message: type) -> list:
    return list(message.DESCRIPTOR.file.message_types_by_name.items())


def test_reads_every_field(tmp_path: Path) -> None:
    path = tmp_path / "projector_config.pbtxt"
    path.write_text(FULL, encoding="utf-8")
    config = read_config(str(path), "run/projector_config.pbtxt")
    assert (config.model_checkpoint_path, config.model_checkpoint_dir) == ("model.ckpt-7", "ckpts")
    assert config.embeddings == (
        EmbeddingConfig(
            "wörter", "metadata.tsv", "bookmarks.txt", "tensors.tsv", (10, 4), SpriteConfig("sprite.png", (28, 14))
        ),
    )
    assert config.unknown_fields == ()


def test_unknown_fields_are_read_past_and_named(tmp_path: Path) -> None:
    path = tmp_path / "c"
    path.write_text('embeddings { tensor_name: "a: {b:" color_by { x: 1 } } # comment: {\ntheme: "dark"\n')
    config = read_config(str(path), "c")
    assert config.embeddings == (EmbeddingConfig("a: {b:"),)
    assert config.unknown_fields == ("color_by", "x", "theme")


def test_a_field_in_another_fields_place_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "c"
    path.write_text('tensor_name: "a"\n')
    assert read_config(str(path), "c").unknown_fields


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (b"embeddings {\n  # name\n  tensor_name = 5\n}\n", 3, "="),
        (b'embeddings {\n  tensor_name: "a"\n', 2, "}"),
        (b"embeddings {\n tensor_shape: -3 }", 2, "-3"),
        (b'embeddings {\n tensor_name: "caf\xe9"\n}', 2, "UTF-8"),
        (b'model_checkpoint_path: "a"\nmodel_checkpoint_path: "b"', 2, "multiple"),
    ],
)
def test_what_does_not_parse_is_named_by_line(tmp_path: Path, content: bytes, line: int, word: str) -> None:
    path = tmp_path / "projector_config.pbtxt"
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        read_config(str(path), "run/projector_config.pbtxt")
    assert (error.value.file, error.value.line) == ("run/projector_config.pbtxt", line)
    assert word in error.value.message
    assert error.value.fix
    assert path.read_bytes() == content


def test_a_byte_order_mark_and_crlf_are_read(tmp_path: Path) -> None:
    path = tmp_path / "c"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read_config(str(path), "c").model_checkpoint_path == "model.ckpt-7"


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONFIG_BYTES", 100)
    path = tmp_path / "c"
    path.write_text("#" * 101)
    with pytest.raises(LimitError, match="at most 100 are read"):
        read_config(str(path), "c")


def test_merge_keeps_what_the_new_one_leaves_empty() -> None:
    new = parse('embeddings { tensor_name: "wörter:0" metadata_path: "new.tsv" } embeddings { tensor_name: "b" }')
    merged = merge_config(parse(FULL), new)
    first, second = merged.embeddings
    assert (first.metadata_path, first.bookmarks_path, list(first.tensor_shape)) == (
        "new.tsv",
        "bookmarks.txt",
        [10, 4],
    )
    assert list(first.sprite.single_image_dim) == [28, 14]
    assert second.tensor_name == "b"
    assert merged.model_checkpoint_path == "model.ckpt-7"


def test_merge_replaces_lists_and_forgets_the_shape_of_another_file() -> None:
    new = parse(
        'embeddings { tensor_name: "wörter" tensor_path: "b.tsv" sprite { single_image_dim: 1 single_image_dim: 2 } }'
    )
    (entry,) = merge_config(parse(FULL), new).embeddings
    assert list(entry.tensor_shape) == []
    assert (entry.sprite.image_path, list(entry.sprite.single_image_dim)) == ("sprite.png", [1, 2])


def test_merging_twice_is_merging_once() -> None:
    once = merge_config(ProjectorConfig(), parse(FULL))
    assert merge_config(once, parse(FULL)) == once == parse(FULL)


def test_what_is_written_the_built_in_reads(tmp_path: Path) -> None:
    path = tmp_path / "projector_config.pbtxt"
    write_config(str(path), text_format.Parse(FULL, builtin.ProjectorConfig()))
    theirs = text_format.Parse(path.read_text(encoding="utf-8"), builtin.ProjectorConfig())
    assert theirs.SerializeToString() == parse(FULL).SerializeToString()
    assert os.listdir(tmp_path) == ["projector_config.pbtxt"]


def test_update_leaves_a_broken_config_alone(tmp_path: Path) -> None:
    path = tmp_path / "projector_config.pbtxt"
    path.write_text("embeddings = 3")
    with pytest.raises(DataError):
        update_config(str(path), parse(FULL))
    assert path.read_text() == "embeddings = 3"
    update_config(str(path), parse(FULL), overwrite=True)
    assert parse(path.read_text()) == parse(FULL)


def test_update_does_not_lose_unknown_fields_silently(tmp_path: Path) -> None:
    path = tmp_path / "projector_config.pbtxt"
    path.write_text("theme: 1")
    with pytest.raises(DataError, match="theme"):
        update_config(str(path), parse(FULL))


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "projector_config.pbtxt"
    write_config(str(path), parse(FULL))

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_config(str(path), ProjectorConfig())
    assert parse(path.read_text()) == parse(FULL)
    assert os.listdir(tmp_path) == [path.name]


def test_a_new_file_has_the_rights_that_open_gives(tmp_path: Path) -> None:
    write_config(str(tmp_path / "a"), parse(FULL))
    (tmp_path / "b").write_text("")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_threads_that_update_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "projector_config.pbtxt")

    def add(number: int) -> None:
        update_config(path, parse(f'embeddings {{ tensor_name: "e{number}" }}'))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry.tensor_name for entry in read_config(path, "c").embeddings} == {f"e{number}" for number in range(12)}


def test_finds_the_config_of_plugin_assets(tmp_path: Path) -> None:
    assets = tmp_path / "plugins" / "org_tensorflow_tensorboard_projector"
    assets.mkdir(parents=True)
    (assets / "projector_config.pbtxt").write_text(FULL)
    assert find_config_files(str(tmp_path)) == [str(assets / "projector_config.pbtxt")]
