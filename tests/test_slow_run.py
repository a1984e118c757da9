"""A run that takes long to read: the others are listed and served meanwhile, and it is named."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest
from catalog_logdirs import make_catalog, save, vectors, write_config
from file_ages import settle
from waiting import TIMEOUT_S

from tb_projector_plugin import limits
from tb_projector_plugin.catalog import catalog as catalog_module
from tb_projector_plugin.catalog import parse_cache, scanner
from tb_projector_plugin.catalog.scan_thread import ScanThread
from tb_projector_plugin.errors import LimitError, StaleError


@pytest.fixture
def gate(monkeypatch):
    """Blocks while the run `slow` is read."""
    gate, read_run = threading.Event(), scanner.read_run

    def read_slowly(directory, policy, readings):
        if directory.name == "slow":
            gate.wait(TIMEOUT_S)
        return read_run(directory, policy, readings)

    monkeypatch.setattr(scanner, "read_run", read_slowly)
    monkeypatch.setattr(scanner, "_LONG_S", -1)
    monkeypatch.setattr(catalog_module, "SCAN_S", 0.01)
    yield gate
    gate.set()


V_CONFIG = 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }'


def ask_until(catalog, condition):
    deadline = time.monotonic() + TIMEOUT_S
    while not condition(listing := catalog.runs()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return listing


def test_a_slow_run_hides_no_other(tmp_path, gate) -> None:
    for run in ("good", "slow"):
        write_config(tmp_path / run, 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }')
        (tmp_path / run / "v.tsv").write_text("1\t2\n")
    catalog = make_catalog(tmp_path)
    assert not catalog.has_content()
    catalog.start()
    listing = ask_until(catalog, lambda each: each["runs"])
    assert [run["name"] for run in listing["runs"]] == ["good"]
    listing = ask_until(catalog, lambda each: each["scan"].get("reading") == "slow")
    assert (listing["scan"]["done"], listing["scan"]["reading"]) == (False, "slow")
    assert catalog.has_content()
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[1, 2]]
    gate.set()
    listing = ask_until(catalog, lambda each: each["scan"]["done"])
    assert [run["name"] for run in listing["runs"]] == ["good", "slow"]
    assert "reading" not in listing["scan"]


def test_a_run_with_a_large_config_is_read_after_all_others(tmp_path, gate) -> None:
    """It comes first by name, and parsing its config cannot be interrupted."""
    write_config(tmp_path / "slow", "# " + "x" * 10_000 + "\n" + V_CONFIG)
    write_config(tmp_path / "the good", V_CONFIG)
    for run in ("slow", "the good"):
        (tmp_path / run / "v.tsv").write_text("1\t2\n")
    catalog = make_catalog(tmp_path)
    catalog.start()
    listing = ask_until(catalog, lambda each: each["runs"])
    assert [run["name"] for run in listing["runs"]] == ["the good"]
    gate.set()
    listing = ask_until(catalog, lambda each: each["scan"]["done"])
    assert [run["name"] for run in listing["runs"]] == ["slow", "the good"]


@pytest.fixture
def short_of_time(monkeypatch) -> None:
    """Each look at the clock uses up half of a run's time: two files per scan."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += limits.RUN_READING_S / 2
        return now

    monkeypatch.setattr(parse_cache, "time", SimpleNamespace(monotonic=clock, time_ns=time.time_ns))


def test_a_run_that_takes_long_is_read_on_by_the_next_scans(tmp_path, short_of_time) -> None:
    names = [f"v{number}" for number in range(6)]
    write_config(
        tmp_path / "slow",
        "".join(f'embeddings {{ tensor_name: "{name}" tensor_path: "{name}.tsv" }}' for name in names),
    )
    for name in names:
        (tmp_path / "slow" / f"{name}.tsv").write_text("1\t2\n")
    settle(tmp_path)
    taken = scanner.Scanner(make_catalog(tmp_path)._policy)
    found = []
    for _ in range(8):
        scan = taken.scan()
        found.append([embedding.name for run in scan.runs for embedding in run.embeddings])
        told = [problem for problem in scan.problems if "is read later" in problem.message]
        assert len(told) == (len(found[-1]) < len(names))
    assert found[-1] == names
    assert len(found[0]) < len(found[2]) < len(names)


def test_a_run_that_takes_long_lets_the_others_go_first(tmp_path, short_of_time, monkeypatch) -> None:
    turns, read_run = [], scanner.read_run

    def note_turn(directory, *rest):
        turns.append(directory.name)
        return read_run(directory, *rest)

    monkeypatch.setattr(scanner, "read_run", note_turn)
    for run in ("a slow", "b"):
        write_config(tmp_path / run, V_CONFIG)
        (tmp_path / run / "v.tsv").write_text("1\t2\n")
    settle(tmp_path)
    found = scanner.Scanner(make_catalog(tmp_path)._policy).scan()
    assert turns == ["a slow", "b", "a slow", "b"]
    assert [run.name for run in found.runs] == ["a slow", "b"]
    assert not any("is read later" in problem.message for problem in found.problems)


