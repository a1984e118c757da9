"""Writes tests/golden: files that TensorFlow and PyTorch wrote, small enough to commit.

    python scripts/make_golden.py               # TensorFlow's, with what TensorFlow reads from them as .npz
    python scripts/make_golden.py --only torch  # PyTorch's SummaryWriter.add_embedding layout

Each part runs where its framework is installed; the files are committed, so that tests need neither.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"

#: Every numeric type that TensorFlow saves in a variable and the reader shows.
NUMBERS = (
    *("float32", "float64", "float16", "bfloat16", "bool"),
    *("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"),
)
#: Types that the reader rejects by name.
REFUSED = ("complex64", "complex128", "string", "float8_e5m2", "float8_e4m3fn", "int4", "uint4")


def values_of(name: str, tf: Any) -> Any:
    """5 x 3 numbers that cover the whole range of a type."""
    kind = tf.dtypes.as_dtype(name)
    if name == "string":
        return tf.constant([["word", "", "日本"]])
    if name == "bool":
        return tf.constant(np.arange(15).reshape(5, 3) % 2 == 0)
    if kind.is_integer and name not in ("int4", "uint4"):
        limits = np.iinfo(kind.as_numpy_dtype)
        numbers = np.array([limits.min, limits.max, 1, 0, limits.max // 3] * 3, kind.as_numpy_dtype)
        return tf.constant(numbers.reshape(5, 3))
    numbers = np.array([0.1, -1.5, 3e4, 0, -0.0, 1e-6, 7, np.pi, np.inf, -np.inf, np.nan, 2, 3, 4, 5])
    numbers = numbers if kind.is_floating or kind.is_complex else np.arange(15) % 8
    return tf.cast(tf.constant(numbers.reshape(5, 3)), kind)


def write_object_checkpoint(folder: Path, tf: Any) -> str:
    """tf.train.Checkpoint with one variable of each type, ranks 0 to 3, no rows, and a name with a slash and a dot."""
    variables = {name: tf.Variable(values_of(name, tf)) for name in NUMBERS}
    variables |= {f"rank{rank}": tf.Variable(tf.ones([2] * rank)) for rank in (0, 1, 3)}
    variables |= {"no_rows": tf.Variable(tf.zeros([0, 4])), "one_dimension": tf.Variable(tf.ones([6, 1]))}
    variables |= {"layers/word.vectors": tf.Variable(tf.random.stateless_normal([20, 8], [1, 2]))}
    return str(tf.train.Checkpoint(**variables).save(str(folder / "object.ckpt")))


def write_refused(folder: Path, tf: Any) -> str:
    """Types other than real numbers, as the V2 writer stores them."""
    names = list(REFUSED)
    prefix = str(folder / "refused.ckpt")
    tf.raw_ops.SaveV2(
        prefix=prefix, tensor_names=names, shape_and_slices=[""] * len(names), tensors=[values_of(n, tf) for n in names]
    )
    return prefix


def write_keras_checkpoint(folder: Path, tf: Any) -> str:
    """A trained Keras 3 model: its weights' shortest paths lead through the optimizer."""
    import keras

    keras.utils.set_random_seed(1)
    layers = [
        keras.layers.Input((3,)),
        keras.layers.Embedding(11, 4, name="word_embedding"),
        keras.layers.Flatten(),
        keras.layers.Dense(2, name="score"),
    ]
    model = keras.Sequential(layers, name="words")
    model.compile(optimizer="adam", loss="mse")
    model.fit(np.arange(30).reshape(10, 3) % 11, np.ones((10, 2)), verbose=0)
    return str(tf.train.Checkpoint(model=model, optimizer=model.optimizer).save(str(folder / "keras.ckpt")))


def write_slots_checkpoint(folder: Path, tf: Any) -> str:
    """TF2 slots (.OPTIMIZER_SLOT), which the optimizers of tf.compat.v1 write into object checkpoints."""
    variable = tf.Variable(tf.ones([4, 3]), name="embedding")
    optimizer = tf.compat.v1.train.AdamOptimizer(0.1)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(variable * 2.0)
    optimizer.apply_gradients([(tape.gradient(loss, variable), variable)])
    return str(tf.train.Checkpoint(embedding=variable, optimizer=optimizer).save(str(folder / "slots.ckpt")))


