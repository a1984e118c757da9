"""One run for each common fault in users' files, as TensorFlow, Keras and text editors produce them.

`BAD_RUNS` lists what `/runs` must report for each. `write_logdir` writes all of them beside one good run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from file_ages import settle
from logdir_builders import write_checkpoint, write_metadata, write_sprite

from .damage import cut_short, flip_byte, remove_shard, write_saver_checkpoint, write_summary

GOOD = "good"
GOOD_ROWS = 60
KEY = "/.ATTRIBUTES/VARIABLE_VALUE"


@dataclass(frozen=True)
class BadRun:
    """`message` and `fix` list words that must occur in them; `file` is relative to the logdir.

    `rows` is the number of points that the tab must still show, None if there is nothing to show. `breaks_builtin`: by
    measurement, TensorBoard's own projector answers 500 for every run beside this one, with our plugin or without.
    """

    name: str
    write: Callable[[Path], None]
    file: str
    message: tuple[str, ...]
    fix: tuple[str, ...]
    rows: int | None = None
    line: int | None = None
    level: str = "error"
    breaks_builtin: bool = False


def write_logdir(logdir: Path, runs: list[BadRun]) -> Path:
    """Writes all `runs` and the good one, with event files: the built-in projector lists no run without them."""
    write_good(logdir / GOOD)
    write_metadata(logdir.parent / "outside.tsv", [["secret"]] * 10)
    for run in runs:
        run.write(logdir / run.name)
        write_summary(logdir / run.name)
    settle(logdir)
    return logdir


def write_good(run: Path) -> None:
    vectors = _vectors(GOOD_ROWS, 8)
    vectors[-1] = 40  # The far outlier that tests search for in the picture.
    write_metadata(run_dir(run) / "metadata.tsv", [[f"good {row}"] for row in range(GOOD_ROWS)])
    write_checkpoint(run, 3, good=vectors)
    _config(run, f'tensor_name: "good{KEY}" metadata_path: "metadata.tsv"', checkpoint="model.ckpt-3")
    write_summary(run)


def run_dir(run: Path) -> Path:
    run.mkdir(parents=True, exist_ok=True)
    return run


def _vectors(rows: int, dims: int) -> np.ndarray:
    return np.random.default_rng(rows * 1000 + dims).normal(size=(rows, dims)).astype(np.float32)


def _config(run: Path, embedding: str, checkpoint: str = "model.ckpt-7") -> None:
    """Writes a config, and the `checkpoint` file beside it, with which the built-in projector finds the checkpoint."""
    (run_dir(run) / "checkpoint").write_text(f'model_checkpoint_path: "{checkpoint}"\n')
    (run / "projector_config.pbtxt").write_text(f"embeddings {{\n  {embedding}\n}}\n")


def _saved(run: Path, vectors: np.ndarray, extra: str = "") -> None:
    """Writes a checkpoint with one variable `words`, and a config that names it."""
    write_checkpoint(run, 7, words=vectors)
    _config(run, f'tensor_name: "words{KEY}" {extra}')


def _missing_shard(run: Path) -> None:
    prefix = write_saver_checkpoint(run, {"first": _vectors(10, 4)}, {"second": _vectors(10, 4)})
    _config(run, 'tensor_name: "second"')
    remove_shard(prefix, 1)


def _truncated_index(run: Path) -> None:
    _saved(run, _vectors(10, 4))
    cut_short(run / "model.ckpt-7.index")


def _corrupt_index(run: Path) -> None:
    _saved(run, _vectors(10, 4))
    flip_byte(run / "model.ckpt-7.index", 20)


def _corrupt_tensor(run: Path) -> None:
    prefix = write_saver_checkpoint(run, {"words": _vectors(10, 4)})
    _config(run, 'tensor_name: "words"')
    flip_byte(Path(f"{prefix}.data-00000-of-00001"), 20)


def _string_tensor(run: Path) -> None:
    write_saver_checkpoint(run, {"words": np.array([["a", "b"], ["c", "d"]])})
    _config(run, 'tensor_name: "words"')


def _three_dimensional_tensor(run: Path) -> None:
    write_saver_checkpoint(run, {"words": np.zeros((2, 3, 4), np.float32)})
    _config(run, 'tensor_name: "words"')


def _not_finite(run: Path) -> None:
    vectors = _vectors(40, 4)
    vectors[[3, 5], 1] = np.nan
    vectors[[11, 12, 13], 2] = [np.inf, -np.inf, np.inf]
    _saved(run, vectors)


def _metadata(run: Path, lines: int) -> None:
    write_metadata(run_dir(run) / "metadata.tsv", [[f"word {line}"] for line in range(lines)])
    _saved(run, _vectors(10, 4), 'metadata_path: "metadata.tsv"')


def _undecodable_metadata(run: Path) -> None:
    lines = [b"word %d" % line for line in range(10)]
    lines[6] = b"caf\xe9"  # Latin-1, as spreadsheets save it.
    (run_dir(run) / "metadata.tsv").write_bytes(b"\n".join(lines) + b"\n")
    _saved(run, _vectors(10, 4), 'metadata_path: "metadata.tsv"')


def _config_that_does_not_parse(run: Path) -> None:
    _saved(run, _vectors(10, 4))
    (run / "projector_config.pbtxt").write_text("embeddings {\n  # The name of the variable\n  tensor_name = 5\n}\n")


def _path_outside(run: Path) -> None:
    _saved(run, _vectors(10, 4), 'metadata_path: "../../outside.tsv"')


def _sprite_that_is_no_image(run: Path) -> None:
    (run_dir(run) / "sprite.png").write_text("<html>404: not found</html>\n")
    _saved(run, _vectors(10, 4), 'sprite { image_path: "sprite.png" single_image_dim: 8 single_image_dim: 8 }')


def _sprite_too_small(run: Path) -> None:
    write_sprite(run_dir(run) / "sprite.png", np.zeros((4, 8, 8), np.uint8))
    _saved(run, _vectors(10, 4), 'sprite { image_path: "sprite.png" single_image_dim: 8 single_image_dim: 8 }')


def _missing_metadata(run: Path) -> None:
    _saved(run, _vectors(10, 4), 'metadata_path: "labels.tsv"')


def _missing_tensor(run: Path) -> None:
    write_checkpoint(run, 7, words=_vectors(10, 4))
    _config(run, 'tensor_name: "wrods"')


def _raw_of_wrong_size(run: Path) -> None:
    (run_dir(run) / "vectors.bytes").write_bytes(_vectors(10, 4).tobytes()[:-6])
    _config(run, 'tensor_name: "words" tensor_path: "vectors.bytes" tensor_shape: 10 tensor_shape: 4')
    (run / "checkpoint").unlink()


BAD_RUNS = [
    BadRun(
        "missing_shard",
        _missing_shard,
        file="missing_shard/model.ckpt-7.data-00001-of-00002",
        message=("is missing", "data files of the checkpoint: 2"),
        fix=("Copy the missing file",),
        rows=10,  # Those of `first`, whose shard exists.
    ),
    BadRun(
        "truncated_index",
        _truncated_index,
        file="truncated_index/model.ckpt-7.index",
        message=("is damaged", "the end is missing"),
        fix=("Save the checkpoint again",),
    ),
    BadRun(
        "corrupt_index",
        _corrupt_index,
        file="corrupt_index/model.ckpt-7.index",
        message=("is damaged", "crc32c"),
        fix=("Save the checkpoint again",),
    ),
    BadRun(
        "corrupt_tensor",
        _corrupt_tensor,
        file="corrupt_tensor/model.ckpt-7.data-00000-of-00001",
        message=("crc32c", "the index says"),
        fix=("wait for the training job", "copy it again"),
    ),
    BadRun(
        "string_tensor",
        _string_tensor,
        file="string_tensor/model.ckpt-7.index",
        message=("'words' holds string", "numbers are expected"),
        fix=("Name a tensor of numbers",),
    ),
    BadRun(
        "three_dimensional_tensor",
        _three_dimensional_tensor,
        file="three_dimensional_tensor/model.ckpt-7.index",
        message=("'words' has the shape 2 x 3 x 4", "two dimensions"),
        fix=("reshape",),
    ),
    BadRun(
        "not_finite",
        _not_finite,
        file="not_finite/model.ckpt-7",
        message=("5 rows hold NaN or infinity and are not drawn", "rows 3, 5, 11, 12, 13 of 40"),
        fix=("diverged",),
        level="warning",
        rows=35,
    ),
    BadRun(
        "zero_rows",
        lambda run: _saved(run, np.zeros((0, 4), np.float32)),
        file="zero_rows/model.ckpt-7",
        message=("'words' has no rows", "[0, 4]"),
        fix=("at least one row",),
    ),
    BadRun(
        "one_row",
        lambda run: _saved(run, _vectors(1, 4)),
        file="one_row/model.ckpt-7",
        message=("'words' has one row",),
        fix=("save more rows",),
        level="info",
        rows=1,
    ),
    BadRun(
        "one_dimension",
        lambda run: _saved(run, _vectors(50, 1)),
        file="one_dimension/model.ckpt-7",
        message=("'words' has one dimension", "on a line"),
        fix=("[rows, dimensions]",),
        level="info",
        rows=50,
    ),
    BadRun(
        "many_dimensions",
        lambda run: _saved(run, _vectors(12, 100_000)),
        file="many_dimensions/model.ckpt-7",
        message=("'words' has 100,000 dimensions",),
        fix=("narrower layer",),
        level="info",
        rows=12,
    ),
    BadRun(
        "more_metadata",
        lambda run: _metadata(run, 12),
        file="more_metadata/metadata.tsv",
        message=("12 lines for 10 points", "last 2 are not shown"),
        fix=("one line for each point",),
        level="warning",
        rows=10,
    ),
    BadRun(
        "fewer_metadata",
        lambda run: _metadata(run, 7),
        file="fewer_metadata/metadata.tsv",
        message=("7 lines for 10 points", "last 3 points have no metadata"),
        fix=("one line for each point",),
        level="warning",
        rows=10,
    ),
    BadRun(
        "undecodable_metadata",
        _undecodable_metadata,
        file="undecodable_metadata/metadata.tsv",
        line=7,
        message=("line 7 is not UTF-8",),
        fix=("Save the file as UTF-8",),
        level="warning",
        rows=10,
    ),
    BadRun(
        "unparsable_config",
        _config_that_does_not_parse,
        file="unparsable_config/projector_config.pbtxt",
        line=3,
        message=("line 3", "tensor_name = 5"),
        fix=("Correct the line",),
        rows=10,  # The checkpoint beside it needs no config.
        breaks_builtin=True,
    ),
    BadRun(
        "path_outside",
        _path_outside,
        file="path_outside/projector_config.pbtxt",
        message=("metadata_path of 'words'", "../../outside.tsv", "out of the logdir"),
        fix=("--embeddings_allow_paths",),
        rows=10,
    ),
    BadRun(
        "sprite_no_image",
        _sprite_that_is_no_image,
        file="sprite_no_image/sprite.png",
        message=("is not an image",),
        fix=("PNG",),
        rows=10,
    ),
    BadRun(
        "sprite_too_small",
        _sprite_too_small,
        file="sprite_too_small/sprite.png",
        message=("16 x 16 px", "4 in all", "10 points are expected"),
        fix=("single_image_dim",),
        rows=10,
    ),
    BadRun(
        "missing_metadata",
        _missing_metadata,
        file="missing_metadata/labels.tsv",
        message=("is not there", "metadata_path"),
        fix=("Write the file",),
        rows=10,
    ),
    BadRun(
        "missing_tensor",
        _missing_tensor,
        file="missing_tensor/model.ckpt-7.index",
        message=("'wrods'", "it has 'words'"),
        fix=("Correct tensor_name",),
        rows=10,
    ),
    BadRun(
        "raw_of_wrong_size",
        _raw_of_wrong_size,
        file="raw_of_wrong_size/vectors.bytes",
        message=("154 bytes", "takes 160"),
        fix=("Correct tensor_shape",),
        breaks_builtin=True,
    ),
]
