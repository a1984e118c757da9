"""Finds of the catalog in logdirs written by TensorFlow, PyTorch and people."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from catalog_logdirs import make_catalog, names_of, save, steps_of, vectors, write_config
from waiting import wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.catalog import catalog as catalog_module
from tb_projector_plugin.catalog.checkpoint_choice import family_member
from tb_projector_plugin.catalog.scanner import Scanner
from tb_projector_plugin.errors import NotFoundError, Problem, StaleError
from tb_projector_plugin.paths import LogRoot, PathPolicy
from tb_projector_plugin.web.answers import make_json_body

GOLDEN = Path(__file__).resolve().parent / "golden"
WORDS = vectors(10, 4)


def look_again(catalog: Catalog) -> None:
    """Makes the next request scan the disk, however recent the last scan is."""
    catalog._due_at = 0.0


def test_tensorflows_checkpoint_manager(tmp_path: Path) -> None:
    import tensorflow as tf

    variable = tf.Variable(WORDS)
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(words=variable), str(tmp_path / "train"), max_to_keep=3)
    for step in (5, 10, 20, 40):
        variable.assign(WORDS * step)
        manager.save(checkpoint_number=step)
    catalog = make_catalog(tmp_path)
    assert steps_of(catalog, "words", "train") == [10, 20, 40]
    for step in (10, 20, 40):
        np.testing.assert_array_equal(
            catalog.tensor("train", "words", step).source.read_all(), WORDS * np.float32(step)
        )
    assert catalog.tensor("train", "words").step == 40
    assert catalog.runs()["problems"] == []


def test_what_pytorch_wrote() -> None:
    catalog = make_catalog(GOLDEN / "torch")
    (run,) = catalog.runs()["runs"]
    assert run["name"] == "."
    steps = {each["name"]: [step["step"] for step in each["steps"]] for each in run["embeddings"]}
    assert steps == {"digits": [10, 20], "words": [10]}
    assert {each["source"] for each in run["embeddings"]} == {"tsv"}
    assert catalog.runs()["problems"] == []


def test_any_tensor_of_two_dimensions_is_offered_and_slots_on_demand(tmp_path: Path) -> None:
    save(
        tmp_path / "model.ckpt-3",
        kernel=vectors(4, 3),
        bias=np.zeros(3, np.float32),
        image=np.zeros((2, 3, 4), np.float32),
        text=np.array([["a"]]),
        kernel__Adam=vectors(4, 3),
        ints=np.ones((2, 2), np.int64),
    )
    catalog = make_catalog(tmp_path)
    assert names_of(catalog) == ["ints", "kernel"]
    assert names_of(catalog, slots=True) == ["ints", "kernel", "kernel/Adam"]
    assert catalog.tensor(".", "kernel/Adam").embedding.optimizer_slot
    assert catalog.runs()["problems"] == []


def test_the_configs_come_first_in_their_order(tmp_path: Path) -> None:
    save(tmp_path / "m-1", a=WORDS, b=WORDS, c=WORDS)
    write_config(tmp_path, 'embeddings { tensor_name: "c:0" } embeddings { tensor_name: "b" }')
    catalog = make_catalog(tmp_path)
    assert names_of(catalog) == ["c", "b", "a"]
    assert [each["configured"] for each in catalog.runs()["runs"][0]["embeddings"]] == [True, True, False]


def test_an_entry_without_a_name_is_for_all(tmp_path: Path) -> None:
    save(tmp_path / "m-1", a=WORDS, b=WORDS)
    (tmp_path / "m.tsv").write_text("x\n" * 10)
    write_config(tmp_path, 'embeddings { metadata_path: "m.tsv" }')
    assert [each["metadata"]["file"] for each in make_catalog(tmp_path).runs()["runs"][0]["embeddings"]] == [
        "m.tsv"
    ] * 2


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ('model_checkpoint_path: "old-1"', [1, 2]),
        ('model_checkpoint_path: "${LOG_DIR}/old-2"', [1, 2]),
        ('model_checkpoint_path: "/gone/logs/train/old-1"', [1, 2]),
        ('model_checkpoint_path: "sub"', [7]),
        ('model_checkpoint_dir: "sub"', [7]),
        ("", [3, 4]),
    ],
)
def test_which_checkpoint(tmp_path: Path, config: str, expected: list[int]) -> None:
    """The config's path, then its directory, then the state file."""
    run = tmp_path / "train"
    for name in ("old-1", "old-2", "new-3", "new-4", "sub/x-7"):
        save(run / name, words=WORDS)
    (run / "checkpoint").write_text('model_checkpoint_path: "new-4"\nall_model_checkpoint_paths: "new-3"\n')
    write_config(run, config + ' embeddings { tensor_name: "words" }')
    assert steps_of(make_catalog(tmp_path), "words", "train") == expected


