"""The cache: its bound, eviction order, one computation for many callers, errors that are raised but not cached."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from waiting import TIMEOUT_S, wait_until

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.errors import AbandonedError


def put(cache, key, size):
    return cache.get(key, lambda: b"x" * size, len)


def never():
    raise AssertionError("computed again")


def test_computes_once():
    cache = Cache(100)
    assert put(cache, "a", 10) == b"x" * 10
    assert cache.get("a", never, len) == b"x" * 10


def test_least_recently_used_leaves_first():
    cache = Cache(30)
    for key in "abc":
        put(cache, key, 10)
    cache.get("a", never, len)
    put(cache, "d", 10)
    for key in "acd":
        cache.get(key, never, len)
    with pytest.raises(AssertionError):
        cache.get("b", never, len)


def test_never_holds_more_than_its_bound():
    cache = Cache(100)
    for number in range(50):
        put(cache, number, number)
        assert cache.bytes_kept <= 100


def test_what_is_larger_than_the_cache_is_returned_and_displaces_nothing():
    cache = Cache(100)
    put(cache, "small", 60)
    assert len(put(cache, "large", 101)) == 101
    assert cache.bytes_kept == 60
    cache.get("small", never, len)


def test_small_results_are_bounded_in_number(monkeypatch):
    monkeypatch.setattr(limits, "ENTRIES_KEPT", 3)
    cache = Cache(100)
    for key in "abcd":
        put(cache, key, 0)
    for key in "bcd":
        cache.get(key, never, len)
    assert cache.find("a") is None


def test_none_is_a_value():
    cache = Cache(10)
    assert cache.get("a", lambda: None, lambda _: 1) is None
    assert cache.get("a", never, lambda _: 1) is None


def test_error_is_raised_and_not_kept():
    cache = Cache(100)
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: 1 // 0, len)
    assert put(cache, "a", 3) == b"xxx"


def ask_together(cache, compute, callers=8):
    """Runs `callers` threads that all request while the first one computes; returns their outcomes."""
    computing, go_on = threading.Event(), threading.Event()

    def slowly():
        computing.set()
        assert go_on.wait(TIMEOUT_S)
        return compute()

    with ThreadPoolExecutor(callers) as pool:
        first = pool.submit(cache.get, "key", slowly, len)
        assert computing.wait(TIMEOUT_S)
        waiting: set[int] = set()

        def note_waiting():
            waiting.add(threading.get_ident())

        others = [pool.submit(cache.get, "key", never, len, note_waiting) for _ in range(callers - 1)]
        wait_until(lambda: len(waiting) == callers - 1)
        go_on.set()
        return [future.exception(TIMEOUT_S) or future.result(TIMEOUT_S) for future in [first, *others]]


def test_one_computation_however_many_ask():
    assert ask_together(Cache(100), lambda: b"abc") == [b"abc"] * 8


def test_error_reaches_all_who_wait():
    outcomes = ask_together(Cache(100), lambda: 1 // 0)
    assert all(isinstance(outcome, ZeroDivisionError) for outcome in outcomes)


def test_another_key_does_not_wait():
    cache = Cache(100)
    computing, go_on = threading.Event(), threading.Event()

    def slowly():
        computing.set()
        assert go_on.wait(TIMEOUT_S)
        return b"slow"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(cache.get, "slow", slowly, len)
        assert computing.wait(TIMEOUT_S)
        assert put(cache, "quick", 3) == b"xxx"
        go_on.set()
        assert slow.result(TIMEOUT_S) == b"slow"


def test_whoever_waited_for_an_abandoned_computation_computes_it():
    computing, go_on = threading.Event(), threading.Event()
    cache = Cache(100)

    def abandon():
        computing.set()
        assert go_on.wait(TIMEOUT_S)
        raise AbandonedError

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "key", abandon, len)
        assert computing.wait(TIMEOUT_S)
        other = pool.submit(cache.get, "key", lambda: b"abc", len, go_on.set)
        assert isinstance(first.exception(TIMEOUT_S), AbandonedError)
        assert other.result(TIMEOUT_S) == b"abc"


def test_who_waits_may_give_up():
    computing, go_on = threading.Event(), threading.Event()
    cache = Cache(100)

    def slowly():
        computing.set()
        assert go_on.wait(TIMEOUT_S)
        return b"abc"

    def give_up():
        raise AbandonedError

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(cache.get, "key", slowly, len)
        assert computing.wait(TIMEOUT_S)
        with pytest.raises(AbandonedError):
            cache.get("key", never, len, give_up)
        go_on.set()
        assert first.result(TIMEOUT_S) == b"abc"
