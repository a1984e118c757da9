"""A run that takes long to read: the others are listed and served meanwhile, and it is named."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from catalog_logdirs import make_catalog, save, vectors, write_config
from file_ages import settle
from plugin_client import PluginClient, read_arrow, read_error
from waiting import TIMEOUT_S, wait_until

from tb_projector_plugin import deadline, limits
from tb_projector_plugin.catalog import catalog as catalog_module
from tb_projector_plugin.catalog import run_thread, scanner
from tb_projector_plugin.catalog.scan_thread import ScanThread
from tb_projector_plugin.errors import LimitError, StaleError

#: Longer than a test lasts: a request that waits for so long is not answered.
NEVER_S = 100 * TIMEOUT_S
V_CONFIG = 'embeddings { tensor_name: "v" tensor_path: "v.tsv" }'


@pytest.fixture
def held(monkeypatch):
    """Until this event is set, the run `slow` is being read. Scans go on at once; requests have all patience."""
    gate, read_run = threading.Event(), run_thread.read_run

    def read_slowly(directory, *rest):
        if directory.name == "slow":
            assert gate.wait(NEVER_S)
        return read_run(directory, *rest)

    monkeypatch.setattr(run_thread, "read_run", read_slowly)
    monkeypatch.setattr(scanner, "TURN_S", 0)
    monkeypatch.setattr(scanner, "_LONG_S", -1)
    for name in ("SCAN_S", "LISTING_S", "_KNOWN_RUN_S"):
        monkeypatch.setattr(catalog_module, name, NEVER_S)
    yield gate
    gate.set()


def write_runs(logdir, *runs, text="1\t2\n"):
    for run in runs:
        write_config(logdir / run, V_CONFIG)
        (logdir / run / "v.tsv").write_text(text)


def ask_until(catalog, condition):
    deadline = time.monotonic() + TIMEOUT_S
    while not condition(listing := catalog.runs()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return listing


def list_runs(client):
    return json.loads(client.get("/runs").data)


def names_in(listing):
    return [run["name"] for run in listing["runs"]]


def read_numbers(client, run):
    batch, _, _ = read_arrow(client.get("/tensors", run=run, name="v"), "tensor")
    return batch.column("vector").to_pylist()


def test_the_tab_shows_the_other_runs_while_one_is_read(tmp_path, held) -> None:
    """Over HTTP; each request is answered though the run is being read all the time."""
    write_runs(tmp_path, "good", "slow")
    client = PluginClient(tmp_path)
    wait_until(lambda: names_in(list_runs(client)) == ["good"])
    wait_until(lambda: list_runs(client)["scan"].get("reading") == "slow")
    assert not list_runs(client)["scan"]["done"]
    before = read_numbers(client, "good")
    write_runs(tmp_path, "good", text="3\t4\n")
    after = read_numbers(client, "good")
    assert (before, after) == ([[1, 2]], [[3, 4]])
    assert not held.is_set()
    held.set()
    listing = client.runs()
    assert names_in(listing) == ["good", "slow"]
    assert "reading" not in listing["scan"]


def test_a_run_that_is_new_is_served_while_another_is_read(tmp_path, held) -> None:
    write_runs(tmp_path, "slow")
    client = PluginClient(tmp_path)
    wait_until(lambda: list_runs(client)["scan"].get("reading") == "slow")
    write_runs(tmp_path, "new")
    client.plugin._open()[0]._due_at = 0  # Scans are valid for two seconds.
    wait_until(lambda: client.get("/tensors", run="new", name="v").status_code == 200)
    assert not held.is_set()


def test_a_run_that_is_read_still_is_there_in_a_moment(tmp_path, held) -> None:
    write_runs(tmp_path, "slow")
    client = PluginClient(tmp_path)
    wait_until(lambda: list_runs(client)["scan"].get("reading") == "slow")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog_module, "SCAN_S", 0)
        read_error(client.get("/tensors", run="slow", name="v"), 409, "stale")
    answers = []
    asking = threading.Thread(target=lambda: answers.append(client.get("/tensors", run="slow", name="v").status_code))
    asking.start()
    held.set()
    asking.join(TIMEOUT_S)
    assert answers == [200]


def test_a_second_run_that_takes_long_is_cut_short(tmp_path, held, monkeypatch) -> None:
    """Only one is read beside the others; the second is read on once that one is over."""
    monkeypatch.setattr(limits, "RUN_TURN_S", -1)
    write_runs(tmp_path, "slow")
    client = PluginClient(tmp_path)
    wait_until(lambda: list_runs(client)["scan"].get("reading") == "slow")
    write_runs(tmp_path, "second")
    client.plugin._open()[0]._due_at = 0
    wait_until(lambda: says_later(list_runs(client)))
    assert not list_runs(client)["scan"]["done"]
    held.set()
    wait_until(lambda: not says_later(listing := ask_again(client)) and names_in(listing) == ["second", "slow"])


def says_later(listing) -> bool:
    return any("is read later" in problem["message"] for problem in listing["problems"])


def ask_again(client):
    client.plugin._open()[0]._due_at = 0
    return list_runs(client)


def test_small_runs_are_read_first(tmp_path, monkeypatch) -> None:
    turns = note_turns(monkeypatch)
    write_runs(tmp_path, "a large one", "small")
    write_config(tmp_path / "a large one", "# " + "x" * 10_000 + "\n" + V_CONFIG)
    scanner.Scanner(make_catalog(tmp_path)._policy).scan()
    assert turns == ["small", "a large one"]


def test_a_run_that_took_long_is_read_after_all_others(tmp_path, held, monkeypatch) -> None:
    turns = note_turns(monkeypatch)
    write_runs(tmp_path, "slow", "the good")
    scans = scanner.Scanner(make_catalog(tmp_path)._policy)
    held.set()
    monkeypatch.setattr(scanner, "TURN_S", TIMEOUT_S)
    scans._late_s[str(tmp_path / "slow")] = 1.0
    scans.scan()
    assert turns == ["the good", "slow"]


def note_turns(monkeypatch):
    turns, read_run = [], run_thread.read_run

    def note_turn(directory, *rest):
        turns.append(directory.name)
        return read_run(directory, *rest)

    monkeypatch.setattr(run_thread, "read_run", note_turn)
    return turns


@pytest.fixture
def short_of_time(monkeypatch) -> None:
    """Each look at the clock uses up an eighth of a run's time."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += limits.RUN_READING_S / 8
        return now

    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=clock))