def test_a_moved_checkpoint_and_metadata_are_found_and_said(tmp_path: Path) -> None:
    save(tmp_path / "m-1", words=WORDS)
    (tmp_path / "m.tsv").write_text("x\n" * 10)
    write_config(
        tmp_path,
        'model_checkpoint_path: "/mnt/a/logs/m-1" '
        'embeddings { tensor_name: "words" metadata_path: "/mnt/a/logs/m.tsv" }',
    )
    problems = make_catalog(tmp_path).runs()["problems"]
    assert [(problem["level"], problem["file"]) for problem in problems] == [("info", "projector_config.pbtxt")] * 2
    assert "m.tsv was read instead" in problems[1]["message"]
    assert not any("/mnt/a" in str(problem) for problem in problems)


def test_a_state_file_of_another_machine(tmp_path: Path) -> None:
    save(tmp_path / "train" / "m-1", words=WORDS)
    (tmp_path / "train" / "checkpoint").write_text('model_checkpoint_path: "/mnt/a/logs/train/m-1"\n')
    catalog = make_catalog(tmp_path)
    assert steps_of(catalog, "words", "train") == [1]
    (problem,) = catalog.runs()["problems"]
    assert (problem["level"], problem["file"]) == ("info", "train/checkpoint")
    assert "train/m-1 was read" in problem["message"]


def test_checkpoints_one_level_below_or_above_the_config(tmp_path: Path) -> None:
    save(tmp_path / "below" / "ckpts" / "m-1", words=WORDS)
    write_config(tmp_path / "below", 'embeddings { tensor_name: "words" }')
    save(tmp_path / "above" / "m-2", words=WORDS)
    write_config(tmp_path / "above" / "tb", 'embeddings { tensor_name: "words" }')
    catalog = make_catalog(tmp_path)
    assert steps_of(catalog, "words", "below") == [1]
    assert steps_of(catalog, "words", "above/tb") == [2]
    answer = catalog.runs()
    assert [run["name"] for run in answer["runs"]] == ["above", "above/tb", "below"]
    (problem,) = answer["problems"]
    assert (problem["level"], problem["run"]) == ("info", "above/tb")
    assert "above/m-2, in the folder above, was read" in problem["message"]


def test_a_config_of_plugin_assets_belongs_to_the_run_above(tmp_path: Path) -> None:
    assets = tmp_path / "train" / "plugins" / "org_tensorflow_tensorboard_projector"
    save(tmp_path / "train" / "m-1", words=WORDS)
    write_config(assets, 'embeddings { tensor_name: "words" metadata_path: "m.tsv" }')
    (assets / "m.tsv").write_text("x\n" * 10)
    (run,) = make_catalog(tmp_path).runs()["runs"]
    assert (run["name"], run["embeddings"][0]["metadata"]["file"]) == (
        "train",
        "train/plugins/org_tensorflow_tensorboard_projector/m.tsv",
    )


@pytest.mark.parametrize(
    ("name", "family", "step"),
    [
        ("model.ckpt-100", "model.ckpt", 100),
        ("cp-0001.ckpt", "cp.ckpt", 1),
        ("weights.07.weights.ckpt", "weights.weights.ckpt", 7),
        ("ckpt_12", "ckpt", 12),
        ("model", "model", None),
        ("resnet50", "resnet50", None),
    ],
)
def test_families(name: str, family: str, step: int | None) -> None:
    member = family_member(f"/logs/{name}")
    assert (member.family, member.step) == (f"/logs/{family}", step)


