"""Vectors in text files as people have them, over HTTP: what can be shown is shown, and the rest is reported."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from file_ages import settle
from plugin_client import PluginClient, read_arrow, read_error

from tb_projector_plugin.sources import formats

NAN = float("nan")
FOUR = "1\t0\n0\t1\n1\t1\n0\t2\n"
ROWS = [[1, 0], [0, 1], [1, 1], [0, 2]]
MISSING = [NAN, NAN]


def write_run(run: Path, content: str | bytes, file: str = "v.tsv", entry: str = "") -> None:
    run.mkdir(exist_ok=True)
    (run / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    (run / "projector_config.pbtxt").write_text(
        f'embeddings {{ tensor_name: "v" tensor_path: "{file}" {entry} }}\n', encoding="utf-8"
    )
    settle(run)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe1\x00", *(FOUR.encode(one) for one in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"))]
)
@pytest.mark.parametrize("entry", ["", "tensor_shape: 4 tensor_shape: 2"])
def test_vectors_in_utf16_are_refused_by_name(tmp_path, content, entry) -> None:
    write_run(tmp_path, content, entry=entry)
    (problem,) = PluginClient(tmp_path).runs()["problems"]
    assert problem["message"] == "v.tsv is text in UTF-16 or UTF-32; UTF-8 is expected."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_config_in_utf16_is_refused_by_name(tmp_path, encoding) -> None:
    """As PowerShell's `>` writes it."""
    write_run(tmp_path, FOUR)
    config = tmp_path / "projector_config.pbtxt"
    config.write_bytes(config.read_text(encoding="utf-8").encode(encoding))
    (problem,) = PluginClient(tmp_path).runs()["problems"]
    assert problem["message"].startswith("projector_config.pbtxt holds NUL bytes: it is text in UTF-16")


def vectors_of(client: PluginClient, run: str = ".") -> list[list[float]]:
    batch, document, _ = read_arrow(client.get("/tensors", run=run, name="v"), "tensor")
    return batch.column("vector").flatten().to_numpy().reshape(document["shape"]).tolist()


def check_vectors(client: PluginClient, expected: list[list[float]]) -> None:
    found = np.array(vectors_of(client))
    assert client.embedding(".", "v")["shape"] == list(np.shape(expected))
    np.testing.assert_array_equal(found, np.array(expected, np.float32))


def the_problem(client: PluginClient, line: int, level: str, *words: str) -> None:
    (problem,) = client.runs()["problems"]
    assert (problem["file"], problem["line"], problem["level"]) == ("v.tsv", line, level)
    assert (problem["run"], problem["embedding"]) == (".", "v")
    assert problem["fix"]
    for word in words:
        assert word in problem["message"] + problem["fix"]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("x\ty\n" + FOUR, 1, "(x, y) and was skipped; the first vector is on line 2"),
        ("Größe\tBreite\r\n" + FOUR.replace("\n", "\r\n"), 1, "Größe"),
        ("Größe\tBreite\n".encode("latin-1") + FOUR.encode(), 1, "Breite"),
        ("\ufeffx\ty\n" + FOUR, 1, "(x, y)"),
        ("\n\nx\ty\n" + FOUR, 3, "line 3 holds names"),
        ("\ty\n" + FOUR, 1, "holds names (y) and"),
    ],
)
def test_a_header_is_skipped_and_said(tmp_path, content, line, words):
    write_run(tmp_path, content)
    client = PluginClient(tmp_path)
    check_vectors(client, ROWS)
    the_problem(client, line, "info", words)


def test_columns_that_are_numbered_are_names_beside_an_index_too(tmp_path):
    write_run(tmp_path, "\t0\t1\n7\t0.5\t1\n9\t2\t3\n")
    client = PluginClient(tmp_path)
    check_vectors(client, [[7, 0.5, 1], [9, 2, 3]])
    the_problem(client, 1, "info", "counts the columns")