def test_a_run_that_takes_long_is_read_on_by_the_next_scans(tmp_path, short_of_time) -> None:
    names = [f"v{number}" for number in range(20)]
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


def test_a_scan_answers_for_a_run_that_it_has_read(tmp_path, held, monkeypatch) -> None:
    """Though it waits for another one."""
    monkeypatch.setattr(scanner, "TURN_S", NEVER_S)
    write_runs(tmp_path, "good", "slow")
    catalog = make_catalog(tmp_path)
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[1, 2]]
    assert catalog._scan_thread.is_scanning
    assert not held.is_set()


def test_a_later_scan_answers_for_a_run_that_it_has_read(tmp_path, held, monkeypatch) -> None:
    monkeypatch.setattr(scanner, "TURN_S", NEVER_S)
    write_runs(tmp_path, "good", "old")
    settle(tmp_path)
    catalog = make_catalog(tmp_path)
    assert catalog.runs()["scan"]["done"]
    write_runs(tmp_path, "slow")
    (tmp_path / "good" / "v.tsv").write_text("3\t4\n")
    catalog._due_at = 0.0
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[3, 4]]
    assert catalog._scan_thread.is_scanning


def test_a_scan_lists_runs_that_it_has_not_come_to(tmp_path, held, monkeypatch) -> None:
    write_runs(tmp_path, "better", "good")
    catalog = make_catalog(tmp_path)
    ask_until(catalog, lambda each: each["scan"]["done"])
    monkeypatch.setattr(scanner, "TURN_S", NEVER_S)
    for name in ("LISTING_S", "_KNOWN_RUN_S"):
        monkeypatch.setattr(catalog_module, name, 0)
    write_config(tmp_path / "slow", "")
    for name in ("better", "good"):  # Their configs are longer than that of the slow run: they are read after it.
        write_config(tmp_path / name, V_CONFIG + "# Nothing else.")
    catalog._due_at = 0.0
    assert catalog.tensor("good", "v").source.read_all().tolist() == [[1, 2]]
    listing = ask_until(catalog, lambda each: each["scan"].get("reading") == "slow")
    assert (listing["scan"]["done"], listing["scan"]["reading"]) == (False, "slow")
    assert names_in(listing) == ["better", "good"]


def test_a_changed_file_of_a_run_that_takes_long_is_stale(tmp_path, held, monkeypatch) -> None:
    write_runs(tmp_path, "slow")
    held.set()
    catalog = make_catalog(tmp_path)
    ask_until(catalog, lambda each: each["scan"]["done"])
    held.clear()
    monkeypatch.setattr(scanner, "TURN_S", NEVER_S)
    monkeypatch.setattr(catalog_module, "SCAN_S", 0)
    write_runs(tmp_path, "slow", text="5\t6\n7\t8\n")
    with pytest.raises(StaleError, match="still being read"):
        catalog.tensor("slow", "v")


CLIENTS = 32
ROUNDS = 4


def test_many_clients_of_a_run_that_is_rewritten_all_the_time_share_scans(tmp_path, monkeypatch) -> None:
    """In each round, all clients have asked before a scan may go on; it finds the run rewritten again."""
    write_runs(tmp_path, "run")
    client = PluginClient(tmp_path)
    client.runs()
    all_asked = threading.Barrier(CLIENTS + 1)
    may_scan, begun, requested = threading.Event(), [], []
    scan, request = scanner.Scanner.scan, ScanThread.request

    def scan_later(self):
        begun.append(None)
        assert may_scan.wait(TIMEOUT_S)
        write_runs(tmp_path, "run", text=f"1\t{len(begun)}\n")
        return scan(self)

    def note_request(self, *, fresh):
        number = request(self, fresh=fresh)
        requested.append(None)
        return number

    def ask(_):
        all_asked.wait(TIMEOUT_S)
        return client.get("/tensors", run="run", name="v").status_code

    monkeypatch.setattr(scanner.Scanner, "scan", scan_later)
    monkeypatch.setattr(ScanThread, "request", note_request)
    statuses = []
    with ThreadPoolExecutor(CLIENTS) as clients:
        for number in range(ROUNDS):
            write_runs(tmp_path, "run", text=f"2\t{number}\n")
            may_scan.clear()
            requested.clear()
            answers = [clients.submit(ask, None) for _ in range(CLIENTS)]
            all_asked.wait(TIMEOUT_S)
            wait_until(lambda: len(requested) >= CLIENTS)
            may_scan.set()
            statuses += [answer.result(TIMEOUT_S) for answer in answers]
    assert set(statuses) <= {200, 409}
    assert len(statuses) == CLIENTS * ROUNDS
    assert 0 < len(begun) <= CLIENTS * ROUNDS // 4
