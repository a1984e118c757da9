"""Columns sent by clients: what is accepted, and streams with false claims."""

import io
import json
import struct

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugin_client import ARROW_TYPE, read_error, write_columns
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.errors import BadParameterError, LimitError
from tb_projector_plugin.web.arrivals import Arrivals
from tb_projector_plugin.web.arrow_body import read_arrow_body

ROWS = write_columns({"row": pa.array([5, 3, 9], pa.int32())})
COORDINATES = {"x": "float32", "y": "float32"}


def read(data, columns=None, optional=None):
    environ = EnvironBuilder(method="POST", data=data, content_type=ARROW_TYPE).get_environ()
    request = Request(environ)
    Arrivals(limits.ARRIVING_BYTES).open_share(request)
    return read_arrow_body(request, columns or {"row": "int32"}, optional)


def write_batches(batches, schema=None):
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, schema or batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue()


def floats(*values):
    return pa.array(values, pa.float32())


def test_columns_are_read():
    columns = read(ROWS)
    assert list(columns) == ["row"]
    assert columns["row"].dtype == np.int32
    assert columns["row"].tolist() == [5, 3, 9]


def test_batches_are_joined_and_slices_respected():
    batch = pa.RecordBatch.from_pydict({"row": pa.array(range(10), pa.int32())})
    assert read(write_batches([batch.slice(2, 3), batch.slice(0, 0), batch.slice(9)]))["row"].tolist() == [2, 3, 4, 9]


@pytest.mark.parametrize(
    "data", [write_columns({"row": pa.array([], pa.int32())}), write_batches([], pa.schema({"row": pa.int32()}))]
)
def test_no_rows(data):
    assert len(read(data)["row"]) == 0


def test_not_a_number_is_one():
    columns = read(write_columns({"x": floats(1, np.nan), "y": floats(np.inf, 2)}), COORDINATES, {"z": "float32"})
    np.testing.assert_array_equal(columns["x"], [1, np.nan])
    assert list(columns) == ["x", "y"]


def test_a_column_that_may_be_there():
    data = write_columns({"x": floats(1), "y": floats(2), "z": floats(3)})
    assert list(read(data, COORDINATES, {"z": "float32"})) == ["x", "y", "z"]
    with pytest.raises(BadParameterError, match="columns are x"):
        read(data, COORDINATES)


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"rows": pa.array([1], pa.int32())},
        {"row": pa.array([1], pa.int64())},
        {"row": pa.array([1], pa.uint32())},
        {"row": floats(1)},
        {"row": pa.array(["1"])},
        {"row": pa.array(["1"]).dictionary_encode()},
        {"row": pa.array([[1]], pa.list_(pa.int32()))},
        {"row": pa.array([1], pa.int32()), "more": floats(1)},
        {"row": pa.nulls(3)},
        {"row": pa.RunEndEncodedArray.from_arrays([3], [1])},
    ],
    ids=lambda columns: " ".join(f"{name}: {column.type}" for name, column in columns.items()) or "none",
)
def test_other_columns_are_refused(columns):
    batch = pa.RecordBatch.from_pydict(columns) if columns else pa.record_batch([], schema=pa.schema([]))
    with pytest.raises(BadParameterError, match=r"columns are|expected a schema and record batches"):
        read(write_batches([batch]))


def test_two_columns_of_one_name():
    numbers = pa.array([1], pa.int32())
    with pytest.raises(BadParameterError, match="columns are"):
        read(write_batches([pa.record_batch([numbers, numbers], names=["row", "row"])]))


def test_nulls_are_refused():
    with pytest.raises(BadParameterError, match="1 nulls"):
        read(write_columns({"row": pa.array([1, None], pa.int32())}))


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_compressed_columns_are_refused_unread(compression):
    """Eight million zeros compress to a few kilobytes: no small body can expand further."""
    data = write_columns({"row": pa.array(np.zeros(8_000_000, np.int32))}, compression)
    assert len(data) < 1_000_000
    with pytest.raises(BadParameterError, match="compressed"):
        read(data)


def test_pieces_without_end():
    empty = pa.RecordBatch.from_pydict({"row": pa.array([], pa.int32())})
    with pytest.raises(LimitError, match="record batches"):
        read(write_batches([empty] * (limits.ARROW_BODY_BATCHES + 1)))


def test_description_without_end():
    schema = pa.schema({"row": pa.int32()}, metadata={"note": "x" * (limits.ARROW_MESSAGE_BYTES + 1)})
    with pytest.raises(LimitError, match="description"):
        read(write_batches([], schema))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 64,
        b"\xff" * 64,
        b"row\n1\n",
        b'{"row": [1]}',
        ROWS[:-40],
        ROWS[:70],
        ROWS[8:],
        b"ARROW1\0\0" + ROWS,
    ],
)
def test_what_is_no_stream(data):
    with pytest.raises(BadParameterError, match=r"not a whole Arrow stream|expected a schema"):
        read(data)


@pytest.mark.parametrize("length", [2**31 - 1, 2**62, -1, 1 << 40])
def test_more_rows_than_there_are_bytes(length):
    """Replaces the length of the batch, of its column, and of both in the message: there are three rows."""
    places = [at for at in range(len(ROWS) - 8) if ROWS[at : at + 8] == struct.pack("<q", 3)]
    assert places
    for claimed in (*([place] for place in places), places):
        data = bytearray(ROWS)
        for place in claimed:
            data[place : place + 8] = struct.pack("<q", length)
        with pytest.raises(BadParameterError):
            read(bytes(data))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_damage_is_reported_or_harmless(data):
    """Replaces bytes anywhere; an accepted result has no more data than the body has bytes."""
    damaged = bytearray(ROWS)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(ROWS) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows = read(bytes(damaged))["row"]
    except (BadParameterError, LimitError):
        pass
    else:
        assert rows.dtype == np.int32
        assert rows.nbytes <= len(ROWS)


@pytest.mark.parametrize("data", [b"", ROWS[:70], b"\xff" * 64])
def test_errors_have_the_one_shape(client, data):
    response = client.ask("/subsets", "POST", data=data, headers={"Content-Type": ARROW_TYPE})
    assert "Arrow" in read_error(response, 400, "bad_parameter")["fix"]


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/octet-stream", ""])
def test_body_of_another_type_is_refused(client, content_type):
    response = client.ask("/subsets", "POST", data=ROWS, headers={"Content-Type": content_type})
    assert ARROW_TYPE in read_error(response, 415, "content_type")["message"]


def test_columns_are_no_json(client):
    """A route accepts only one type of body."""
    response = client.ask("/neighbors", "POST", data=ROWS, headers={"Content-Type": ARROW_TYPE})
    read_error(response, 415, "content_type")


def test_body_that_says_it_is_too_large_is_refused_unread(client):
    environ = {"CONTENT_LENGTH": str(limits.ARROW_BODY_BYTES + 1), "wsgi.input": None}
    response = client.ask("/subsets", "POST", headers={"Content-Type": ARROW_TYPE}, environ=environ)
    assert f"{limits.ARROW_BODY_BYTES:,}" in json.loads(response.data)["error"]["message"]
    assert response.status_code == 413
