"""Metadata, compared with Python's own splitting of lines and cells."""

from __future__ import annotations

import pyarrow as pa
import pytest
from golden_checkpoints import GOLDEN
from hypothesis import assume, given
from hypothesis import strategies as st

from tb_projector_plugin import limits
from tb_projector_plugin.errors import DataError, LimitError, NotFoundError
from tb_projector_plugin.sources.metadata import read_metadata
from tb_projector_plugin.sources.metadata_columns import type_column
from tb_projector_plugin.sources.metadata_text import parse_metadata_text
from tb_projector_plugin.sources.quoted_cells import has_quoted_header
from tb_projector_plugin.sources.text_encoding import detect_wide


def read(folder, content: bytes, rows=None):
    (folder / "m.tsv").write_bytes(content)
    return read_metadata(str(folder / "m.tsv"), "run/m.tsv", rows)


def messages(metadata) -> str:
    return " | ".join(problem.message for problem in metadata.problems)


cells = st.text(st.characters(blacklist_characters="\t\n\r", blacklist_categories=["Cs"]), max_size=6)


@given(
    st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_no_cell_is_ever_lost_or_moved(rows, line_end, ended) -> None:
    """Lines of any length, blank lines, quotes, NULs and any script: each cell is where a plain split puts it."""
    text = line_end.join("\t".join(row) for row in rows) + (line_end if ended else "")
    lines = ["\t".join(row) for row in rows]
    assume(detect_wide(text.encode()) is None)  # NULs alone may look like UTF-16.
    assume(not has_quoted_header(text.encode()))
    if text.startswith("\ufeff"):
        lines[0] = lines[0][1:]
    if not ended and lines[-1] == "":
        lines.pop()
    expected = [line.split("\t") for line in lines]
    parsed = parse_metadata_text(text.encode(), "m")
    if expected and len(expected[0]) > 1:
        assert parsed.header == expected.pop(0)
    columns = [column.to_pylist() for column in parsed.columns]
    assert parsed.lines == len(expected)
    for number, line in enumerate(expected):
        assert [column[number] for column in columns] == line + [""] * (len(columns) - len(line))


def test_a_vocabulary_has_no_header_and_keeps_blank_lines(tmp_path) -> None:
    metadata = read(tmp_path, b'\nthe\n\n"of\nthe\n', 5)
    assert metadata.table.column("label").to_pylist() == [None, "the", None, '"of', "the"]
    assert (metadata.header, metadata.lines, metadata.problems) == (False, 5, [])


def test_two_columns_have_a_header(tmp_path) -> None:
    metadata = read(tmp_path, "\ufeffword\tcount\r\nété\t3\r\n\r\n日本\t-4\r\n".encode(), 3)
    assert metadata.table.to_pydict() == {"word": ["été", None, "日本"], "count": [3, None, -4]}
    assert (metadata.header, metadata.lines, metadata.problems) == (True, 3, [])
    assert [metadata.table.field(i).metadata[b"kind"] for i in (0, 1)] == [b"text", b"integer"]


def test_what_pytorch_wrote() -> None:
    metadata = read_metadata(str(GOLDEN / "torch/00010/words/metadata.tsv"), "m.tsv", 12)
    assert metadata.table.column("word").to_pylist() == [f"word {row}" for row in range(12)]
    assert metadata.table.column("class").to_pylist() == [row % 3 for row in range(12)]
    assert metadata.problems == []


def test_utf16_as_spreadsheets_save_it(tmp_path) -> None:
    assert read(tmp_path, "a\tb\r\né\t1\r\n".encode("utf-16")).table.to_pydict() == {"a": ["é"], "b": [1]}
    with pytest.raises(DataError, match="UTF-16"):
        read(tmp_path, b"\xff\xfea")


def test_bytes_that_do_not_decode_are_named_by_line(tmp_path) -> None:
    metadata = read(tmp_path, b"good\nb\xffd\ngood\n\xe9t\xe9\n", 4)
    assert metadata.table.column("label").to_pylist() == ["good", "b\ufffdd", "good", "\ufffdt\ufffd"]
    assert "lines 2 and 4 are not UTF-8" in messages(metadata)
    assert (metadata.problems[0].line, metadata.problems[0].file) == (2, "run/m.tsv")


def test_short_and_long_lines_are_named_and_kept(tmp_path) -> None:
    metadata = read(tmp_path, b"a\tb\n1\n\n2\t3\t4\n5\t6\n", 4)
    assert metadata.table.to_pydict() == {
        "a": [1, None, 2, 5],
        "b": [None, None, 3, 6],
        "column 3": [None, None, 4, None],
    }
    assert "line 2 has fewer cells" in messages(metadata)
    assert "line 4 has more cells" in messages(metadata)


def test_names_are_made_unique(tmp_path) -> None:
    metadata = read(tmp_path, b"a\ta\t\ta\n1\t2\t3\t4\n")
    assert metadata.table.column_names == ["a", "a (2)", "column 3", "a (3)"]
    assert metadata.problems[0].line == 1


@pytest.mark.parametrize(
    ("content", "rows", "labels", "told"),
    [
        (b"a\nb\n", 4, ["a", "b", None, None], ("2 lines for 4 points: the last 2 points have no", "blank if need be")),
        (b"a\nb\nc\nd\n", 2, ["a", "b"], ("4 lines for 2 points: the last 2 are not shown", "one line for each point")),
        (b"word\na\nb\n", 2, ["word", "a"], ("the last line is not shown", "remove it")),
        (b"a\nb\n", 3, ["a", "b", None], ("2 lines for 3 points: the last point has no", "blank if need be")),
        (b"a\n", 3, ["a", None, None], ("1 line for 3 points: the last 2 points have no", "blank if need be")),
        (b"a\nb\nc\n", 1, ["a"], ("3 lines for 1 point: the last 2 are not shown", "one line for each point")),
    ],
)
def test_counts_that_differ_are_reported(content, rows, labels, told, tmp_path) -> None:
    metadata = read(tmp_path, content, rows)
    assert metadata.table.column("label").to_pylist() == labels
    assert told[0] in messages(metadata)
    assert told[1] in metadata.problems[0].fix


def test_a_table_without_its_header_is_reported(tmp_path) -> None:
    metadata = read(tmp_path, b"a\t1\nb\t2\n", 2)
    assert "the last point has no metadata" in messages(metadata)
    assert "Line 1 was read as the names" in metadata.problems[0].fix


def test_blank_lines_after_the_last_point_are_nobodys_fault(tmp_path) -> None:
    assert read(tmp_path, b"a\nb\n\n\n", 2).problems == []
    assert read(tmp_path, b"", 0).problems == []


@pytest.mark.parametrize(
    ("values", "kind", "read_as"),
    [
        (["1", "-2", "", "0"], "integer", [1, -2, None, 0]),
        (["2147483647", "-2147483647"], "integer", [2147483647, -2147483647]),
        (["2147483648", "9007199254740992"], "integer", [2147483648.0, 9007199254740992.0]),
        (["9007199254740993", "1"], "text", ["9007199254740993", "1"]),
        (["99999999999999999999", "1"], "text", ["99999999999999999999", "1"]),
        (["007", "1"], "text", ["007", "1"]),
        (["+1", "2"], "text", ["+1", "2"]),
        (["0x1F"], "text", ["0x1F"]),
        ([" 5"], "text", [" 5"]),
        (["1.5", "-.25", "1e-05", "2.5E3", "", "7"], "number", [1.5, -0.25, 1e-05, 2500.0, None, 7.0]),
        (["12e4", "3"], "text", ["12e4", "3"]),
        (["1.5", "nan", "NaN"], "number", [1.5, None, None]),
        (["1", "None", "NA", "null", "<NA>", "N/A", "2"], "integer", [1, None, None, None, None, None, 2]),
        (["None", "0.5", ""], "number", [None, 0.5, None]),
        (["-", "5", "#N/A", "none", "-2", "n/a"], "integer", [None, 5, None, None, -2, None]),
        (["-", "#N/A"], "text", ["-", "#N/A"]),
        (["1", "--"], "text", ["1", "--"]),
        (["null", "NA"], "text", ["null", "NA"]),
        (["1", "none at all"], "text", ["1", "none at all"]),
        (["nan", "bread"], "text", ["nan", "bread"]),
        (["nan"], "text", ["nan"]),
        (["1.5", "inf"], "text", ["1.5", "inf"]),
        (["1.5", "1.0e999"], "text", ["1.5", "1.0e999"]),
        (["1.2.3"], "text", ["1.2.3"]),
        (["1,5"], "text", ["1,5"]),
        (["", ""], "text", [None, None]),
    ],
)
def test_a_column_says_what_its_cells_said(values, kind, read_as) -> None:
    column, decided, *_ = type_column(pa.array(values))
    assert (decided, column.to_pylist()) == (kind, read_as)
    wire_types = {"text": [pa.dictionary(pa.int32(), pa.string())], "integer": [pa.int32(), pa.float64()]}
    assert column.type in wire_types.get(kind, [pa.float64()])


@given(st.lists(st.integers(-(2**70), 2**70)))
def test_integers_are_never_changed(values) -> None:
    column, *_ = type_column(pa.array([str(value) for value in values], pa.string()))
    assert [int(value) for value in column.to_pylist()] == values


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_what_python_writes_as_a_number_is_read_as_that_number(values) -> None:
    column, kind, *_ = type_column(pa.array([repr(value) for value in values]))
    assert (kind, column.to_pylist()) == ("number", values)


def test_limits(tmp_path, monkeypatch) -> None:
    with pytest.raises(NotFoundError):
        read_metadata(str(tmp_path / "none.tsv"), "none.tsv", 1)
    with pytest.raises(LimitError, match="1001 cells"):
        read(tmp_path, b"a\n" + b"\t" * 1000 + b"\n")
    monkeypatch.setattr(limits, "METADATA_BYTES", 3)
    with pytest.raises(LimitError, match="bytes"):
        read(tmp_path, b"abcd")


def test_a_line_longer_than_a_block(tmp_path) -> None:
    long_label = b"x" * (5 * limits.MIB)
    assert read(tmp_path, b"a\n" + long_label + b"\nb\n", 3).table.column("label").to_pylist()[1] == long_label.decode()


def test_a_thousand_columns_are_each_read_as_what_they_are(tmp_path) -> None:
    names = [f"c{column}" for column in range(1000)]
    lines = [
        "\t".join(f"v{row % 7}" if column % 3 else str(row * column) for column in range(1000)) for row in range(500)
    ]
    metadata = read(tmp_path, ("\t".join(names) + "\n" + "\n".join(lines) + "\n").encode(), 500)
    assert metadata.table.column_names == names
    kinds = [metadata.table.field(column).metadata[b"kind"].decode() for column in range(1000)]
    assert kinds == ["text" if column % 3 else "integer" for column in range(1000)]
    assert metadata.table.column("c999").to_pylist() == [row * 999 for row in range(500)]
    assert metadata.problems == []


def test_cells_of_a_megabyte_are_whole(tmp_path) -> None:
    cells = [letter * limits.MIB for letter in "abc"]
    body = "".join(f"{number}\t{cell}\n" for number, cell in enumerate(cells))
    metadata = read(tmp_path, f"id\ttext\n{body}".encode(), 3)
    assert metadata.table.column("text").to_pylist() == cells
    assert metadata.table.column("id").to_pylist() == [0, 1, 2]


def test_text_that_begins_like_numbers_is_text(tmp_path) -> None:
    """The first thousand cells do not determine the type of the rest."""
    content = "".join(f"{row}\n" for row in range(5000)) + "last\n"
    metadata = read(tmp_path, content.encode(), 5001)
    assert metadata.table.column("label").to_pylist()[-1] == "last"
    assert metadata.table.field("label").metadata[b"kind"] == b"text"
