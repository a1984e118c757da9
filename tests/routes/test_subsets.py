"""POST /subsets, and how many subsets are kept."""

import hashlib
import json
import threading

import numpy as np
import pyarrow as pa
import pytest
from plugin_client import read_arrow, read_error

from tb_projector_plugin import limits
from tb_projector_plugin.errors import NotFoundError
from tb_projector_plugin.queries.known_subsets import KnownSubsets

WORDS = {"run": "words", "name": "table"}


def post(client, rows):
    return client.post_columns("/subsets", {"row": pa.array(rows, pa.int32())})


def test_name_is_a_hash_of_the_rows_rising_and_each_once(client):
    answer = json.loads(post(client, [9, 3, 3, 5]).data)
    expected = hashlib.sha256(np.array([3, 5, 9], "<i4").tobytes()).hexdigest()[:32]
    assert answer == {"subset": expected, "rows": 3}
    assert json.loads(post(client, [3, 5, 9]).data) == answer
    assert json.loads(post(client, [3, 5, 8]).data)["subset"] != expected


def test_empty_subset(client):
    assert "empty" in read_error(post(client, []), 400, "bad_parameter")["message"]


def test_rows_below_zero(client):
    assert "-1" in read_error(post(client, [4, -1]), 400, "bad_parameter")["message"]


def test_rows_beyond_the_tensor_are_refused_where_they_are_used(client):
    subset = client.subset([0, 200])
    for route in ("/projections", "/neighbors"):
        error = read_error(client.get(route, **WORDS, subset=subset, row=0), 400, "bad_parameter")
        assert "200" in error["message"]


@pytest.mark.parametrize("name", ["gone", "0" * 32, "../x", "x" * 5000])
def test_a_name_that_is_not_known(client, name):
    error = read_error(client.get("/projections", **WORDS, subset=name), 404, "not_found")
    assert "/subsets" in error["fix"]
    assert len(error["message"]) < 300


def test_spherize_is_zero_or_one(client):
    read_error(client.get("/projections", **WORDS, spherize="yes"), 400, "bad_parameter")


def test_one_row(client):
    batch, document, _ = read_arrow(client.get("/projections", **WORDS, subset=client.subset([7])), "projection")
    assert batch.to_pydict() == {"pc1": [0]}
    assert document["rows"] == 1


def test_least_recently_used_leaves_first():
    known = KnownSubsets(max_bytes=4 * 30)
    names = [known.add(np.arange(first, first + 10, dtype=np.int32))[0] for first in (0, 10, 20)]
    known.find(names[0])
    newest, _ = known.add(np.arange(5, 15, dtype=np.int32))
    with pytest.raises(NotFoundError):
        known.find(names[1])
    for name in (names[0], names[2], newest):
        assert len(known.find(name)) == 10


def test_the_same_subset_again_takes_no_more_room():
    known = KnownSubsets(max_bytes=4 * 20)
    first, _ = known.add(np.arange(10, dtype=np.int32))
    for _ in range(5):
        second, _ = known.add(np.arange(50, 60, dtype=np.int32))
    assert len(known.find(first)) == len(known.find(second)) == 10


def test_subsets_of_one_row_are_bounded_in_number(monkeypatch):
    monkeypatch.setattr(limits, "ENTRIES_KEPT", 3)
    known = KnownSubsets()
    first, *others = [known.add(np.array([row], np.int32))[0] for row in range(4)]
    with pytest.raises(NotFoundError):
        known.find(first)
    assert [known.find(name).tolist() for name in others] == [[1], [2], [3]]


def test_a_subset_larger_than_all_room_is_kept_alone():
    known = KnownSubsets(max_bytes=40)
    name, _ = known.add(np.arange(100, dtype=np.int32))
    assert len(known.find(name)) == 100


def test_what_was_found_cannot_be_changed():
    known = KnownSubsets()
    name, _ = known.add(np.array([1, 2], np.int32))
    with pytest.raises(ValueError, match="read-only"):
        known.find(name)[0] = 7


def test_many_threads():
    known = KnownSubsets(max_bytes=4 * 100)
    failures = []

    def work(seed):
        random = np.random.default_rng(seed)
        for _ in range(300):
            rows = np.unique(random.integers(0, 50, 20)).astype(np.int32)
            name, _ = known.add(rows)
            try:
                if not np.array_equal(known.find(name), rows):
                    failures.append(name)
            except NotFoundError:
                continue

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert known.bytes_kept == sum(known.find(name).nbytes for name in list(known._subsets)) <= 400
