"""Steps, metadata and sprites as written; Pillow, pandas and NumPy are the references."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from plugin_client import PluginClient, read_arrow

from tb_projector_plugin import limits, projector, writer
from tb_projector_plugin.errors import BadParameterError, LimitError
from tb_projector_plugin.sources.metadata import read_metadata
from tb_projector_plugin.writer.arrays import to_vectors

VECTORS = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
TWO = b"a\tb\n1\tx\n2\ty\n"


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (["x", "y"], b"x\ny\n"),
        (("x", None), b"x\n\n"),
        (np.array([1.5, np.nan]), b"1.5\n\n"),
        (np.array([b"x", b"y"]), b"x\ny\n"),
        (pd.Series(["x", pd.NA]), b"x\n\n"),
        ({"a": [1, 2], "b": ["x", "y"]}, TWO),
        ({"only": [1, 2]}, b"1\n2\n"),
        ([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], TWO),
        ([["a", "b"], [1, "x"], [2, "y"]], TWO),
        ([[1, "x"], [2, "y"]], b"column 1\tcolumn 2\n1\tx\n2\ty\n"),
        (np.array([["1", "x"], ["2", "y"]]), b"column 1\tcolumn 2\n1\tx\n2\ty\n"),
        (pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), TWO),
        (pd.DataFrame([[1, "x"], [2, "y"]], columns=["a", "a"]), b"a\ta\n1\tx\n2\ty\n"),
    ],
)
def test_metadata_of_any_kind(tmp_path: Path, metadata: Any, expected: bytes) -> None:
    path = writer.write_metadata(str(tmp_path / "new" / "m.tsv"), metadata, 2)
    assert Path(path).read_bytes() == expected


def test_metadata_of_tensorflow_and_pyarrow(tmp_path: Path) -> None:
    import pyarrow as pa
    import tensorflow as tf

    metadata = {"a": tf.constant([1, 2]), "b": tf.constant(["x", "y"])}
    assert Path(writer.write_metadata(str(tmp_path / "m"), metadata)).read_bytes() == TWO
    table = pa.table({"a": [1, 2], "b": ["x", "y"]})
    assert Path(writer.write_metadata(str(tmp_path / "n"), table)).read_bytes() == TWO


def test_cells_that_a_tsv_cannot_hold_are_changed_and_counted(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="2 cells"):
        path = writer.write_metadata(str(tmp_path / "m.tsv"), {"a": ["x\ty", "x"], "b": ["x\r\ny", "字"]})
    table = read_metadata(path, "m.tsv", 2).table.to_pydict()
    assert table == {"a": ["x y", "x"], "b": ["x y", "字"]}


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        (["x"], "1 value; 2 rows are"),
        ({"a": [1, 2], "b": [1]}, "'b' has 1 value; 2 rows are"),
        ([["a", "b"], [1]], "Item 1 of the metadata has 1 cell; item 0 has 2"),
        ({"a": "text"}, "A column is the text 'text'"),
    ],
)
def test_a_wrong_count_is_said_before_anything_is_written(tmp_path: Path, metadata: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words) as raised:  # Python's usual error for a bad argument.
        writer.write_metadata(str(tmp_path / "m.tsv"), metadata, 2)
    assert isinstance(raised.value, BadParameterError)
    assert os.listdir(tmp_path) == []


def test_a_metadata_file_is_copied_and_its_lines_counted(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_bytes(TWO)
    path = writer.write_metadata(str(tmp_path / "m.tsv"), tmp_path / "own.tsv", 2)
    assert Path(path).read_bytes() == TWO
    assert writer.write_metadata(path, path, 2) == path
    with pytest.raises(BadParameterError, match="2 lines after its header; 3 rows"):
        writer.write_metadata(str(tmp_path / "m.tsv"), tmp_path / "own.tsv", 3)
    with pytest.raises(BadParameterError, match="No such file"):
        writer.write_metadata(str(tmp_path / "m.tsv"), tmp_path / "absent.tsv", 3)


def thumbnail(sprite: writer.Sprite, row: int, count: int) -> np.ndarray:
    """The thumbnail of a row as the built-in projector cuts it: from a square grid, row by row."""
    side = int(np.ceil(np.sqrt(count)))
    width, height = sprite.single_image_dim
    with Image.open(sprite.path) as image:
        assert image.size == (side * width, side * height)
        left, top = row % side * width, row // side * height
        return np.asarray(image.crop((left, top, left + width, top + height)))


@pytest.mark.parametrize("shape", [(7, 5, 4), (7, 5, 4, 1), (7, 5, 4, 3), (7, 5, 4, 4)])
@pytest.mark.parametrize("kind", ["uint8", "float", "int64", "list", "pillow"])
def test_thumbnails_lie_where_they_belong(tmp_path: Path, shape: tuple[int, ...], kind: str) -> None:
    bytes_ = np.random.default_rng(2).integers(0, 256, shape, np.uint8)
    squeezed = bytes_[..., 0] if shape[-1] == 1 else bytes_
    images: Any = {
        "uint8": lambda: bytes_,
        "float": lambda: bytes_ / 255,
        "int64": lambda: bytes_.astype(np.int64),
        "list": lambda: list(bytes_),
        "pillow": lambda: [Image.fromarray(image) for image in squeezed],
    }[kind]()
    sprite = writer.write_sprite(str(tmp_path / "s.png"), images, 7)
    assert sprite.single_image_dim == (4, 5)
    for row in range(7):
        np.testing.assert_array_equal(thumbnail(sprite, row, 7), squeezed[row])


def test_images_as_torch_holds_them(tmp_path: Path) -> None:
    images = np.random.default_rng(2).integers(0, 256, (3, 3, 6, 5), np.uint8)
    sprite = writer.write_sprite(str(tmp_path / "s.png"), images)
    np.testing.assert_array_equal(thumbnail(sprite, 2, 3), np.moveaxis(images[2], 0, 2))


def test_images_of_several_sizes_keep_their_shape(tmp_path: Path) -> None:
    Image.new("RGB", (4, 8), "red").save(tmp_path / "tall.png")
    sprite = writer.write_sprite(str(tmp_path / "s.png"), [tmp_path / "tall.png", Image.new("RGB", (8, 2), "blue")])
    assert sprite.single_image_dim == (8, 8)
    tall = thumbnail(sprite, 0, 2)
    assert tall[:, 2:6].reshape(-1, 4).tolist() == [[255, 0, 0, 255]] * 32
    assert not tall[:, :2, 3].any()


def test_a_sheet_that_would_be_too_large_is_made_smaller_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SPRITE_SIDE_PX", 64)
    images = np.full((10, 32, 16), 200, np.uint8)
    with pytest.warns(UserWarning, match="made smaller, 8 x 16 px"):
        sprite = writer.write_sprite(str(tmp_path / "s.png"), images)
    assert sprite.single_image_dim == (8, 16)
    np.testing.assert_array_equal(thumbnail(sprite, 9, 10), np.full((16, 8), 200))
    with pytest.raises(LimitError, match="a sheet has pixels for"):
        writer.write_sprite(str(tmp_path / "s.png"), np.zeros((65 * 65, 1, 1), np.uint8))


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (np.full((2, 4, 4), 16.0), "from 16 to 16"),
        (np.zeros((2, 16)), r"shape \[2, 16\]"),
        (np.zeros((3, 4, 4)), "3 images were received; 2 rows are"),
        (np.zeros((1, 4, 4)), "^1 image was received; 2 rows are"),
        (["absent.png", "absent.png"], "Image 0, 'absent.png'"),
        (writer.Sprite("absent.png", (4, 4)), "sheet 'absent.png' could not be read"),
    ],
)
def test_what_is_no_image_of_each_row_is_said(tmp_path: Path, images: Any, words: str) -> None:
    with pytest.raises(BadParameterError, match=words):
        writer.write_sprite(str(tmp_path / "s.png"), images, 2)
    assert os.listdir(tmp_path) == []


def test_a_sheet_is_copied_and_its_places_counted(tmp_path: Path) -> None:
    Image.new("L", (8, 8)).save(tmp_path / "own.png")
    sheet = writer.Sprite(str(tmp_path / "own.png"), (4, 4))
    assert writer.write_sprite(str(tmp_path / "s.png"), sheet, 4).path == str(tmp_path / "s.png")
    with pytest.raises(BadParameterError, match="2 x 2 thumbnails"):
        writer.write_sprite(str(tmp_path / "s.png"), sheet, 5)


def test_one_row_is_counted_in_the_singular(tmp_path: Path) -> None:
    (tmp_path / "m.tsv").write_text("a\n")
    with pytest.raises(BadParameterError, match="has 1 line; 2 rows are expected"):
        writer.write_metadata(str(tmp_path / "s.tsv"), str(tmp_path / "m.tsv"), 2)
    with pytest.raises(BadParameterError, match="2 images were received; 1 row is expected"):
        writer.write_sprite(str(tmp_path / "s.png"), np.zeros((2, 4, 4)), 1)


def files(logdir: Path) -> list[str]:
    """All files except the lock, which stays."""
    found = (path for path in logdir.rglob("*") if path.is_file() and path.suffix != ".lock")
    return sorted(str(path.relative_to(logdir)) for path in found)


def test_a_step_that_no_browser_counts_to_is_refused(tmp_path: Path) -> None:
    for step in (limits.STEP + 1, 1732570000000000001, 10**5000):
        with pytest.raises(BadParameterError, match="largest whole number"):
            writer.write_step(str(tmp_path), "a", step, VECTORS)
    assert files(tmp_path) == []
    writer.write_step(str(tmp_path), "a", limits.STEP, VECTORS)
    assert writer.read_steps(str(tmp_path), "a") == [limits.STEP]


def test_steps_of_too_many_digits_are_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "a:{"9" * 5000}" tensor_path: "v.tsv" }}'
    )
    writer.write_step(str(tmp_path), "a", 1, VECTORS, keep=1)
    assert writer.read_steps(str(tmp_path), "a") == [1]


def test_keeps_the_last_steps_only(tmp_path: Path) -> None:
    for step in (1, 2, 3):
        writer.write_step(str(tmp_path), "a", step, VECTORS, metadata=list("wxyz"), keep=2)
    assert writer.read_steps(str(tmp_path), "a") == [2, 3]
    assert files(tmp_path) == [
        "00002/a/metadata.tsv",
        "00002/a/tensors.bytes",
        "00003/a/metadata.tsv",
        "00003/a/tensors.bytes",
        "projector_config.pbtxt",
    ]
    assert not (tmp_path / "00001").exists()


def test_removing_leaves_other_peoples_files(tmp_path: Path) -> None:
    for name in ("a", "a:00001", "ab"):
        writer.write_step(str(tmp_path), name, 1, VECTORS)
    (tmp_path / "00001" / "a" / "notes.txt").write_text("mine")
    writer.remove_step(str(tmp_path), "a", 1)
    assert "00001/a/notes.txt" in files(tmp_path)
    assert "00001/a/tensors.bytes" not in files(tmp_path)
    assert writer.read_steps(str(tmp_path), "a") == []
    assert writer.read_steps(str(tmp_path), "ab") == [1]
    assert writer.read_steps(str(tmp_path), "a:00001") == [1]


def test_the_config_never_names_a_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tb_projector_plugin.config import read_config
    from tb_projector_plugin.writer import steps

    path = tmp_path / "projector_config.pbtxt"
    seen = []
    for name in ("unlink", "replace"):
        original = getattr(os, name)

        def watched(*args: Any, original: Any = original, **kwargs: Any) -> None:
            original(*args, **kwargs)
            entries = read_config(str(path), "c").embeddings if path.exists() else ()
            seen.extend(entries)
            assert all((tmp_path / entry.tensor_path).exists() for entry in entries)

        monkeypatch.setattr(steps.os, name, watched)
    for step in range(4):
        writer.write_step(str(tmp_path), "a", step, VECTORS, keep=1)
    assert len(seen) > 4


def test_shared_files_are_used_where_they_lie(tmp_path: Path) -> None:
    metadata = writer.write_metadata(str(tmp_path / "m.tsv"), list("wxyz"), 4)
    sprite = writer.write_sprite(str(tmp_path / "s.png"), np.zeros((4, 2, 2)), 4)
    writer.write_step(str(tmp_path), "a", 1, VECTORS, metadata=metadata, sprite=sprite)
    assert files(tmp_path) == ["00001/a/tensors.bytes", "m.tsv", "projector_config.pbtxt", "s.png"]
    assert 'metadata_path: "m.tsv"' in (tmp_path / "projector_config.pbtxt").read_text()


def test_a_name_of_any_kind_makes_one_directory(tmp_path: Path) -> None:
    logdir = tmp_path / "logs"
    for name in ("a/b", "../x", "..", "ü ß", "a:b"):
        writer.write_step(str(logdir), name, 7, VECTORS)
        assert writer.read_steps(str(logdir), name) == [7]
    assert len(os.listdir(logdir / "00007")) == 5
    assert os.listdir(tmp_path) == ["logs"]


@pytest.mark.parametrize(("name", "step", "keep"), [("", 1, None), (" a", 1, None), ("a", -1, None), ("a", 1, 0)])
def test_what_cannot_be_a_step_is_refused(tmp_path: Path, name: str, step: int, keep: int | None) -> None:
    with pytest.raises(BadParameterError):
        writer.write_step(str(tmp_path), name, step, VECTORS, keep=keep)
    assert os.listdir(tmp_path) == []


#: Finite numbers whose bytes are not UTF-8.
NO_TEXT = bytes.fromhex("fefe003f") * 4


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "tensors.bytes"),
        (bytes(16), "tensors.bytes"),  # Zeros, and what follows in the same line.
        (bytes(15) + b"\n", "tensors.tsv"),
        (b"A\x19\xd7\xbc\n" + NO_TEXT[1:4], "tensors.tsv"),
        (b"A\x19\xd7\r\xbc\n" + NO_TEXT[2:4], "tensors.tsv"),
        (b"\n" + NO_TEXT[1:8], "tensors.bytes"),
        (b"\n\r\nABC\n" + NO_TEXT[3:4], "tensors.tsv"),
        (b"ABC\xd7\n" + NO_TEXT[1:4], "tensors.bytes"),  # A letter of two bytes that ends with its line.
        pytest.param(b"A" + b"\r" * 131_077 + b"\n" + NO_TEXT[3:4], "tensors.tsv", id="carriage returns"),
    ],
)
def test_the_built_in_projector_reads_vectors_whatever_their_bytes(tmp_path: Path, head: bytes, name: str) -> None:
    from tensorboard.plugins.projector import projector_plugin as built_in

    vectors = np.frombuffer(head + NO_TEXT, "<f4").reshape(-1, 2)
    assert np.isfinite(vectors).all()
    writer.write_step(str(tmp_path), "words", 1, vectors)
    path = str(tmp_path / "00001/words" / name)
    try:
        read = built_in._read_tensor_tsv_file(path)
    except UnicodeDecodeError:
        read = built_in._read_tensor_binary_file(path, vectors.shape)
    np.testing.assert_array_equal(read, vectors)


def test_zeros_are_text_however_many(tmp_path: Path) -> None:
    writer.write_step(str(tmp_path), "words", 1, np.zeros((200, 100)))
    assert os.listdir(tmp_path / "00001/words") == ["tensors.tsv"]


def test_vectors_of_any_framework() -> None:
    import ml_dtypes
    import tensorflow as tf

    expected = np.array([[1, 2], [3, 4]], np.float32)
    for vectors in (
        [[1, 2], [3, 4]],
        expected.astype(np.float64),
        expected.astype(">f4"),
        expected.T.copy().T,
        expected.astype(ml_dtypes.bfloat16),
        tf.constant(expected),
        tf.Variable(expected),
        pd.DataFrame(expected),
    ):
        converted = to_vectors(vectors)
        np.testing.assert_array_equal(converted, expected)
        assert (converted.dtype, converted.flags.c_contiguous) == (np.dtype("<f4"), True)


def test_vectors_of_torch() -> None:
    torch = pytest.importorskip("torch", reason="pip install torch", exc_type=ImportError)
    for kind in (torch.float32, torch.float64, torch.bfloat16, torch.float16):
        vectors = torch.tensor([[1.0, 2.0]], dtype=kind, requires_grad=True)
        np.testing.assert_array_equal(to_vectors(vectors), [[1, 2]])


@pytest.mark.parametrize(
    ("vectors", "words"),
    [
        (np.zeros(3), r"shape \[3\]"),
        (np.zeros((2, 3, 4)), r"shape \[2, 3, 4\]"),
        ([[1, 2], [3]], "not rows of real numbers"),
        ([["a"]], "not rows of real numbers"),
        (np.zeros((2, 2), complex), "complex128"),
    ],
)
def test_what_is_no_matrix_of_numbers_is_said(vectors: Any, words: str) -> None:
    with pytest.raises(BadParameterError, match=words):
        to_vectors(vectors)


@pytest.mark.parametrize("name", ["词" * 29, "词" * 300, "x" * 256, "é/" * 100 + "end"])
def test_a_name_longer_than_a_file_systems_is_kept_whole_in_the_config(tmp_path: Path, name: str) -> None:
    for step in (1, 2):
        writer.write_step(str(tmp_path), name, step, VECTORS, metadata=list("wxyz"))
    writer.write_step(str(tmp_path), name + "2", 2, VECTORS + 1)
    client = PluginClient(tmp_path)
    (run,) = client.runs()["runs"]
    assert [(each["name"], len(each["steps"])) for each in run["embeddings"]] == [(name, 2), (name + "2", 1)]
    batch, _, _ = read_arrow(client.get("/tensors", run=".", name=name), "tensor")
    np.testing.assert_array_equal(batch.column("vector").to_pylist(), VECTORS)
    writer.remove_step(str(tmp_path), name, 1)
    assert writer.read_steps(str(tmp_path), name) == [2]
    assert not (tmp_path / "00001").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"name": 3}, "`name` received 3; text"),
        ({"name": None}, "`name` received None; text"),
        ({"name": b"a"}, "`name` received b'a'; text"),
        ({"name": "a\nb"}, "`name` received 'a\\\\nb', which holds a line end"),
        ({"name": "a\u2028b"}, "a line end"),
        ({"name": "a\0b"}, "a NUL character"),
        ({"name": "a\ud800"}, "UTF-8"),
        ({"step": "3"}, "`step` received '3'; a whole number"),
        ({"step": 1.5}, "`step` received 1.5"),
        ({"keep": "3"}, "`keep` received '3'"),
    ],
)
def test_an_argument_of_another_kind_is_named(tmp_path: Path, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as raised:
        projector.add_embedding(tmp_path, VECTORS, **arguments)
    assert isinstance(raised.value, BadParameterError)
    assert os.listdir(tmp_path) == []


def test_labels_that_are_not_utf8_are_changed_and_counted(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="2 cells held bytes"):
        path = writer.write_metadata(str(tmp_path / "m.tsv"), [b"a\xff", "b\ud800", "字", b"\xe5\xad\x97"])
    assert read_metadata(path, "m.tsv", 4).table.to_pydict() == {"label": ["a\ufffd", "b\ufffd", "字", "字"]}