def write_partitioned_checkpoint(folder: Path, tf: Any) -> str:
    """A TF1 Saver checkpoint: cut along rows, along columns and not at all, each with Adam and Adagrad slots."""
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        v1.set_random_seed(1)
        rows = v1.get_variable("rows", [100, 6], partitioner=v1.fixed_size_partitioner(3))
        columns = v1.get_variable("columns", [5, 70], partitioner=v1.fixed_size_partitioner(4, axis=1))
        whole = v1.get_variable("scope/whole", [7, 6])
        loss = sum(tf.reduce_sum(part * part) for part in [*rows, *columns, whole])
        steps = [v1.train.AdamOptimizer(0.1).minimize(loss), v1.train.AdagradOptimizer(0.1).minimize(loss)]
        session.run(v1.global_variables_initializer())
        session.run(steps)
        return str(v1.train.Saver().save(session, str(folder / "model.ckpt"), global_step=100, write_meta_graph=False))


def write_sharded_checkpoint(folder: Path, tf: Any) -> str:
    """Two shards, one for each of two devices, merged by Saver(sharded=True)."""
    v1 = tf.compat.v1
    config = v1.ConfigProto(device_count={"CPU": 2})
    with tf.Graph().as_default(), v1.Session(config=config) as session:
        v1.set_random_seed(2)
        for number in (0, 1):
            with tf.device(f"/cpu:{number}"):
                v1.get_variable(f"on_device_{number}", [9, 4])
        session.run(v1.global_variables_initializer())
        saver = v1.train.Saver(sharded=True)
        return str(saver.save(session, str(folder / "sharded.ckpt"), global_step=7, write_meta_graph=False))


def write_v1_checkpoint(folder: Path, tf: Any) -> str:
    """The format before V2, which is rejected with a fix."""
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("old", [2, 2])
        session.run(v1.global_variables_initializer())
        saver = v1.train.Saver(write_version=v1.train.SaverDef.V1)
        return str(saver.save(session, str(folder / "old.ckpt"), global_step=1, write_meta_graph=False))


def write_reference(prefix: str, tf: Any) -> None:
    """Writes what TensorFlow reads from a checkpoint beside it: `<prefix>.npz` has each tensor in its own type."""
    reader = tf.train.load_checkpoint(prefix)
    arrays = {}
    for key, kind in reader.get_variable_to_dtype_map().items():
        if kind != tf.string:
            tensor = np.asarray(reader.get_tensor(key))
            arrays[key.replace("/", "|")] = tensor.view(np.uint16) if kind == tf.bfloat16 else tensor
    np.savez_compressed(f"{prefix}.npz", **arrays)


WRITERS: tuple[Callable[[Path, Any], str], ...] = (
    write_object_checkpoint,
    write_keras_checkpoint,
    write_slots_checkpoint,
    write_partitioned_checkpoint,
    write_sharded_checkpoint,
)


def make_tensorflow(folder: Path) -> None:
    import tensorflow as tf

    tf.config.set_visible_devices([], "GPU")
    for write in WRITERS:
        write_reference(write(folder, tf), tf)
    write_refused(folder, tf)
    write_v1_checkpoint(folder, tf)
    (folder / "checkpoint").unlink(missing_ok=True)


def make_torch(folder: Path) -> None:
    """Two steps of one tag with labels and images, and one tag with a header and neither."""
    import torch
    from torch.utils.tensorboard import SummaryWriter

    torch.manual_seed(1)
    vectors = torch.randn(12, 5)
    images = torch.rand(12, 3, 8, 8)
    with SummaryWriter(str(folder), filename_suffix=".golden") as writer:
        for step in (10, 20):
            labels = [f"label {row}" for row in range(12)]
            writer.add_embedding(vectors * step, metadata=labels, label_img=images, global_step=step, tag="digits")
        pairs = [[f"word {row}", str(row % 3)] for row in range(12)]
        writer.add_embedding(vectors, metadata=pairs, metadata_header=["word", "class"], global_step=10, tag="words")
    for events in folder.glob("events.*"):
        events.unlink()
    np.save(folder / "vectors.npy", vectors.numpy())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=("tensorflow", "torch"))
    only = parser.parse_args().only
    for name, make in (("tensorflow", make_tensorflow), ("torch", make_torch)):
        if only in (None, name):
            shutil.rmtree(GOLDEN / name, ignore_errors=True)
            (GOLDEN / name).mkdir(parents=True)
            make(GOLDEN / name)
            print(f"{name}: {sum(1 for _ in (GOLDEN / name).rglob('*'))} files in {GOLDEN / name}")


if __name__ == "__main__":
    main()
