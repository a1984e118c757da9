"""Metadata dropped as `.csv`, over HTTP: what spreadsheets save is read, and what is refused names its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from file_ages import settle
from plugin_client import PluginClient, read_arrow, read_error

ROWS = 3
#: Size of a cell that csv refuses to read further.
LONG = 200_000


@pytest.fixture
def client(tmp_path: Path) -> PluginClient:
    (tmp_path / "v.tsv").write_text("1\t0\n" * ROWS)
    (tmp_path / "projector_config.pbtxt").write_text('embeddings { tensor_name: "v" tensor_path: "v.tsv" }\n')
    settle(tmp_path)
    client = PluginClient(tmp_path)
    client.runs()
    return client


def post(client: PluginClient, text: str, file: str = "m.csv"):
    sent = {"Content-Type": "application/octet-stream"}
    return client.ask("/uploads", "POST", data=text.encode(), headers=sent, file=file, run=".", name="v")


def columns_of(client: PluginClient, text: str) -> dict[str, list]:
    response = post(client, text)
    assert response.status_code == 200, response.data
    upload = json.loads(response.data)["upload"]
    batch, _, _ = read_arrow(client.get("/metadata", run=".", name="v", upload=upload), "metadata")
    return batch.to_pydict()


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ('word,note\na,"b, c"\nd,"say ""e"""\nf,\n', {"word": ["a", "d", "f"], "note": ["b, c", 'say "e"', None]}),
        ('word,note\na,"two\nlines"\nb,c\nd,e\n', {"word": ["a", "b", "d"], "note": ["two\nlines", "c", "e"]}),
        ("word;weight\na;0,5\nb;1,5\nc;2,5\n", {"word": ["a", "b", "c"], "weight": ["0,5", "1,5", "2,5"]}),
        ("word,note\r\na,b\r\nc,d\r\ne,f", {"word": ["a", "c", "e"], "note": ["b", "d", "f"]}),
        ("\ufeffword,note\na,b\nc,d\ne,f\n", {"word": ["a", "c", "e"], "note": ["b", "d", "f"]}),
        ('word,note\na,b\nc,d\ne,"f\n"\n', {"word": ["a", "c", "e"], "note": ["b", "d", "f\n"]}),
        ("a\nb\nc\n", {"label": ["a", "b", "c"]}),
        ("word\tnote\na\tb, c\nd\te\nf\tg\n", {"word": ["a", "d", "f"], "note": ["b, c", "e", "g"]}),
    ],
    ids=[
        "quotes",
        "line-end-in-a-cell",
        "semicolons",
        "crlf",
        "byte-order-mark",
        "line-end-at-the-end",
        "one-column",
        "tabs",
    ],
)
def test_what_spreadsheets_save_is_read(client, text, columns):
    assert columns_of(client, text) == columns


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("x,y\na,b\nc,d,e\nf,g\n", 3, "3 cells; 2 cells are expected"),
        ("x,y\na,b\nc\nf,g\n", 3, "1 cell; 2 cells are expected"),
        ('x,y\na,"b\nb"\nc,d,e\n', 4, "3 cells; 2 cells are expected"),
        ('x,"y\n' + "a,b\n" * LONG, 1, "a cell that does not end"),
        ('x,y\na,"1\n2"\nc,d,"e\n' + "e,f\n" * LONG, 4, "a cell that does not end"),
        ('x,y\na,"1\n2"\nc,"d\n' + "e,f\n" * LONG, 4, "never closed"),
        ('x,y\na,b\nc,"d\ne,f', 3, "never closed"),
    ],
    ids=[
        "long-line",
        "short-line",
        "after-a-line-end-in-a-cell",
        "open-quote-in-the-header",
        "open-quote",
        "open-quote-in-the-last-cell",
        "open-quote-near-the-end",
    ],
)
def test_a_refusal_names_its_line(client, text, line, words):
    error = read_error(post(client, text), 422, "bad_data")
    assert (error["file"], error["line"]) == ("m.csv", line)
    assert words in error["message"]
    assert f"line {line} " in error["message"]