def test_two_families_in_one_run_are_both_offered(tmp_path: Path) -> None:
    save(tmp_path / "a.ckpt-1", words=WORDS)
    os.utime(tmp_path / "a.ckpt-1.index", (1, 1))
    save(tmp_path / "b.ckpt-2", words=WORDS * 2)
    catalog = make_catalog(tmp_path)
    assert names_of(catalog) == ["a.ckpt/words", "words"]
    np.testing.assert_array_equal(catalog.tensor(".", "words").source.read_all(), WORDS * 2)


@pytest.mark.parametrize("shape", [(0, 4), (1, 4), (10, 1), (2, 100_000)])
def test_every_shape_is_listed(tmp_path: Path, shape: tuple[int, int]) -> None:
    save(tmp_path / "m-1", words=vectors(*shape))
    (run,) = make_catalog(tmp_path).runs()["runs"]
    assert run["embeddings"][0]["shape"] == list(shape)


def test_run_names_of_several_roots(tmp_path: Path) -> None:
    for root in ("one", "two"):
        save(tmp_path / root / "train" / "m-1", words=WORDS)
    save(tmp_path / "one" / "m-1", words=WORDS)
    base = os.path.realpath(tmp_path)
    catalog = Catalog(PathPolicy((LogRoot(f"{base}/one", "a"), LogRoot(f"{base}/two"))))
    # As TensorBoard joins them: "a/." for the root itself.
    assert [run["name"] for run in catalog.runs()["runs"]] == ["a/.", "a/train", "train"]


def test_names_that_are_not_utf8_are_spelled(tmp_path: Path) -> None:
    """JSON cannot carry their bytes; one such directory must not break the whole listing."""
    raw = Path(os.fsdecode(os.fsencode(tmp_path) + b"/run\xff"))
    try:
        raw.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    write_config(raw, "embeddings {")
    for file in save(tmp_path / "good" / "m-1", words=WORDS).parent.iterdir():
        shutil.copy(file, raw)
    catalog = make_catalog(tmp_path)
    listed = catalog.runs()
    assert [run["name"] for run in listed["runs"]] == ["good", "run\\xff"]
    assert [problem["file"] for problem in listed["problems"]] == ["run\\xff/projector_config.pbtxt"]
    make_json_body(listed)
    np.testing.assert_array_equal(catalog.tensor("run\\xff", "words").source.read_all(), WORDS)


def test_links_are_followed_inside_and_loops_end(tmp_path: Path) -> None:
    save(tmp_path / "logs" / "train" / "m-1", words=WORDS)
    (tmp_path / "logs" / "train" / "loop").symlink_to(tmp_path / "logs")
    (tmp_path / "logs" / "again").symlink_to(tmp_path / "logs" / "train")
    catalog = make_catalog(tmp_path / "logs")
    assert len(catalog.runs()["runs"]) == 1
    assert catalog.runs()["problems"] == []


def test_links_of_files_out_are_reported_and_nothing_of_them_is(tmp_path: Path) -> None:
    """Not even by quoting a line that does not parse."""
    save(tmp_path / "disk" / "m-1", words=WORDS)
    (tmp_path / "disk" / "secret").write_text("root:x:0:0")
    files = {"a": ("projector_config.pbtxt", "secret"), "b": ("checkpoint", "secret"), "c": ("m-1.index", "m-1.index")}
    for run, (name, target) in files.items():
        save(tmp_path / "logs" / run / "m-1", words=WORDS)
        (tmp_path / "logs" / run / name).unlink(missing_ok=True)
        (tmp_path / "logs" / run / name).symlink_to(tmp_path / "disk" / target)
    save(tmp_path / "logs" / "d" / "m-1", words=WORDS)
    shard = tmp_path / "logs" / "d" / "m-1.data-00000-of-00001"
    shard.unlink()
    shard.symlink_to(tmp_path / "disk" / shard.name)
    listed = make_catalog(tmp_path / "logs").runs()
    assert [run["name"] for run in listed["runs"]] == ["a", "b"]
    told = {problem["file"]: problem["kind"] for problem in listed["problems"]}
    assert told == dict.fromkeys(
        [*(f"{run}/{name}" for run, (name, _) in files.items()), f"d/{shard.name}"], "forbidden"
    )
    assert "root:x" not in str(listed)
    allowed = make_catalog(tmp_path / "logs", tmp_path / "disk")
    assert names_of(allowed, "c") == names_of(allowed, "d") == ["words"]