@pytest.mark.parametrize(
    "cell",
    ["inf", "-Infinity", "NULL", "None", "none", "NA", "n/a", "#N/A", "-", "nan", "", " ", "<NA>", "null", "+inf"],
)
@pytest.mark.parametrize("after", ["", FOUR * 30])
def test_a_missing_or_infinite_number_takes_only_its_row(tmp_path, cell, after):
    write_run(tmp_path, f"{FOUR}1\t{cell}\n{after}")
    client = PluginClient(tmp_path)
    found = np.array(vectors_of(client))
    assert not np.isfinite(found[4, 1])
    assert np.delete(found, 4, axis=0).tolist() == ROWS + ROWS * (30 if after else 0)
    _, document, problems = read_arrow(client.get("/projections", run=".", name="v"), "projection")
    assert document["finite_rows"] == len(found) - 1
    assert "1 row holds NaN or infinity and is not drawn: row 4" in problems[0]["message"]
    assert problems[0] in client.runs()["problems"]


def test_a_first_row_without_numbers_is_no_header(tmp_path):
    write_run(tmp_path, "NULL\tNULL\n" + FOUR)
    client = PluginClient(tmp_path)
    check_vectors(client, [MISSING, *ROWS])
    assert client.runs()["problems"] == []


@pytest.mark.parametrize(
    ("content", "expected", "line", "words"),
    [
        ("1\t0\n\n0\t1\n", [[1, 0], MISSING, [0, 1]], 2, "line 2 is blank: a row without a position"),
        ("1\t0\r\n\r\n0\t1\r\n", [[1, 0], MISSING, [0, 1]], 2, "line 2 is blank"),
        ("1\t0\n\t\n0\t1\n", [[1, 0], MISSING, [0, 1]], 2, "line 2 is blank"),
        ("1\t0\n \n0\t1", [[1, 0], MISSING, [0, 1]], 2, "line 2 is blank"),
        (FOUR + "\t\n", [*ROWS, MISSING], 5, "line 5 is blank"),
        (FOUR + "\t", [*ROWS, MISSING], 5, "line 5 is blank"),
        (FOUR + "\n", [*ROWS, MISSING], 5, "line 5 is blank"),
        ("\n\t\n" + FOUR, [MISSING, MISSING, *ROWS], 1, "lines 1 and 2 are blank: rows without a position"),
        ("7\n\n8\n", [[7], [NAN], [8]], 2, "line 2 is blank"),
    ],
)
def test_a_blank_line_is_a_row_without_a_position(tmp_path, content, expected, line, words):
    write_run(tmp_path, content)
    client = PluginClient(tmp_path)
    check_vectors(client, expected)
    (problem,) = [problem for problem in client.runs()["problems"] if problem["level"] == "warning"]
    assert (problem["file"], problem["line"]) == ("v.tsv", line)
    assert words in problem["message"]


def test_a_blank_line_is_said_once_and_beside_other_rows_without_a_position(tmp_path):
    write_run(tmp_path, "1\t0\n\n0\t1\n1\t1\n")
    client = PluginClient(tmp_path)
    _, _, (told,) = read_arrow(client.get("/projections", run=".", name="v"), "projection")
    assert told["message"] == "1 row holds no numbers and is not drawn: row 1 of 4."
    assert "diverged" not in told["fix"]
    the_problem(client, 2, "warning", "line 2 is blank")
    write_run(tmp_path, "1\t0\n\n0\t1\n1\tnan\n")
    client = PluginClient(tmp_path)
    _, _, (told,) = read_arrow(client.get("/projections", run=".", name="v"), "projection")
    assert told["message"] == "2 rows hold NaN or infinity and are not drawn: rows 1, 3 of 4."
    assert [problem["message"] for problem in client.runs()["problems"]][1:] == [told["message"]]


@pytest.mark.parametrize("content", [FOUR, FOUR[:-1], FOUR.replace("\n", "\r\n")])
def test_the_last_line_end_begins_no_row(tmp_path, content):
    write_run(tmp_path, content)
    client = PluginClient(tmp_path)
    check_vectors(client, ROWS)
    assert client.runs()["problems"] == []


