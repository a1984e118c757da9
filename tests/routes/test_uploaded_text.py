"""POST /uploads of text: how it is split into vectors and metadata, and bad lines, which are named."""

from __future__ import annotations

import json

import numpy as np
import pytest
from plugin_client import read_arrow, read_error
from uploading import VECTORS, dropped, metadata_of, post, vectors_of

from tb_projector_plugin import limits


@pytest.mark.parametrize(
    ("text", "read", "vectors", "metadata"),
    [
        ("the 1 2\nof 3 4\n", "blank", [[1, 2], [3, 4]], {"label": ["the", "of"]}),
        ("2 2\nthe 1 2\nof 3 4\n", "blank", [[1, 2], [3, 4]], {"label": ["the", "of"]}),
        ("the\t1\t2\nof\t3\t4", "tab", [[1, 2], [3, 4]], {"label": ["the", "of"]}),
        ("name,x,n,y\na,1,k,2\n", "comma", [[1, 2]], {"name": ["a"], "n": ["k"]}),
        ('name,x,y\r\n"a,\r\n""b""",1,2\r\n', "comma", [[1, 2]], {"name": ['a,\n"b"']}),
        ('5" nails,x,y\na,1,2\nb,3,4\n', "comma", [[1, 2], [3, 4]], {'5" nails': ["a", "b"]}),
        ("x;y\n1;2\n3;4\n", "semicolon", [[1, 2], [3, 4]], None),
        ("label,0,1,2\na,.5,2,3\nb,1,1,1\n", "comma", [[0.5, 2, 3], [1, 1, 1]], {"label": ["a", "b"]}),
        ("\t0\t1\n7\t.5\t1\n9\t2\t3\n", "tab", [[7, 0.5, 1], [9, 2, 3]], None),
        ("1\n2\n3\n", "lines", [[1], [2], [3]], None),
        ("1\t2\n\n\n \n", "tab", [[1, 2]], None),
        ("\n\n1\t2\n", "tab", [[1, 2]], None),
        ("\ufeffa 1\nb 2\n", "blank", [[1], [2]], {"label": ["a", "b"]}),
        ("  1    2\n 10   20\n", "blank", [[1, 2], [10, 20]], None),
        ("+1\t२\n3\t+4e0\n", "tab", [[1, 2], [3, 4]], None),
        ("a\t1\t\nb\t2\t\n", "tab", [[1], [2]], {"column 1": ["a", "b"], "column 3": [None, None]}),
        (
            "<script>alert(1)</script> 1 2\n=cmd 3 4\n",
            "blank",
            [[1, 2], [3, 4]],
            {"label": ["<script>alert(1)</script>", "=cmd"]},
        ),
    ],
)
def test_text_is_split_into_vectors_and_metadata(empty, text, read, vectors, metadata):
    answer = dropped(empty, text, "words.txt")
    assert answer["read"]["format"] == read
    assert vectors_of(empty, answer).tolist() == vectors
    assert answer["read"]["metadata"] == list(metadata or {})
    assert (answer["embedding"]["metadata"] is None) == (metadata is None)
    if metadata:
        assert metadata_of(empty, answer) == metadata


def test_utf16(empty):
    assert vectors_of(empty, dropped(empty, "a\t1\t2\n".encode("utf-16"))).tolist() == [[1, 2]]


def test_numbers_are_those_of_numpy(empty):
    text = "\n".join("\t".join(f"{number:.9g}" for number in row) for row in VECTORS)
    assert np.array_equal(vectors_of(empty, dropped(empty, text)), VECTORS)


def test_a_column_of_numbers_can_be_metadata(empty):
    text = "year,x,y\n1999,1,2\n2001,3,4\n"
    assert dropped(empty, text)["embedding"]["shape"] == [2, 3]
    answer = dropped(empty, text, metadata="year")
    assert answer["embedding"]["shape"] == [2, 2]
    assert metadata_of(empty, answer) == {"year": [1999, 2001]}
    error = read_error(post(empty, text, metadata="month"), 400, "bad_parameter")
    assert "year" in error["message"]