def test_where_a_config_lies_is_resolved_once_a_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "m-1", v=vectors(3, 2))
    write_config(tmp_path, "")
    resolved, contains = [], PathPolicy.contains

    def count(policy: PathPolicy, path: str) -> bool:
        resolved.append(path)
        return contains(policy, path)

    monkeypatch.setattr(PathPolicy, "contains", count)
    assert names_of(make_catalog(tmp_path)) == ["v"]
    assert resolved.count(os.path.join(os.path.realpath(tmp_path), "projector_config.pbtxt")) == 1


def test_a_link_out_is_reported_and_followed_when_allowed(tmp_path: Path) -> None:
    save(tmp_path / "disk" / "m-1", words=WORDS)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "train").symlink_to(tmp_path / "disk")
    catalog = make_catalog(tmp_path / "logs")
    (problem,) = catalog.runs()["problems"]
    assert (problem["kind"], problem["file"]) == ("forbidden", "train")
    assert "--embeddings_allow_paths" in problem["fix"]
    allowed = make_catalog(tmp_path / "logs", tmp_path / "disk")
    assert steps_of(allowed, "words", "train") == [1]


def test_more_directories_than_the_limit_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOGDIR_DIRECTORIES", 3)
    for name in "abcd":
        (tmp_path / name).mkdir()
    (problem,) = make_catalog(tmp_path).runs()["problems"]
    assert problem["kind"] == "over_limit"


def test_no_logdir_and_an_empty_one(tmp_path: Path) -> None:
    for logdir in (tmp_path, tmp_path / "absent"):
        catalog = make_catalog(logdir)
        answer = catalog.runs()
        assert (answer["runs"], answer["problems"], answer["scan"]["done"]) == ([], [], True)
        assert not catalog.has_content()


def test_start_scans_in_a_thread(tmp_path: Path) -> None:
    save(tmp_path / "m-1", words=WORDS)
    catalog = make_catalog(tmp_path)
    assert not catalog.has_content()
    catalog.start()
    wait_until(catalog.has_content, "the thread's having looked")


def test_runs_does_not_wait_forever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog, gate, scan = make_catalog(tmp_path), threading.Event(), Scanner.scan
    monkeypatch.setattr(Scanner, "scan", lambda scanner: gate.wait() and scan(scanner))
    with monkeypatch.context() as patch:
        patch.setattr(catalog_module, "LISTING_S", 0)
        assert catalog.runs()["scan"]["done"] is False
    gate.set()
    assert catalog.runs()["scan"]["done"] is True


def test_a_new_step_is_seen_and_an_old_version_is_stale(tmp_path: Path) -> None:
    save(tmp_path / "m-1", words=WORDS)
    catalog = make_catalog(tmp_path)
    before = catalog.runs()
    version = before["runs"][0]["embeddings"][0]["steps"][0]["version"]
    assert catalog.tensor(".", "words", 1, version).version == version
    save(tmp_path / "m-2", words=WORDS * 2)
    look_again(catalog)
    assert steps_of(catalog, "words") == [1, 2]
    assert catalog.runs()["version"] != before["version"]
    save(tmp_path / "m-1", words=WORDS * 3)
    with pytest.raises(StaleError):
        catalog.tensor(".", "words", 1, version)
    np.testing.assert_array_equal(catalog.tensor(".", "words", 1).source.read_all(), WORDS * 3)


def test_a_raw_file_of_another_shape_has_another_version(tmp_path: Path) -> None:
    WORDS.tofile(tmp_path / "words.bytes")
    entry = 'embeddings {{ tensor_name: "words" tensor_path: "words.bytes" tensor_shape: {} tensor_shape: {} }}'
    write_config(tmp_path, entry.format(4, 10))
    catalog = make_catalog(tmp_path)
    before = catalog.tensor(".", "words")
    write_config(tmp_path, entry.format(10, 4))
    look_again(catalog)
    after = catalog.tensor(".", "words")
    np.testing.assert_array_equal(after.source.read_all(), WORDS)
    assert before.version != after.version == after.source.current_version()
    with pytest.raises(StaleError):
        catalog.tensor(".", "words", version=before.version)