def test_labels_stay_on_their_rows(tmp_path):
    (tmp_path / "words.tsv").write_text("a\nnone\nb\nlast\n")
    write_run(tmp_path, "1\t0\n\n0\t1\n\t\n", entry='metadata_path: "words.tsv"')
    client = PluginClient(tmp_path)
    batch, document, problems = read_arrow(client.get("/metadata", run=".", name="v"), "metadata")
    assert batch.column("label").to_pylist() == ["a", "none", "b", "last"]
    assert (document["rows"], document["lines"], problems) == (4, 4, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (FOUR.replace("\t", " "), "by blanks instead of tabs; 2 were found on line 1"),
        (FOUR.replace("\t", ","), "by commas"),
        (FOUR.replace("\t", ";"), "by semicolons"),
        (FOUR.replace("\t", ", "), "by commas"),
        ("  " + FOUR.replace("\t", "   ").replace("1\n", "1 \n "), "by blanks"),
        ("".join(f'"{x}","{y}"\n' for x, y in ROWS), "by commas"),
        (FOUR.replace("\t", " ").replace("\n", "\r\n"), "by blanks"),
        (FOUR.replace("\t", " ").replace("\n", " \r\n"), "by blanks"),
    ],
)
@pytest.mark.parametrize("entry", ["", "tensor_shape: 4 tensor_shape: 2"])
def test_another_separator_is_read_and_said(tmp_path, content, words, entry):
    write_run(tmp_path, content, entry=entry)
    client = PluginClient(tmp_path)
    check_vectors(client, ROWS)
    the_problem(client, 1, "info", words)


def test_a_separator_at_the_end_of_each_line_begins_no_column(tmp_path):
    write_run(tmp_path, FOUR.replace("\n", "\t\n"))
    client = PluginClient(tmp_path)
    check_vectors(client, ROWS)
    the_problem(client, 1, "info", "an empty cell after its last number, as the next lines do; it is not a dimension")


def test_all_of_it_at_once_in_a_csv(tmp_path):
    content = '"","x","y"\n"5","1","NA"\n,,\n\n"6",-1.5,Infinity\n'
    write_run(tmp_path, content, "v.csv")
    client = PluginClient(tmp_path)
    inf = float("inf")
    check_vectors(client, [[5, 1, NAN], [NAN] * 3, [NAN] * 3, [6, -1.5, inf]])
    problems = client.runs()["problems"]
    assert [(problem["line"], problem["level"]) for problem in problems] == [(1, "info"), (2, "info"), (3, "warning")]
    assert "lines 3 and 4 are blank" in problems[2]["message"]


@pytest.mark.parametrize("rows", [4, 250])
@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("header", ["", "index\tx\ty\n"])
def test_a_first_column_that_counts_the_rows_is_named(tmp_path, rows, base, header):
    write_run(tmp_path, header + "".join(f"{row + base}\t{row * row % 7}\t0.5\n" for row in range(rows)))
    client = PluginClient(tmp_path)
    check_vectors(client, [[row + base, row * row % 7, 0.5] for row in range(rows)])
    (problem,) = [problem for problem in client.runs()["problems"] if problem["level"] == "warning"]
    assert f"the first of 3 columns counts the rows ({base}, {base + 1}, " in problem["message"]
    assert "remove the column" in problem["fix"]
    assert (problem["file"], problem["line"]) == ("v.tsv", 1 + bool(header))


@pytest.mark.parametrize("content", ["0\t1\n1\t0\n", "0\n1\n2\n3\n", "0\t5\n1\t5\n2\t5\n4\t5\n", "2\t5\n3\t5\n4\t5\n"])
def test_a_first_column_that_is_no_index_is_not(tmp_path, content):
    write_run(tmp_path, content)
    assert not [problem for problem in PluginClient(tmp_path).runs()["problems"] if problem["level"] == "warning"]