def test_nan_and_infinity_are_reported_and_not_drawn(empty):
    answer = dropped(empty, "1\tnan\n3\t4\ninf\t1\n1e999\t0\n5\t5\n")
    _, document, problems = read_arrow(empty.get("/projections", run=answer["run"], name="v.tsv"), "projection")
    assert document["finite_rows"] == 2
    assert "3 rows" in problems[0]["message"]
    listed = json.loads(empty.get("/runs", uploads=answer["upload"]).data)["problems"]
    assert any("3 rows" in problem["message"] for problem in listed)
    assert json.loads(empty.get("/runs").data)["problems"] == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("1\t2\n3\n", 2, "1 cell; 2 are expected"),
        ("1\t2\n3\t4\t5\n6\t7\n", 2, "3 cells"),
        ("1\t2\n3\tx\n5\t6\n7\t8\n", 2, "column 2: received 'x'"),
        ("x,y\n1,2\n3,?\n5,6\n7,8\n", 3, "column 2 (y): received '?'"),
        ("a,x\nk,1\nk,\nk,2\nk,3\n", 3, "column 2 (x): received ''"),
        ("1\t2\n\n3\t4\n", 2, "blank"),
        ("\n\n1\t2\n3\t4\n5\tsix\n", 5, "column 2"),
        ("9 2\nthe 1 2\nof 3 x\nto 5 6\nin 7 8\n", 3, "column 3"),
        ("1\t2\n1_0\t2\n3\t4\n5\t6\n", 2, "1_0"),
        ("1\t2\n0x10\t2\n3\t4\n5\t6\n", 2, "0x10"),
        ('a,1,2\nb,3,4\n"c,5,6\nd,7,8\n', 3, "1 cell"),
    ],
)
def test_bad_text_names_line_and_column_and_the_mend(empty, text, line, said):
    error = read_error(post(empty, text, "bad.tsv"), 422, "bad_data")
    assert error["line"] == line
    assert said in error["message"]
    assert error["file"] == "bad.tsv"


def test_a_bad_cell_far_down_in_a_large_file_is_named(empty, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_RECORDS_BYTES", 1000)
    lines = [f"word{number}\t{number}\t0.5\n" for number in range(400_000)]
    lines[399_000] = "word\toops\t1\n"
    error = read_error(post(empty, "".join(lines)), 422, "bad_data")
    assert error["line"] == 399_001
    assert "oops" in error["message"]
    lines[399_000] = "word\t१\t1\n"
    assert "digits 0 to 9" in read_error(post(empty, "".join(lines)), 422, "bad_data")["fix"]


GOOD, REST = "a,1,2\n" * 200, "d,7,8\n" * 30_000


@pytest.mark.parametrize("records_bytes", [limits.UPLOAD_RECORDS_BYTES, 1000], ids=["small", "large"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD + '"c,5,6\n' + REST, 201),
        ("n,x,y\n" + GOOD + '"c,5,6\n' + REST, 202),
        ('"n,\nm",x,y\n' + GOOD + '"c,5,6\n' + REST, 203),
        ("\n\n" + GOOD + '"c,5,6\n' + REST, 203),
        (GOOD + '"c,\nd",5,6\ne,"6\n' + REST, 203),
        (GOOD + f'"{"c" * 140_000}",5,6\nd,7,eight\n', 201),
    ],
    ids=[
        "open quote",
        "below names",
        "below names on two lines",
        "below blank lines",
        "below a long cell",
        "large cell",
    ],
)
def test_a_cell_without_an_end_names_its_line(empty, monkeypatch, records_bytes, text, line):
    monkeypatch.setattr(limits, "UPLOAD_RECORDS_BYTES", records_bytes)
    error = read_error(post(empty, text, "bad.csv"), 422, "bad_data")
    assert (error["file"], error["line"]) == ("bad.csv", line)
    assert f"bad.csv, line {line} has a cell that does not end" in error["message"]


@pytest.mark.parametrize(
    "text", ["", "\n", " \n\t\n", "\ufeff", "hello\nworld\n", "a\tb\nc\td\n", "1,5;2,5\n3,5;4,5\n", "x,y\n", "<html>\n"]
)
def test_text_without_vectors(empty, text):
    assert read_error(post(empty, text), 422, "bad_data")["fix"]


@pytest.mark.parametrize(
    "text",
    [
        "1\t" * 200_000 + "1\n",
        "1" + " " * 20_000_000 + "2\n",
        ",".join(["name"] * 3000) + ",x\n" + ",".join(["a"] * 3000) + ",1\n",
    ],
    ids=["cells", "one line", "columns of text"],
)
def test_too_wide(empty, text):
    read_error(post(empty, text), 413, "over_limit")


def test_lines_that_would_make_a_matrix_too_large_take_no_memory(empty):
    """A first line of many numbers, and many short lines: the matrix for both is never allocated."""
    text = "\t".join("1" * 50_000) + "\n" + "1\n" * 3_000_000
    error = read_error(post(empty, text), 413, "over_limit")
    assert "3,000,001 lines" in error["message"]
    text = "\t".join("1" * 5_000) + "\n" + "1\n" * 30_000
    assert read_error(post(empty, text), 422, "bad_data")["line"] == 2
