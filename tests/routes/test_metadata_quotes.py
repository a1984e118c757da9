"""Metadata whose labels hold quotes and line ends, over HTTP, compared with what pandas wrote."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from file_ages import settle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugin_client import PluginClient, read_arrow

from tb_projector_plugin.sources.metadata_text import parse_metadata_text

TOKENS = ["\n", " ", "a", "b"]


def read_metadata(folder: Path, content: str | bytes, rows: int) -> tuple[dict, dict, list[dict]]:
    """The columns, the document and the problems of a run of `rows` points with `content` as its metadata."""
    (folder / "v.tsv").write_text("1\t0\n" * rows)
    (folder / "m.tsv").write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "v" tensor_path: "v.tsv" metadata_path: "m.tsv" }\n'
    )
    settle(folder)
    client = PluginClient(folder)
    client.runs()
    batch, document, problems = read_arrow(client.get("/metadata", run=".", name="v"), "metadata")
    return batch.to_pydict(), document, problems


def messages(problems: list[dict]) -> str:
    return " | ".join(problem["message"] for problem in problems)


def test_a_vocabulary_as_pandas_writes_it(tmp_path) -> None:
    tokens = ["\n", " ", "a", "", '"', 'say "hi"', "x\ty", "\n\n", 'end "\n']
    content = pd.Series(tokens).to_csv(sep="\t", header=False, index=False)
    columns, document, problems = read_metadata(tmp_path, content, len(tokens))
    assert columns["label"] == [token or None for token in tokens]
    assert (document["lines"], document["header"]) == (len(tokens), False)
    (problem,) = problems
    assert (problem["level"], problem["file"]) == ("info", "m.tsv")
    assert problem["message"] == "m.tsv was read as quoted text, as CSV has it; its 13 lines are 9 records."


def test_an_empty_token_and_a_line_end(tmp_path) -> None:
    assert read_metadata(tmp_path, '""\n"\n"\na\nb\n', 4)[0]["label"] == [None, "\n", "a", "b"]


def test_a_table_as_pandas_writes_it(tmp_path) -> None:
    table = pd.DataFrame({"the\nword": ["\n", " ", "a\tb", '"'], "count": [1, 2, 3, 4]})
    columns, document, _ = read_metadata(tmp_path, table.to_csv(sep="\t", index=False), 4)
    assert columns == table.to_dict("list")
    assert document["header"] is True


def test_quotes_throughout_as_r_writes_them(tmp_path) -> None:
    content = '"word"\t"count"\n"a"\t1\n"say ""b"""\t2\n'
    columns, _, problems = read_metadata(tmp_path, content, 2)
    assert columns == {"word": ["a", 'say "b"'], "count": [1, 2]}
    assert "was read as quoted text" in messages(problems)


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        ('"\na\n"\nb\n', ['"', "a", '"', "b"]),
        ('""\n""""\n"a"\n"\n', ['""', '""""', '"a"', '"']),
        ('"\n"\na\nb\n\n\n', ['"', '"', "a", "b"]),
        ('"a" b\n5" pipe\n"\n"\n', ['"a" b', '5" pipe', '"', '"']),
    ],
)
def test_quotes_among_the_tokens_of_a_plain_file_are_tokens(content, labels, tmp_path) -> None:
    columns, _, problems = read_metadata(tmp_path, content, 4)
    assert (columns["label"], problems) == (labels, [])


def test_a_quote_that_never_closes_is_named(tmp_path) -> None:
    columns, _, problems = read_metadata(tmp_path, 'a\n"\n"\nb\n"c\nd\ne\n', 5)
    assert columns["label"] == ["a", '"', '"', "b", '"c']
    (problem,) = problems
    assert "7 lines for 5 points" in problem["message"]
    assert "the quote that opens a cell on line 5 never closes" in problem["message"]
    assert "there are 6 records" in problem["message"]
    assert problem["line"] == 5


def test_records_that_do_not_fit_either_are_counted(tmp_path) -> None:
    columns, _, problems = read_metadata(tmp_path, '"\n"\na\nb\n', 2)
    assert columns["label"] == ['"', '"']
    assert "4 lines for 2 points: the last 2 are not shown" in messages(problems)
    assert "there are 3 records" in messages(problems)


def test_a_line_end_written_as_it_is(tmp_path) -> None:
    """The tokens are a line end, a blank, a and b."""
    columns, _, problems = read_metadata(tmp_path, "\n\n \na\nb\n", 4)
    assert columns["label"] == [None, None, " ", "a"]
    (problem,) = problems
    assert "5 lines for 4 points: the last line is not shown; line 1 is blank" in problem["message"]
    assert problem["line"] == 1
    assert "in quotes" in problem["fix"]


def test_a_header_above_a_vocabulary_with_a_blank_token(tmp_path) -> None:
    """Either may be why there is a line too many."""
    (problem,) = read_metadata(tmp_path, "word\na\n\nb\n", 3)[2]
    assert problem["line"] == 3
    assert "line 3 is blank" in problem["message"]
    assert "if line 1 is one" in problem["fix"]
    assert "in quotes" in problem["fix"]


def test_lines_are_named_as_the_file_has_them(tmp_path) -> None:
    content = 'a\tb\n"1\n\n1"\t2\n3\n'
    _, _, problems = read_metadata(tmp_path, content, 2)
    assert "line 5 has fewer cells" in messages(problems)


def test_quoted_text_in_another_encoding(tmp_path) -> None:
    content = '"\n"\n今天天气很好\n我们去公园\n'.encode("gbk")
    columns, _, problems = read_metadata(tmp_path, content, 3)
    assert columns["label"] == ["\n", "今天天气很好", "我们去公园"]
    assert len(problems) == 2


tokens = st.text(st.sampled_from('\n\t" aé'), min_size=1, max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(tokens, tokens), min_size=1, max_size=8))
def test_what_pandas_writes_is_read_back(rows) -> None:
    table = pd.DataFrame(rows, columns=["a", "b"])
    content = table.to_csv(sep="\t", index=False)
    parsed = parse_metadata_text(content.encode(), "m", len(rows))
    if content.count("\n") == len(rows) + 1:
        return  # Fits as it is: quotes are characters.
    assert [column.to_pylist() for column in parsed.columns] == [list(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize("token", ['"\n', '""\n', '"""\n', 'a\t"\n', '"a" b\n', '""""\n"\n'])
def test_time_is_linear(token) -> None:
    """Quadratic time would take hours."""
    assert parse_metadata_text(token.encode() * 200_000, "m", 7).lines > 0
