"""Metadata saved in other encodings than UTF-8, over HTTP: detected where it can be, and reported once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from file_ages import settle
from plugin_client import PluginClient, read_arrow

CHINESE = "今天天气很好，我们去公园散步。\n北京是中国的首都\n我喜欢喝茶\n"
TAIWANESE = "今天天氣很好，我們去公園散步。\n臺北是一個大城市\n我喜歡喝茶\n"
JAPANESE = "今日は天気がいいので、公園を散歩します。\n東京は日本の首都です\nお茶が好きです\n"
KOREAN = "오늘은 날씨가 좋아서 공원을 산책합니다\n서울은 한국의 수도입니다\n"
FRENCH = "L’été dernier, nous étions à la plage près de Nîmes.\nça va très bien, à bientôt\n"
RUSSIAN = "Сегодня хорошая погода, и мы гуляем в парке\nМосква — большой город\n"
POLISH = "Zażółć gęślą jaźń, proszę bardzo, dziękuję za książkę\nŻycie jest piękne i długie\n"
READ_AS_IS = "the bytes that do not decode are shown as \ufffd"


def read_labels(folder: Path, content: bytes) -> tuple[list[str | None], list[dict]]:
    """The labels and problems that the route answers for a run with these bytes as its metadata."""
    lines = max(1, content.count(b"\n"))
    (folder / "v.tsv").write_text("1\t0\n" * lines)
    (folder / "m.tsv").write_bytes(content)
    (folder / "projector_config.pbtxt").write_text(
        'embeddings { tensor_name: "v" tensor_path: "v.tsv" metadata_path: "m.tsv" }\n'
    )
    settle(folder)
    client = PluginClient(folder)
    client.runs()
    batch, _, problems = read_arrow(client.get("/metadata", run=".", name="v"), "metadata")
    return batch.column("label").to_pylist(), problems


def check_reading(folder: Path, text: str, encoding: str, told: str) -> None:
    content = text.encode(encoding)
    labels, problems = read_labels(folder, content)
    lines = text.splitlines()
    assert labels[: len(lines)] == lines
    (problem,) = [problem for problem in problems if "points" not in problem["message"]]
    assert problem["message"] == f"m.tsv {told}."
    assert (problem["fix"], problem["file"], problem["level"]) == ("Save the file as UTF-8.", "m.tsv", "warning")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (CHINESE, "gbk", "gb18030"),
        (TAIWANESE, "big5", "cp950 (Big5)"),
        (JAPANESE, "shift_jis", "cp932 (Shift JIS)"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "euc_kr", "cp949 (EUC-KR)"),
        (FRENCH, "cp1252", "cp1252 (Western European)"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN.replace("—", "-"), "koi8_r", "koi8_r"),
        (POLISH, "cp1250", "cp1250"),
    ],
)
def test_sentences(text, encoding, name, tmp_path) -> None:
    check_reading(tmp_path, text, encoding, f"is not UTF-8 and was read as {name}")


@pytest.mark.parametrize(
    ("words", "encoding", "name"),
    [
        ("一 二 三 四", "gbk", "gb18030"),
        ("苹果 香蕉 橘子 葡萄 西瓜", "gbk", "gb18030"),
        ("cat dog 猫 狗 鸟 马 羊 鱼", "gbk", "gb18030"),
        ("蘋果 香蕉 橘子 葡萄 西瓜", "big5", "cp950 (Big5)"),
        ("猫 犬 鳥", "shift_jis", "cp932 (Shift JIS)"),
        ("りんご バナナ 東京", "euc_jp", "euc_jp"),
        ("사과 바나나 포도 학교 친구", "euc_kr", "cp949 (EUC-KR)"),
        ("café thé été", "latin-1", "cp1252 (Western European)"),
        ("garçon fille école forêt noël", "cp1252", "cp1252 (Western European)"),
        ("Straße Mädchen Übung schön", "latin-1", "cp1252 (Western European)"),
        ("кошка собака птица", "cp1251", "cp1251"),
        ("γάτα σκύλος πουλί", "cp1253", "cp1253"),
    ],
)
def test_lists_of_words(words, encoding, name, tmp_path) -> None:
    """charset-normalizer alone takes the first of them for UTF-16, the second for Thai."""
    check_reading(tmp_path, words.replace(" ", "\n") + "\n", encoding, f"is not UTF-8 and was read as {name}")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["one\ntwo\ntri\nqua\n", CHINESE, "été\ncafé\n", "😀 a\n"])
def test_utf16_and_utf32_without_a_mark(text, encoding, tmp_path) -> None:
    check_reading(tmp_path, text, encoding, f"is {encoding.upper()} without a byte order mark")


def test_utf32_with_a_mark(tmp_path) -> None:
    assert read_labels(tmp_path, "été\nthé\n".encode("utf-32"))[0][:2] == ["été", "thé"]


@pytest.mark.parametrize(
    "content",
    [
        CHINESE.encode().replace("首".encode(), b"\xca\xd7"),
        FRENCH.encode() + b"d\xe9j\xe0 vu\n",
        b"plain\nb\xffd\nwords\n",
        b"plain\nt\xe9l\xe9\n",
        b"\xff\n\xfe\n\xfd\n\xfc\n",
        b"\xff\n" * 1000,
        "猫\n狗\n鸟\n".encode("gbk"),  # As likely Korean.
        "東京\n大阪\n京都\n名古屋\n".encode("euc_jp"),  # As likely Chinese.
        bytes(range(1, 256)).replace(b"\t", b""),
    ],
)
def test_damage_and_what_cannot_be_detected_stay_utf8(content, tmp_path) -> None:
    labels, problems = read_labels(tmp_path, content)
    expected = content.decode("utf-8", "replace").replace("\r", " ").split("\n")[: len(labels)]
    assert [label or "" for label in labels] == [line.split("\t")[0] for line in expected]
    assert READ_AS_IS in json.dumps(problems, ensure_ascii=False)


@pytest.mark.parametrize("content", [b"a\0\nb\0\nc\0\n", b"\0\n\0\n\0\n", b"a\0b\n", "é\0\nü\n".encode()])
def test_zeros_in_utf8_are_characters(content, tmp_path) -> None:
    labels, problems = read_labels(tmp_path, content)
    assert (labels, problems) == (content.decode().splitlines(), [])


def test_a_byte_that_does_not_decode_is_named(tmp_path) -> None:
    labels, problems = read_labels(tmp_path, CHINESE.encode("gbk") + b"\xff\n" + "茶\n".encode("gbk"))
    assert labels == [*CHINESE.splitlines(), "\ufffd", "茶"]
    (problem,) = problems
    assert "read as gb18030; line 4 has bytes that do not decode, shown as \ufffd." in problem["message"]
    assert problem["line"] == 4


def test_other_text_that_begins_late(tmp_path) -> None:
    """The first stretch that is not UTF-8 shows the encoding, wherever it is."""
    labels, problems = read_labels(tmp_path, b"plain\n" * 100_000 + CHINESE.encode("gbk"))
    assert labels[-3:] == CHINESE.splitlines()
    assert "gb18030" in problems[0]["message"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16-le"])
def test_dropped_text(encoding, tmp_path) -> None:
    text = "词\tx\ty\n苹果\t1\t2\n香蕉\t3\t4\n葡萄\t5\t7\n"
    client = PluginClient(tmp_path)
    headers = {"Content-Type": "application/octet-stream"}
    response = client.ask("/uploads", "POST", data=text.encode(encoding), headers=headers, file="v.tsv")
    assert response.status_code == 200, response.data
    run = json.loads(response.data)
    batch, _, _ = read_arrow(client.get("/metadata", run=run["run"], name=run["name"]), "metadata")
    assert batch.to_pydict() == {"词": ["苹果", "香蕉", "葡萄"]}


def test_dropped_labels_are_read_with_their_quotes_and_encoding(tmp_path) -> None:
    """The same reading as for a file of the logdir."""
    client = PluginClient(tmp_path)
    headers = {"Content-Type": "application/octet-stream"}
    vectors = client.ask("/uploads", "POST", data=b"1\t0\n0\t1\n", headers=headers, file="v.tsv")
    run = json.loads(vectors.data)
    labels = '"苹果\n香蕉"\n葡萄\n'.encode("gbk")
    query = {"file": "m.tsv", "run": run["run"], "name": run["name"]}
    response = client.ask("/uploads", "POST", data=labels, headers=headers, **query)
    assert response.status_code == 200, response.data
    upload = json.loads(response.data)["upload"]
    answer = client.get("/metadata", run=run["run"], name=run["name"], upload=upload)
    assert read_arrow(answer, "metadata")[0].to_pydict() == {"label": ["苹果\n香蕉", "葡萄"]}
