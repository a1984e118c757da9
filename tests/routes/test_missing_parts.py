"""Partitioned variables of which a part is missing: which rows, and the others are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import google_crc32c
import numpy as np
import pytest
from catalog_logdirs import vectors
from file_ages import settle
from plugin_client import PluginClient, read_arrow
from table_writer import bundle_entry, field, header, write_simple_table
from waiting import wait_until

from tb_projector_plugin.sources.checkpoint.masked_crc32c import mask
from tb_projector_plugin.sources.checkpoint.ordered_code import encode_slice_key

WORDS = vectors(30, 4)
Part = tuple[tuple[int, int], tuple[int, int]]
BY_ROWS: list[Part] = [((0, 10), (0, 4)), ((10, 10), (0, 4)), ((20, 10), (0, 4))]
BY_COLUMNS: list[Part] = [((0, 30), (0, 2)), ((0, 30), (2, 2))]


def extent(start: int, length: int) -> bytes:
    return field(1, field(1, start) + field(2, length))


def write_parts(
    run: Path, parts: list[Part], unlisted: int | None = None, shape: tuple[int, ...] = WORDS.shape
) -> None:
    """Writes `words`, each part in a data file of its own; the index has no entry for the part `unlisted`."""
    run.mkdir(exist_ok=True)
    entries, rest = [], b""
    for number, part in enumerate(parts):
        (row, rows), (column, columns) = part
        whole = [part[0], *((0, 1) for _ in shape[2:]), part[1]]
        stored = np.ascontiguousarray(WORDS[row : row + rows, column : column + columns]).tobytes()
        (run / f"m-1.data-{number:05d}-of-{len(parts):05d}").write_bytes(stored)
        crc = mask(google_crc32c.value(stored))
        entry = bundle_entry([rows, columns], shard=number, size=len(stored), crc32c=crc)
        entries += [] if number == unlisted else [(encode_slice_key("words", whole), entry)]
        rest += field(7, b"".join(extent(*each) for each in whole))
    index = [(b"", header(len(parts))), *entries, (b"words", bundle_entry(shape, size=0, rest=rest))]
    (run / "m-1.index").write_bytes(write_simple_table(index))


def ask(logdir: Path) -> tuple[PluginClient, list[dict[str, Any]]]:
    settle(logdir)
    client = PluginClient(logdir)
    return client, client.runs()["problems"]


def rows_of(client: PluginClient, rows: str | None = None) -> np.ndarray:
    batch, _, _ = read_arrow(client.get("/tensors", run="r", name="words", rows=rows), "tensor")
    return np.array(batch.column("vector").to_pylist(), np.float32)


@pytest.mark.parametrize("shape", [(30, 4), (30, 1, 4)])
def test_all_parts(tmp_path: Path, shape: tuple[int, ...]) -> None:
    write_parts(tmp_path / "r", BY_ROWS, shape=shape)
    client, problems = ask(tmp_path)
    np.testing.assert_array_equal(rows_of(client), WORDS)
    assert [each["level"] for each in problems] == ["info"] * (len(shape) - 2)


@pytest.mark.parametrize("way", ["no entry", "no file"])
def test_the_rows_of_a_missing_part_are_named_and_the_others_shown(tmp_path: Path, way: str) -> None:
    write_parts(tmp_path / "r", BY_ROWS, unlisted=1 if way == "no entry" else None)
    if way == "no file":
        (tmp_path / "r" / "m-1.data-00001-of-00003").unlink()
    client, (problem,) = ask(tmp_path)
    assert (problem["level"], problem["embedding"]) == ("warning", "words")
    assert "Rows 10 to 19 of words are incomplete" in problem["message"]
    assert "the other rows are shown" in problem["message"]
    assert problem["file"] == ("r/m-1.index" if way == "no entry" else "r/m-1.data-00001-of-00003")
    expected = WORDS.copy()
    expected[10:20] = np.nan
    np.testing.assert_array_equal(rows_of(client), expected)
    np.testing.assert_array_equal(rows_of(client, "25,15,19,20"), expected[[25, 15, 19, 20]])


def test_a_projection_leaves_these_rows_out(tmp_path: Path) -> None:
    write_parts(tmp_path / "r", BY_ROWS, unlisted=2)
    client, _ = ask(tmp_path)
    response = client.get("/projections", run="r", name="words", method="pca", components=2)
    batch, projection, _ = read_arrow(response, "projection")
    assert (projection["rows"], projection["finite_rows"]) == (30, 20)
    assert np.isnan(batch.column(0).to_numpy()).tolist() == [False] * 20 + [True] * 10


def test_parts_by_columns_leave_no_row(tmp_path: Path) -> None:
    write_parts(tmp_path / "r", BY_COLUMNS)
    (tmp_path / "r" / "m-1.data-00001-of-00002").unlink()
    client, (problem,) = ask(tmp_path)
    assert problem["level"] == "error"
    assert "Rows 0 to 29 of words are incomplete: r/m-1.data-00001-of-00002 is missing" in problem["message"]
    assert "shown" not in problem["message"]
    assert client.runs()["runs"] == []


def test_a_part_that_comes_back_is_shown(tmp_path: Path) -> None:
    write_parts(tmp_path / "r", BY_ROWS)
    lost = tmp_path / "r" / "m-1.data-00000-of-00003"
    kept = lost.read_bytes()
    lost.unlink()
    client, (problem,) = ask(tmp_path)
    assert "Rows 0 to 9" in problem["message"]
    lost.write_bytes(kept)
    settle(tmp_path)
    wait_until(lambda: client.runs()["problems"] == [], "a list without problems")
    np.testing.assert_array_equal(rows_of(client), WORDS)