def test_a_first_column_that_stops_counting_is_no_index(tmp_path):
    write_run(tmp_path, "".join(f"{row if row < 200 else 0}\t5\n" for row in range(250)))
    assert PluginClient(tmp_path).runs()["problems"] == []


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("x\ty\nthe\t1\nof\t2\n", 2, "column 1: received 'the'"),
        ("the 1 2\nof 3 4\n", 1, "column 1: received 'the'"),
        ("only words\n", 1, "column 1: received 'only'"),
    ],
)
def test_words_among_the_numbers_are_named_with_what_to_do(tmp_path, content, line, words):
    write_run(tmp_path, content)
    client = PluginClient(tmp_path)
    (problem,) = client.runs()["problems"]
    assert (problem["line"], problem["level"]) == (line, "error")
    assert words in problem["message"]
    assert "metadata_path" in problem["fix"]


def test_a_bad_cell_far_down_is_named_with_its_line(tmp_path):
    write_run(tmp_path, "x\ty\n\n" + FOUR * 50_000 + "1\tNULL\n1\tone\n")
    client = PluginClient(tmp_path)
    error = read_error(client.get("/tensors", run=".", name="v"), 422, "bad_data")
    assert error["line"] == 200_004
    assert "column 2: received 'one'" in error["message"]


def test_blank_lines_that_would_fill_the_memory_are_refused(tmp_path):
    write_run(tmp_path, "\t".join(["1"] * 1000) + "\n" + "\n" * 20_000)
    (problem,) = PluginClient(tmp_path).runs()["problems"]
    assert (problem["kind"], problem["line"]) == ("over_limit", 2)
    assert "20,000 blank lines" in problem["message"]


@pytest.mark.parametrize("content", [b"1\t2\n\x00\x01", b"PK\x03\x04" + bytes(9), b"\x80\x04\x95abc"])
def test_what_is_no_text_is_not_read_as_text(tmp_path, content):
    write_run(tmp_path, content)
    (problem,) = PluginClient(tmp_path).runs()["problems"]
    assert f"{formats.list_formats()} is expected" in problem["message"]


@pytest.mark.parametrize("end", ["", "é" * 4096, "x" + "é" * 4096])
def test_text_by_any_other_name_is_text(tmp_path, end):
    """Names of columns show that it is not a raw array, also if the bytes looked at end within a character."""
    write_run(tmp_path, f"größe\tbreite{end}\n{FOUR}", "v.vec")
    client = PluginClient(tmp_path)
    assert client.embedding(".", "v")["source"] == "tsv"
    check_vectors(client, ROWS)


def test_text_in_an_older_encoding_needs_a_name_of_text(tmp_path):
    write_run(tmp_path, "größe\tbreite\n".encode("latin-1") + FOUR.encode(), "v.vec")
    (problem,) = PluginClient(tmp_path).runs()["problems"]
    assert f"{formats.list_formats()} is expected" in problem["message"]
    assert (problem["file"], bool(problem["fix"])) == ("v.vec", True)


def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    write_run(tmp_path, FOUR)
    monkeypatch.setattr(formats, "open_regular", refuse)
    found = formats.recognize(formats.look_at(str(tmp_path / "v.tsv"), "v.tsv", ()))
    assert found is not None
    assert found.name == "tsv"  # Its reader says what is wrong.


def test_raw_numbers_stay_raw_numbers(tmp_path):
    array = np.random.default_rng(1).normal(size=(6, 2)).astype(np.float32)
    write_run(tmp_path, array.tobytes(), "v.bytes", "tensor_shape: 6 tensor_shape: 2")
    client = PluginClient(tmp_path)
    assert client.embedding(".", "v")["source"] == "raw"
    check_vectors(client, array.tolist())


def test_blocks_of_a_large_file_keep_their_rows(tmp_path):
    lines = [f"{row}.5,{-row}\n" for row in range(600_000)]
    lines[123_456], lines[599_998] = "\n", ",\n"
    write_run(tmp_path, "x,y\n" + "".join(lines))
    client = PluginClient(tmp_path)
    assert json.loads(client.get("/runs").data) is not None
    found = np.array(vectors_of(client), np.float32)
    expected = np.stack([np.arange(600_000) + 0.5, -np.arange(600_000)], axis=1).astype(np.float32)
    expected[[123_456, 599_998]] = NAN
    np.testing.assert_array_equal(found, expected)
    assert any("lines 123458 and 600000 are blank" in problem["message"] for problem in client.runs()["problems"])
