"""Checkpoints, compared with what TensorFlow itself reads from the same files."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from file_ages import settle
from golden_checkpoints import as_block, copy_checkpoint, tensorflow_reads
from tensor_source_conformance import TensorSourceConformance

from tb_projector_plugin.errors import DataError, NotFoundError, StaleError
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint

NAMES = ("object.ckpt-1", "keras.ckpt-1", "slots.ckpt-1", "model.ckpt-100", "sharded.ckpt-7")
VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"


def open_checkpoint(name: str, folder) -> Checkpoint:
    return Checkpoint(copy_checkpoint(name, folder), f"run/{name}")


class BundleConformance(TensorSourceConformance):
    name: str
    key: str

    @pytest.fixture
    def source(self, tmp_path):
        return open_checkpoint(self.name, tmp_path).source(self.key)

    @pytest.fixture
    def expected(self):
        return as_block(tensorflow_reads(self.name)[self.key])


class TestObjectCheckpoint(BundleConformance):
    name, key = "object.ckpt-1", f"layers.Sword..vectors{VALUE}"


class TestConvertedType(BundleConformance):
    name, key = "object.ckpt-1", f"bfloat16{VALUE}"


class TestPartitionedByRows(BundleConformance):
    name, key = "model.ckpt-100", "rows"


class TestPartitionedByColumns(BundleConformance):
    name, key = "model.ckpt-100", "columns"


class TestSecondShard(BundleConformance):
    name, key = "sharded.ckpt-7", "on_device_1"


@pytest.mark.parametrize("name", NAMES)
def test_every_matrix_equals_what_tensorflow_reads(name, tmp_path) -> None:
    checkpoint, reference = open_checkpoint(name, tmp_path), tensorflow_reads(name)
    numbers = {key for key, entry in checkpoint.tensors.items() if entry.dtype != "string"}
    assert numbers == set(reference)
    for key, tensor in reference.items():
        assert checkpoint.tensors[key].shape == tensor.shape
        assert checkpoint.tensors[key].dtype == tensor.dtype.name
        if tensor.ndim == 2:
            assert checkpoint.source(key).read_all().tobytes() == as_block(tensor).tobytes(), key


def test_the_golden_partitions_are_real(tmp_path) -> None:
    checkpoint = open_checkpoint("model.ckpt-100", tmp_path)
    assert [len(checkpoint.tensors[key].proto.slices) for key in ("rows", "columns", "scope/whole")] == [3, 4, 0]
    assert open_checkpoint("sharded.ckpt-7", tmp_path).num_shards == 2


@pytest.mark.parametrize("name", ["scope/whole", "scope/whole:0", f"scope/whole{VALUE}"])
def test_finds_a_saver_variable(name, tmp_path) -> None:
    assert open_checkpoint("model.ckpt-100", tmp_path).find(name) == "scope/whole"


@pytest.mark.parametrize("name", ["float64", "float64:0", f"float64{VALUE}", f"float64{VALUE}:0"])
def test_finds_an_object_variable(name, tmp_path) -> None:
    assert open_checkpoint("object.ckpt-1", tmp_path).find(name) == f"float64{VALUE}"


def test_finds_a_name_as_it_was_given_and_no_other(tmp_path) -> None:
    checkpoint = open_checkpoint("object.ckpt-1", tmp_path)
    key = checkpoint.find("layers/word.vectors")
    assert key == f"layers.Sword..vectors{VALUE}"
    assert checkpoint.label(key) == "layers/word.vectors"
    assert checkpoint.find("layers/word") is None


def test_keras_weights_have_the_name_keras_gives_them(tmp_path) -> None:
    checkpoint = open_checkpoint("keras.ckpt-1", tmp_path)
    key = checkpoint.find("words/word_embedding/embeddings")
    assert key is not None
    assert checkpoint.tensors[key].shape == (11, 4)
    assert checkpoint.label(key) == "words/word_embedding/embeddings"
    assert not checkpoint.is_optimizer_slot(key)


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("keras.ckpt-1", {"words/word_embedding/embeddings", "words/score/kernel"}),
        ("slots.ckpt-1", {"embedding"}),
        ("model.ckpt-100", {"rows", "columns", "scope/whole"}),
    ],
)
def test_only_variables_are_left_when_slots_are_left_out(name, variables, tmp_path) -> None:
    checkpoint = open_checkpoint(name, tmp_path)
    matrices = [key for key, entry in checkpoint.tensors.items() if len(entry.shape) == 2]
    assert {checkpoint.label(key) for key in matrices if not checkpoint.is_optimizer_slot(key)} == variables
    assert any(checkpoint.is_optimizer_slot(key) for key in matrices)


def test_names_do_without_the_data(tmp_path) -> None:
    prefix = copy_checkpoint("keras.ckpt-1", tmp_path)
    os.remove(f"{prefix}.data-00000-of-00001")
    assert (
        Checkpoint(prefix, "c").label(f"optimizer/_trainable_variables/0{VALUE}") == "optimizer/_trainable_variables/0"
    )


def test_no_rows_and_one_dimension(tmp_path) -> None:
    checkpoint = open_checkpoint("object.ckpt-1", tmp_path)
    assert checkpoint.source(f"no_rows{VALUE}").read_all().shape == (0, 4)
    assert list(checkpoint.source(f"no_rows{VALUE}").blocks()) == []
    assert checkpoint.source(f"one_dimension{VALUE}").read_all().tolist() == [[1.0]] * 6


@pytest.mark.parametrize("key", ["string", "complex64", "complex128", "float8_e5m2", "float8_e4m3fn", "int4", "uint4"])
def test_a_type_that_is_no_real_number_is_named(key, tmp_path) -> None:
    with pytest.raises(DataError, match=f"holds {key}") as raised:
        open_checkpoint("refused.ckpt", tmp_path).source(key)
    assert raised.value.file == "run/refused.ckpt.index"
    assert "float32" in raised.value.fix


@pytest.mark.parametrize("rank", [0, 1, 3])
def test_a_tensor_without_rows_and_columns_is_refused(rank, tmp_path) -> None:
    with pytest.raises(DataError, match="shape") as raised:
        open_checkpoint("object.ckpt-1", tmp_path).source(f"rank{rank}{VALUE}")
    assert str([2] * rank) in raised.value.message


def test_an_unknown_tensor_is_answered_with_what_there_is(tmp_path) -> None:
    with pytest.raises(NotFoundError, match="on_device_0, on_device_1"):
        open_checkpoint("sharded.ckpt-7", tmp_path).source("on_device_2")


def test_version_one_is_answered_with_how_to_save_it(tmp_path) -> None:
    from golden_checkpoints import GOLDEN

    with pytest.raises(DataError, match="old format V1") as raised:
        Checkpoint(str(GOLDEN / "tensorflow" / "old.ckpt-1"), "run/old.ckpt-1")
    assert "Saver(write_version=2)" in raised.value.fix


def test_no_checkpoint_at_all(tmp_path) -> None:
    with pytest.raises(NotFoundError) as raised:
        Checkpoint(str(tmp_path / "none"), "run/none")
    assert raised.value.file == "run/none.index"


def test_a_missing_shard_is_named_and_the_other_still_reads(tmp_path) -> None:
    prefix = copy_checkpoint("sharded.ckpt-7", tmp_path)
    os.remove(f"{prefix}.data-00001-of-00002")
    checkpoint = Checkpoint(prefix, "run/sharded")
    with pytest.raises(DataError, match="missing") as raised:
        checkpoint.source("on_device_1")
    assert raised.value.file == "run/sharded.data-00001-of-00002"
    assert checkpoint.source("on_device_0").read_all().shape == (9, 4)


def test_a_short_shard_says_how_short(tmp_path) -> None:
    prefix = copy_checkpoint("sharded.ckpt-7", tmp_path)
    os.truncate(f"{prefix}.data-00001-of-00002", 100)
    settle(tmp_path)
    with pytest.raises(DataError, match="has 100 bytes; 144 are expected") as raised:
        Checkpoint(prefix, "run/sharded").source("on_device_1")
    assert raised.value.file == "run/sharded.data-00001-of-00002"


@pytest.mark.parametrize(("name", "key"), [("sharded.ckpt-7", "on_device_1"), ("model.ckpt-100", "columns")])
def test_a_flipped_bit_is_found_by_the_pass_that_reads_everything(name, key, tmp_path) -> None:
    checkpoint = open_checkpoint(name, tmp_path)
    piece = checkpoint.source(key)._pieces[-1]
    with open(piece.path, "r+b") as file:
        file.seek(piece.offset + 5)
        byte = file.read(1)
        file.seek(piece.offset + 5)
        file.write(bytes([byte[0] ^ 1]))
    settle(tmp_path)
    source = Checkpoint(checkpoint.prefix, checkpoint.display).source(key)
    assert source.read_rows([0]).shape[0] == 1
    for read in (source.read_all, lambda: list(source.blocks(2))):
        with pytest.raises(DataError, match="crc32c") as raised:
            read()
        assert raised.value.file == piece.display.replace(checkpoint.display, source.display)


def test_the_checksum_is_paid_once_for_a_version(tmp_path, monkeypatch) -> None:
    checkpoint = open_checkpoint("sharded.ckpt-7", tmp_path)
    checkpoint.source("on_device_1").read_all()
    monkeypatch.setattr("tb_projector_plugin.sources.pieces._extend_crc32c", lambda *_: pytest.fail("computed again"))
    checkpoint.source("on_device_1").read_all()


def test_a_checkpoint_of_another_shape_in_its_place_is_stale(tmp_path) -> None:
    source = open_checkpoint("model.ckpt-100", tmp_path).source("scope/whole")
    from table_writer import bundle_entry, header, write_simple_table

    (tmp_path / "model.ckpt-100.data-00000-of-00001").write_bytes(bytes(8))
    index = write_simple_table([(b"", header()), (b"scope/whole", bundle_entry([2, 1], size=8))])
    (tmp_path / "model.ckpt-100.index").write_bytes(index)
    with pytest.raises(StaleError, match="changed"):
        source.read_all()


def test_a_checkpoint_of_the_same_shape_in_its_place_needs_a_new_source(tmp_path) -> None:
    checkpoint = open_checkpoint("object.ckpt-1", tmp_path)
    source = checkpoint.source(f"float32{VALUE}")
    import google_crc32c
    from table_writer import bundle_entry, header, mask, write_simple_table

    vectors = np.arange(15, dtype="<f4")
    (tmp_path / "object.ckpt-1.data-00000-of-00001").write_bytes(vectors.tobytes())
    entry = bundle_entry([5, 3], size=60, crc32c=mask(google_crc32c.value(vectors.tobytes())))
    index = write_simple_table([(b"", header()), (f"float32{VALUE}".encode(), entry)])
    (tmp_path / "object.ckpt-1.index").write_bytes(index)
    with pytest.raises(StaleError):
        source.read_all()
    anew = Checkpoint(checkpoint.prefix, checkpoint.display).source(f"float32{VALUE}")
    assert anew.read_all().reshape(-1).tolist() == vectors.tolist()


@pytest.mark.parametrize("age_s", [0, 60])
def test_damage_of_a_moment_ago_may_be_a_save_that_is_not_over(age_s, tmp_path) -> None:
    checkpoint = open_checkpoint("sharded.ckpt-7", tmp_path)
    os.truncate(f"{checkpoint.prefix}.data-00001-of-00002", 100)
    os.truncate(f"{checkpoint.prefix}.index", 20)
    if age_s:
        settle(tmp_path)
    with pytest.raises(DataError if age_s else StaleError):
        Checkpoint(checkpoint.prefix, checkpoint.display)


def test_reads_without_tensorflow_and_beside_it() -> None:
    """In a fresh process: reading imports nothing of TensorFlow, and importing it afterwards does not conflict."""
    from golden_checkpoints import GOLDEN

    program = f"""
import sys
from tb_projector_plugin.sources.checkpoint.checkpoint import Checkpoint
from tb_projector_plugin.sources.checkpoint.files import find_checkpoints, read_checkpoint_state
checkpoint = Checkpoint({str(GOLDEN / "tensorflow" / "model.ckpt-100")!r}, "c")
assert checkpoint.source("rows").read_all().shape == (100, 6)
assert not any(name.split(".")[0] in ("tensorflow", "keras", "torch", "pandas") for name in sys.modules)
import tensorflow
assert checkpoint.source("rows").read_all().shape == (100, 6)
"""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run([sys.executable, "-c", program], check=True, cwd=GOLDEN, env=environment)