def test_changed_metadata_is_read_anew(tmp_path: Path) -> None:
    save(tmp_path / "m-1", words=WORDS)
    write_config(tmp_path, 'embeddings { tensor_name: "words" metadata_path: "m.tsv" }')
    (tmp_path / "m.tsv").write_text("x\n" * 10)
    catalog = make_catalog(tmp_path)
    first = catalog.metadata(".", "words")
    (tmp_path / "m.tsv").write_text("yy\n" * 10)
    second = catalog.metadata(".", "words")
    assert first.version != second.version
    assert second.table.to_pydict() == {"label": ["yy"] * 10}
    with pytest.raises(StaleError):
        catalog.metadata(".", "words", version=first.version)


def test_looking_again_at_what_did_not_change_reads_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    for number in range(5):
        save(tmp_path / f"run{number}" / "m-1", words=WORDS)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    catalog = make_catalog(tmp_path)
    before = catalog.runs()
    opened: list[object] = []
    original = builtins.open
    monkeypatch.setattr(builtins, "open", lambda *args, **kwargs: opened.append(args[0]) or original(*args, **kwargs))
    look_again(catalog)
    assert catalog.runs() == before
    assert opened == []


def test_a_removed_run_is_gone(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save(tmp_path / name / "m-1", words=WORDS)
    catalog = make_catalog(tmp_path)
    assert len(catalog.runs()["runs"]) == 2
    shutil.rmtree(tmp_path / "a")
    look_again(catalog)
    assert [run["name"] for run in catalog.runs()["runs"]] == ["b"]
    with pytest.raises(NotFoundError, match="'b'"):
        catalog.tensor("a", "words")


def test_what_is_not_there_is_answered_with_what_is(tmp_path: Path) -> None:
    save(tmp_path / "train" / "m-1", word_embedding=WORDS)
    catalog = make_catalog(tmp_path)
    for arguments, words in (
        (("trian", "word_embedding"), "'train'"),
        (("train", "wrod_embedding"), "'word_embedding'"),
        (("train", "word_embedding", 5), "1"),
    ):
        with pytest.raises(NotFoundError) as error:
            catalog.tensor(*arguments)
        assert words in error.value.fix
    for ask in (catalog.metadata, catalog.sprite):
        with pytest.raises(NotFoundError, match=r"projector_config\.pbtxt"):
            ask("train", "word_embedding")


def test_recorded_problems_last_until_the_file_changes(tmp_path: Path) -> None:
    save(tmp_path / "m-1", words=WORDS)
    catalog = make_catalog(tmp_path)
    handle = catalog.tensor(".", "words")
    problem = Problem("warning", "bad_data", "1 row is NaN.", "Train again.", "m-1", run=".", embedding="words")
    for _ in range(2):
        catalog.record(problem, versioned_by=handle.version)
    assert catalog.runs()["problems"] == [problem.to_json()]
    save(tmp_path / "m-1", words=WORDS * 2)
    look_again(catalog)
    assert catalog.runs()["problems"] == []


def test_recorded_problems_of_a_file_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RUN_PROBLEMS", 3)
    for name in ("a", "b"):
        save(tmp_path / name / "m-1", words=WORDS)
    catalog = make_catalog(tmp_path)
    for run, count in (("a", 5), ("b", 1)):
        version = catalog.tensor(run, "words").version
        for number in range(count):
            catalog.record(Problem("warning", "bad_data", f"{number} rows of {run}.", "Train again."), version)
    assert [each["message"] for each in catalog.runs()["problems"]] == [
        *(f"{number} rows of a." for number in range(3)),
        "0 rows of b.",
    ]


def test_many_threads_ask_at_once(tmp_path: Path) -> None:
    for step in range(3):
        save(tmp_path / f"m-{step}", words=WORDS * (step + 1))
    catalog = make_catalog(tmp_path)
    wrong: list[object] = []

    def ask() -> None:
        try:
            for step in (0, 1, 2, 0, 1, 2):
                look_again(catalog)
                if len(catalog.runs()["runs"]) != 1:
                    wrong.append("runs")
                rows = catalog.tensor(".", "words", step).source.read_rows([9, 0])
                if not np.array_equal(rows, (WORDS * (step + 1))[[9, 0]]):
                    wrong.append(step)
        except Exception as error:  # noqa: BLE001  Reported by the assertion on the main thread.
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