def test_a_run_with_checkpoints_that_takes_long_is_read_on_too(tmp_path, short_of_time) -> None:
    """The time is up when both indexes are read; the ages of their families must be known all the same."""
    for family in "ab":
        save(tmp_path / "slow" / f"{family}.ckpt-1", **{family: vectors(3, 2)})
    settle(tmp_path)
    taken = scanner.Scanner(make_catalog(tmp_path)._policy)
    found = []
    for _ in range(4):
        scan = taken.scan()
        found.append({embedding.name for run in scan.runs for embedding in run.embeddings})
        assert {problem.kind for problem in scan.problems} <= {LimitError.kind}
    assert found[0] == set()
    assert found[-1] == {"a", "b.ckpt/b"}


def test_requests_during_a_scan_share_the_next_one() -> None:
    """A run that is constantly rewritten makes every reader request its own scan."""
    begun, gate, taken = threading.Event(), threading.Event(), []

    def scan_slowly():
        taken.append(None)
        begun.set()
        gate.wait(TIMEOUT_S)

    thread = ScanThread(scan_slowly)
    numbers = [thread.request(fresh=True)]
    assert begun.wait(TIMEOUT_S)
    numbers += [thread.request(fresh=True) for _ in range(8)]
    assert thread.request(fresh=False) in numbers
    gate.set()
    assert all(thread.wait(number, TIMEOUT_S) for number in numbers)
    assert len(taken) == 2


def test_a_scan_that_fails_is_not_the_last() -> None:
    failures = [RuntimeError("the first")]

    def scan():
        if failures:
            raise failures.pop()

    thread = ScanThread(scan)
    with pytest.raises(RuntimeError, match="the first"):
        thread.wait(thread.request(fresh=True), TIMEOUT_S)
    assert thread.wait(thread.request(fresh=True), TIMEOUT_S)


def write_runs(logdir, *runs):
    for run in runs:
        write_config(logdir / run, V_CONFIG)
        (logdir / run / "v.tsv").write_text("1\t2\n")


@pytest.fixture
def patient_gate(gate, monkeypatch):
    """Requests wait as long as tests do; so one that is answered did not wait for the slow run."""
    monkeypatch.setattr(catalog_module, "SCAN_S", TIMEOUT_S)
    return gate


def test_the_first_scan_answers_for_a_run_that_it_has_read(tmp_path, patient_gate) -> None:
    """Though the scan never ends."""
    write_runs(tmp_path, "good", "slow")
    catalog = make_catalog(tmp_path)
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[1, 2]]
    assert catalog._scan_thread.is_scanning
    assert not patient_gate.is_set()


def test_a_later_scan_answers_for_a_run_that_it_has_read(tmp_path, patient_gate) -> None:
    write_runs(tmp_path, "good", "old")
    settle(tmp_path)
    catalog = make_catalog(tmp_path)
    assert catalog.runs()["scan"]["done"]
    write_runs(tmp_path, "slow")
    (tmp_path / "good" / "v.tsv").write_text("3\t4\n")
    catalog._due_at = 0.0
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[3, 4]]
    assert catalog._scan_thread.is_scanning


def test_a_later_scan_answers_for_runs_that_it_has_not_come_to(tmp_path, gate, monkeypatch) -> None:
    write_runs(tmp_path, "better", "good")
    catalog = make_catalog(tmp_path)
    gate.set()
    ask_until(catalog, lambda each: each["scan"]["done"])
    gate.clear()
    monkeypatch.setattr(catalog_module, "_KNOWN_RUN_S", 0.01)
    write_config(tmp_path / "slow", "")
    for name in ("better", "good"):  # Their configs are longer than that of the slow run: they are read after it.
        write_config(tmp_path / name, V_CONFIG + "# Nothing else.")
    catalog._due_at = 0.0
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[1, 2]]
    listing = ask_until(catalog, lambda each: each["scan"].get("reading") == "slow")
    assert (listing["scan"]["done"], listing["scan"]["reading"]) == (False, "slow")
    assert [run["name"] for run in listing["runs"]] == ["better", "good"]


def test_a_file_that_changes_while_a_scan_takes_long_is_stale(tmp_path, gate) -> None:
    write_runs(tmp_path, "good")
    catalog = make_catalog(tmp_path)
    ask_until(catalog, lambda each: each["scan"]["done"])
    write_runs(tmp_path, "slow")
    catalog._due_at = 0.0
    ask_until(catalog, lambda each: each["scan"].get("reading") == "slow")
    (tmp_path / "good" / "v.tsv").write_text("5\t6\n7\t8\n")
    with pytest.raises(StaleError, match="still being read"):
        catalog.tensor("good", "v")
