"""Problems of a bad run in `/runs`: which file, what is wrong, how to fix it; the run beside it is unaffected."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from catalog_logdirs import make_catalog, names_of, save, steps_of, vectors, write_config
from file_ages import settle
from PIL import Image

from tb_projector_plugin.catalog import Catalog, run_reading

WORDS = vectors(10, 4)
CONFIG = "bad/projector_config.pbtxt"
Problems = list[dict[str, Any]]


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[..., Problems]:
    """`problems_of(config)` writes it into the run `bad`, beside the run `good`, and returns the reported problems."""
    save(tmp_path / "good" / "m-1", words=WORDS)

    def ask(config: str, level: str | None = None) -> Problems:
        write_config(tmp_path / "bad", config)
        settle(tmp_path / "bad")
        before = disk(tmp_path)
        catalog = make_catalog(tmp_path)
        problems = catalog.runs()["problems"]
        np.testing.assert_array_equal(catalog.tensor("good", "words").source.read_all(), WORDS)
        assert {problem["run"] for problem in problems} <= {"bad"}
        assert str(tmp_path) not in str(problems)
        assert all(problem["fix"] and problem["message"] for problem in problems)
        assert disk(tmp_path) == before, "reading changed the logdir"
        return [problem for problem in problems if level in (None, problem["level"])]

    return ask


def disk(logdir: Path) -> dict[str, tuple[int, str]]:
    files = (path for path in logdir.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files}


def the_one(problems: Problems, file: str, *words: str, fix: str = "") -> dict[str, Any]:
    (problem,) = problems
    assert problem["file"] == file
    for word in words:
        assert word in problem["message"], problem["message"]
    assert fix in problem["fix"], problem["fix"]
    return problem


def test_a_config_that_does_not_parse(problems_of: Callable[..., Problems]) -> None:
    problem = the_one(problems_of('embeddings {\n  tensor_name "a"\n}'), CONFIG, "line 2", fix="tensor_name")
    assert (problem["line"], problem["level"], problem["kind"]) == (2, "error", "bad_data")


@pytest.mark.parametrize("opening", ["a { ", "embeddings { ", "embeddings { sprite { x { "])
def test_a_config_nested_without_end_leaves_the_checkpoints(
    problems_of: Callable[..., Problems], tmp_path: Path, opening: str
) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    depth = 5000
    problem = the_one(problems_of(opening * depth + "}" * opening.count("{") * depth), CONFIG, "nested")
    assert (problem["kind"], problem["level"]) == ("bad_data", "error")
    assert names_of(make_catalog(tmp_path), "bad") == ["words"]


@pytest.mark.parametrize("digits", ["9" * 5000, "1732570000000000001", str(2**53), "9" * 16])
def test_a_step_that_no_browser_counts_to_is_none(
    problems_of: Callable[..., Problems], tmp_path: Path, digits: str
) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    (tmp_path / "bad" / "v.tsv").write_text("1\t2\n3\t4\n")
    entry = f'embeddings {{ tensor_name: "v:{digits}" tensor_path: "v.tsv" }}'
    problem = the_one(problems_of(entry), CONFIG, digits[:50], str(2**53 - 1), fix="from 0")
    assert (problem["kind"], problem["level"]) == ("bad_data", "warning")
    assert len(problem["message"]) < 400
    catalog = make_catalog(tmp_path)
    assert names_of(catalog, "bad") == [f"v:{digits}", "words"]
    assert steps_of(catalog, f"v:{digits}", "bad") == [None]


@pytest.mark.parametrize("digits", [str(2**53 - 1), "0" * 5000 + "7"])
def test_the_largest_step_and_leading_zeros_are_numbers(
    problems_of: Callable[..., Problems], tmp_path: Path, digits: str
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "v.tsv").write_text("1\t2\n3\t4\n")
    assert problems_of(f'embeddings {{ tensor_name: "v:{digits}" tensor_path: "v.tsv" }}') == []
    assert steps_of(make_catalog(tmp_path), "v", "bad") == [int(digits.lstrip("0"))]


@pytest.mark.parametrize("name", ["m.ckpt-1732570000000000001", "cp-17325700000000000.ckpt"])
def test_a_checkpoints_number_that_no_browser_counts_to_is_no_step(
    problems_of: Callable[..., Problems], tmp_path: Path, name: str
) -> None:
    save(tmp_path / "bad" / name, words=WORDS)
    problem = the_one(problems_of(""), "bad", name, "without a step", fix="from 0")
    assert problem["level"] == "warning"
    assert steps_of(make_catalog(tmp_path), "words", "bad") == [None]


def test_a_config_with_unknown_fields(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    problems = problems_of('colour: "red" embeddings { tensor_name: "words" }')
    assert the_one(problems, CONFIG, "colour", "built-in", fix="remove")["level"] == "warning"


def test_a_tensor_that_is_not_there_names_near_ones(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", word_embedding=WORDS, other=WORDS)
    problems = problems_of('embeddings { tensor_name: "word_embeding" }')
    the_one(problems, "bad/m-1.index", "'word_embeding'", "'word_embedding'", fix="tensor_name")


@pytest.mark.parametrize(
    ("tensor", "words"),
    [
        (np.zeros(5, np.float32), ("shape 5;", "rows x dimensions")),
        (np.zeros((2, 3, 4), np.float32), ("2 x 3 x 4", "two dimensions")),
        (np.array([["a", "b"]]), ("string", "numbers")),
        (np.float32(3), ("a single number",)),
        (np.zeros((2, 2), np.complex64), ("complex64", "numbers")),
    ],
)
def test_a_tensor_that_cannot_be_shown(
    problems_of: Callable[..., Problems], tmp_path: Path, tensor: Any, words: tuple[str, ...]
) -> None:
    save(tmp_path / "bad" / "m-1", words=tensor)
    the_one(problems_of('embeddings { tensor_name: "words" }'), "bad/m-1.index", CONFIG, *words)


def test_no_checkpoint_at_all(problems_of: Callable[..., Problems]) -> None:
    the_one(problems_of('embeddings { tensor_name: "words" }'), CONFIG, "'words'", "*.index", fix="tensor_path")


def test_a_named_checkpoint_that_is_not_there_says_which_are(
    problems_of: Callable[..., Problems], tmp_path: Path
) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    problems = problems_of('model_checkpoint_path: "m-9" embeddings { tensor_name: "words" }')
    the_one(problems, CONFIG, "'m-9'", "bad/m-1", fix="model_checkpoint_path")


def test_a_state_file_that_names_nothing(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    (tmp_path / "bad" / "checkpoint").write_text('model_checkpoint_path: "/srv/private/gone-5"\n')
    problem = the_one(problems_of(""), "bad/checkpoint", "'gone-5'", fix="delete")
    assert "/srv" not in problem["message"]
    assert steps_of(make_catalog(tmp_path), "words", "bad") == [1]


@pytest.mark.parametrize(
    "entry",
    [
        'tensor_name: "words" metadata_path: "%s"',
        'tensor_name: "words" sprite { image_path: "%s" single_image_dim: 2 single_image_dim: 2 }',
        'tensor_name: "words" tensor_path: "%s"',
    ],
)
@pytest.mark.parametrize("path", ["../../outside.tsv", "/etc/passwd", "~/outside.tsv"])
def test_every_path_that_leaves_the_logdir_is_refused(
    problems_of: Callable[..., Problems], tmp_path: Path, entry: str, path: str
) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    (tmp_path.parent / "outside.tsv").write_text("x\n" * 10)
    problem = the_one(
        problems_of("embeddings { %s }" % (entry % path)), CONFIG, "leads out", fix="--embeddings_allow_paths"
    )
    assert (problem["kind"], problem["embedding"]) == ("forbidden", "words")
    assert "/etc" not in problem["message"]


@pytest.mark.parametrize("field", ["model_checkpoint_path", "model_checkpoint_dir"])
def test_a_checkpoint_outside_is_refused(problems_of: Callable[..., Problems], tmp_path: Path, field: str) -> None:
    problems = problems_of(f'{field}: "/etc"')
    the_one(problems, CONFIG, field, "leads out", fix="--embeddings_allow_paths")


def test_files_that_are_not_there(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    the_one(problems_of('embeddings { tensor_name: "words" metadata_path: "m.tsv" }'), "bad/m.tsv", CONFIG)
    the_one(problems_of('embeddings { tensor_name: "v" tensor_path: "v.tsv" }'), "bad/v.tsv", fix="tensor_path")
    (tmp_path / "bad" / "d").mkdir()
    the_one(problems_of('embeddings { tensor_name: "words" metadata_path: "d" }'), "bad/d", "is a directory")


@pytest.mark.parametrize(
    ("size", "dims", "words"),
    [
        (None, "single_image_dim: 2 single_image_dim: 2", ("image",)),
        ((4, 4), "single_image_dim: 2 single_image_dim: 2", ("2 x 2 thumbnails", "10 points")),
        ((8, 8), "", ("single_image_dim", "width and height")),
        ((8, 8), "single_image_dim: 0 single_image_dim: 2", ("single_image_dim",)),
    ],
)
def test_a_sprite_that_is_wrong(
    problems_of: Callable[..., Problems],
    tmp_path: Path,
    size: tuple[int, int] | None,
    dims: str,
    words: tuple[str, ...],
) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    if size is None:
        (tmp_path / "bad" / "s.png").write_text("no image")
    else:
        Image.new("L", size).save(tmp_path / "bad" / "s.png")
    problems = problems_of(f'embeddings {{ tensor_name: "words" sprite {{ image_path: "s.png" {dims} }} }}')
    the_one(problems, "bad/s.png", *words)
    assert steps_of(make_catalog(tmp_path), "words", "bad") == [1]


def test_an_entry_twice(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    problems = problems_of('embeddings { tensor_name: "words" } embeddings { tensor_name: "words:0" }')
    assert the_one(problems, CONFIG, "twice")["level"] == "warning"


def test_raw_without_a_shape_and_with_a_wrong_one(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "v.bytes").write_bytes(WORDS.tobytes())
    entry = 'embeddings { tensor_name: "v" tensor_path: "v.bytes" %s }'
    the_one(problems_of(entry % ""), "bad/v.bytes", "160 bytes", fix="tensor_shape")
    the_one(problems_of(entry % "tensor_shape: 11 tensor_shape: 4"), "bad/v.bytes", "160", "176")
    assert problems_of(entry % "tensor_shape: 10 tensor_shape: 4") == []


def test_a_shape_that_is_not_the_texts(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    np.savetxt(tmp_path / "bad" / "v.tsv", WORDS, delimiter="\t")
    problems = problems_of('embeddings { tensor_name: "v" tensor_path: "v.tsv" tensor_shape: 9 tensor_shape: 4 }')
    assert the_one(problems, CONFIG, "[9, 4]", "[10, 4]", fix="tensor_shape")["level"] == "warning"


def test_a_broken_step_leaves_the_others(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    for step in (1, 2, 3):
        save(tmp_path / "bad" / f"m-{step}", words=WORDS)
    index = tmp_path / "bad" / "m-2.index"
    index.write_bytes(index.read_bytes()[:-5])
    (tmp_path / "bad" / "m-3.data-00000-of-00001").unlink()
    problems = problems_of('embeddings { tensor_name: "words" }')
    assert [problem["file"] for problem in problems] == ["bad/m-2.index", "bad/m-3.data-00000-of-00001"]
    assert steps_of(make_catalog(tmp_path), "words", "bad") == [1]


def test_a_damaged_index_is_said_once(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    """Not again for every entry that names one of its tensors: the checkpoint itself was found."""
    save(tmp_path / "bad" / "m-7", words=WORDS)
    index = tmp_path / "bad" / "m-7.index"
    index.write_bytes(index.read_bytes()[:-20])
    the_one(
        problems_of('embeddings { tensor_name: "words" } embeddings { tensor_name: "more" }'),
        "bad/m-7.index",
        "damaged",
    )


def test_labels_of_the_root_are_not_put_on_the_points_of_a_run(
    problems_of: Callable[..., Problems], tmp_path: Path
) -> None:
    (tmp_path / "m.tsv").write_text("root\n" * len(WORDS))
    save(tmp_path / "bad" / "m-1", words=WORDS)
    problem = the_one(
        problems_of('embeddings { tensor_name: "words" metadata_path: "m.tsv" }'), "bad/m.tsv", "not there"
    )
    assert problem["embedding"] == "words"
    (run,) = [run for run in make_catalog(tmp_path).runs()["runs"] if run["name"] == "bad"]
    assert run["embeddings"][0]["metadata"] is None


def test_a_missing_shard_is_said_once(problems_of: Callable[..., Problems], tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", a=WORDS, b=WORDS, c=WORDS)
    (tmp_path / "bad" / "m-1.data-00000-of-00001").unlink()
    the_one(problems_of(""), "bad/m-1.data-00000-of-00001", "missing")


def test_a_missing_shard_that_is_copied_in_is_read(tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    shard = tmp_path / "bad" / "m-1.data-00000-of-00001"
    content = shard.read_bytes()
    shard.unlink()
    settle(tmp_path)
    catalog = make_catalog(tmp_path)
    the_one(catalog.runs()["problems"], "bad/m-1.data-00000-of-00001", "missing", fix="Copy")
    shard.write_bytes(content)
    settle(tmp_path)
    catalog._due_at = 0.0
    assert catalog.runs()["problems"] == []
    np.testing.assert_array_equal(catalog.tensor("bad", "words").source.read_all(), WORDS)


def test_metadata_that_does_not_fit_is_reported_once_it_is_read(tmp_path: Path) -> None:
    save(tmp_path / "bad" / "m-1", words=WORDS)
    (tmp_path / "bad" / "m.tsv").write_text("x\n" * 7)
    write_config(tmp_path / "bad", 'embeddings { tensor_name: "words" metadata_path: "m.tsv" }')
    catalog = make_catalog(tmp_path)
    assert catalog.runs()["problems"] == []
    for _ in range(2):
        assert catalog.metadata("bad", "words").table.num_rows == 10
    problem = the_one(catalog.runs()["problems"], "bad/m.tsv", "7 lines", "10 points")
    assert (problem["run"], problem["embedding"], problem["level"]) == ("bad", "words", "warning")


def test_a_failure_of_our_own_is_reported_and_hides_no_other_run(
    problems_of: Callable[..., Problems], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = run_reading.choose_checkpoints

    def fail(context: Any, configs: Any) -> Any:
        if context.run == "bad":
            raise RuntimeError("/srv/private")
        return original(context, configs)

    monkeypatch.setattr(run_reading, "choose_checkpoints", fail)
    problem = the_one(problems_of(""), "bad", "RuntimeError")
    assert (problem["kind"], "private" in str(problem)) == ("internal", False)


def test_problems_count_as_content(tmp_path: Path) -> None:
    write_config(tmp_path, "broken")
    catalog: Catalog = make_catalog(tmp_path)
    catalog.runs()
    assert catalog.has_content()


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "BMP"])
def test_a_sprite_sheet_cut_off_in_its_header_hides_nothing(tmp_path: Path, image_format: str) -> None:
    """A copy that is under way."""
    save(tmp_path / "run" / "m-1", words=WORDS)
    sprite = 'sprite { image_path: "s.img" single_image_dim: 5 single_image_dim: 5 }'
    write_config(tmp_path / "run", f'embeddings {{ tensor_name: "words" {sprite} }}')
    sheet = tmp_path / "run" / "s.img"
    Image.new("RGB", (20, 20)).save(sheet, image_format)
    sheet.write_bytes(sheet.read_bytes()[: 30 if image_format == "WEBP" else 20])
    settle(tmp_path / "run")
    catalog = make_catalog(tmp_path)
    assert names_of(catalog, "run") == ["words"]
    the_one(catalog.runs()["problems"], "run/s.img", "not an image", fix="PNG")
