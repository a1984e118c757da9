"""`tb-projector demo` as a user starts it: a process, real training, a real TensorBoard, Ctrl-C."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tb_projector_plugin import command_line
from tb_projector_plugin.demo import server
from tb_projector_plugin.demo.documentation import read_corpus

COMMAND = [sys.executable, "-m", "tb_projector_plugin.command_line", "demo", "--logdir", "logs", "--no-browser"]


@dataclass(frozen=True)
class Demo:
    """The demo after it has trained all its epochs, while it serves."""

    process: subprocess.Popen[str]
    logdir: Path
    address: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with obeying_ctrl_c():
        process = subprocess.Popen(
            COMMAND, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
    with process:
        try:
            yield Demo(process, folder / "logs", read_address(process))
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def obeying_ctrl_c() -> Iterator[None]:
    """A shell's background job ignores SIGINT, and so would the processes that these tests start in one."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def read_address(process: subprocess.Popen[str]) -> str:
    """The address that the demo prints at last."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if match := re.search(r"(http://localhost:\d+/)#embeddings", line):
            return match[1]
    raise AssertionError("".join(lines))


def read_columns(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))


def read_last(run: Path, name: str) -> np.ndarray:
    import tensorflow as tf

    return tf.train.load_checkpoint(str(run)).get_tensor(name)


def test_every_epoch_of_both_models_is_kept(demo):
    import tensorflow as tf

    for run in ("digits", "words"):
        assert len(tf.train.get_checkpoint_state(str(demo.logdir / run)).all_model_checkpoint_paths) == 6


def test_digits_are_distinguished(demo):
    """Nearest neighbors by scikit-learn: nine in ten images are next to one of the same digit."""
    from sklearn.model_selection import cross_val_score
    from sklearn.neighbors import KNeighborsClassifier

    features = read_last(demo.logdir / "digits", "features")
    columns = read_columns(demo.logdir / "digits" / "features_metadata.tsv")
    assert features.shape == (1797, 32)
    assert list(columns) == ["digit", "ink", "image"]
    assert cross_val_score(KNeighborsClassifier(1), features, columns["digit"]).mean() > 0.9


def test_words_lie_beside_words_of_like_meaning(demo):
    vectors = read_last(demo.logdir / "words", "word_embedding")
    words = read_columns(demo.logdir / "words" / "word_embedding_metadata.tsv")["word"]
    assert vectors.shape == (len(words), 64)
    vectors = vectors - vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = 0
    for word, like in [("socket", "sockets"), ("thread", "threads"), ("directory", "directories"), ("path", "paths")]:
        order = np.argsort(-(vectors @ vectors[words.index(word)]))[1:26]
        found += like in {words[number] for number in order}
    assert found >= 3


def test_the_corpus_is_the_documentation_of_this_python():
    corpus = read_corpus()
    assert len(corpus.words) > 1000
    assert {"string", "file", "list"} <= set(corpus.words)
    assert corpus.counts == sorted(corpus.counts, reverse=True)
    assert max(int(sentence.max()) for sentence in corpus.sentences) < len(corpus.words)


def test_it_serves_what_it_trained_and_ends_with_ctrl_c(demo):
    with urllib.request.urlopen(f"{demo.address}data/plugin/embeddings/runs") as answer:
        assert {run["name"] for run in json.load(answer)["runs"]} == {"digits", "words"}
    os.killpg(demo.process.pid, signal.SIGINT)  # Like a terminal.
    rest, _ = demo.process.communicate(timeout=60)
    assert demo.process.returncode == 0
    assert "Traceback" not in rest


def test_it_only_trains_if_asked(monkeypatch, capsys, tmp_path):
    trained = []
    monkeypatch.setattr("tb_projector_plugin.demo.train_demo", lambda *arguments: trained.append(arguments))
    assert command_line.main(["demo", "--no-serve", "--epochs", "2", "--logdir", str(tmp_path)]) == 0
    assert trained == [(str(tmp_path), 2)]
    assert f"tensorboard --logdir {tmp_path}" in capsys.readouterr().out


def test_a_taken_port_is_not_chosen(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "DEFAULT_PORT", port)
        other = server.choose_port(None)
        assert other != port
        with socket.socket() as free:
            free.bind(("localhost", other))
        assert server.choose_port(port) == port  # For a requested port, TensorBoard itself reports that it is taken.
    assert server.choose_port(None) == port
    assert server.choose_port(1234) == 1234


def test_what_is_missing_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert command_line.main(["demo", "--no-serve"]) == 1
    assert 'pip install "tb-projector-plugin[demo]"' in capsys.readouterr().err


def test_the_clones_folder_before_the_installed_package_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tb_projector_plugin.callbacks.keras", None)
    assert command_line.main(["demo", "--no-serve"]) == 1
    assert "source folder" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--port", "0"], ["--port", "70000"], ["--epochs", "0"], ["--epochs", "many"]])
def test_arguments_are_checked(wrong, capsys):
    with pytest.raises(SystemExit, match="2"):
        command_line.main(["demo", *wrong])
    assert wrong[0] in capsys.readouterr().err
