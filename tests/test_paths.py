"""Paths as users write them into configs; none of them may leave the logdir."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from tb_projector_plugin.errors import DataError, ForbiddenError
from tb_projector_plugin.log_roots import make_path_policy
from tb_projector_plugin.paths import LogRoot, PathPolicy, quote_written

#: Ways to write a name without a directory.
BARE = ["root.tsv", "./root.tsv", "x/../root.tsv", "root.tsv/", "./x/y/../../root.tsv"]


@pytest.fixture
def logdir(tmp_path: Path) -> Path:
    run = tmp_path / "logs" / "train"
    run.mkdir(parents=True)
    (run / "metadata.tsv").write_text("a\n")
    (tmp_path / "logs" / "shared").mkdir()
    (tmp_path / "logs" / "shared" / "words.tsv").write_text("a\n")
    (tmp_path / "secret.tsv").write_text("a\n")
    return tmp_path / "logs"


@pytest.fixture
def policy(logdir: Path) -> PathPolicy:
    return PathPolicy((LogRoot(os.path.realpath(logdir)),))


def resolve(policy: PathPolicy, logdir: Path, written: str) -> str:
    run = str(logdir / "train")
    return policy.display(policy.resolve(written, run, run))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("metadata.tsv", "train/metadata.tsv"),
        ("./metadata.tsv", "train/metadata.tsv"),
        ("../shared/words.tsv", "shared/words.tsv"),
        ("..\\shared\\words.tsv", "shared/words.tsv"),
        ("shared/words.tsv", "shared/words.tsv"),
        ("train/metadata.tsv", "train/metadata.tsv"),
        ("logs/train/metadata.tsv", "train/metadata.tsv"),
        ("$LOG_DIR/metadata.tsv", "train/metadata.tsv"),
        ("${LOG_DIR}/metadata.tsv", "train/metadata.tsv"),
        ("$LOGDIR/shared/words.tsv", "shared/words.tsv"),
        ("${LOG_DIR}\\metadata.tsv", "train/metadata.tsv"),
        ("%LOG_DIR%\\metadata.tsv", "train/metadata.tsv"),
        ("/mnt/somebody/logs/train/metadata.tsv", "train/metadata.tsv"),
        ("/mnt/somebody/logs/shared/words.tsv", "shared/words.tsv"),
        ("C:\\data\\somebody\\logs\\shared\\words.tsv", "shared/words.tsv"),
        ("not there.tsv", "train/not there.tsv"),
    ],
)
def test_as_people_write_them(policy: PathPolicy, logdir: Path, written: str, expected: str) -> None:
    assert resolve(policy, logdir, written) == expected


@pytest.mark.parametrize("written", [*BARE, "/elsewhere/logs/other/root.tsv", "C:\\logs\\root.tsv"])
def test_a_bare_name_is_a_file_of_the_run_and_not_of_the_root(policy: PathPolicy, logdir: Path, written: str) -> None:
    """An image or labels of that name in the root belong to other points."""
    (logdir / "root.tsv").write_text("a\n")
    run = str(logdir / "train")
    if written in BARE:
        assert resolve(policy, logdir, written) == "train/root.tsv"
    else:
        with pytest.raises(ForbiddenError):
            policy.locate(written, run, run)
    assert resolve(policy, logdir, "../root.tsv") == "root.tsv"
    assert resolve(policy, logdir, "${LOG_DIR}/root.tsv") == "root.tsv"


def test_an_absolute_path_inside(policy: PathPolicy, logdir: Path) -> None:
    written = str(logdir / "shared" / "words.tsv")
    assert resolve(policy, logdir, written) == "shared/words.tsv"
    assert not policy.locate(written, str(logdir / "train"), str(logdir / "train")).moved


def test_a_moved_logdir_is_said(policy: PathPolicy, logdir: Path) -> None:
    run = str(logdir / "train")
    assert policy.locate("/elsewhere/logs/train/metadata.tsv", run, run).moved


@pytest.mark.parametrize(
    "name", ["../../secret.tsv", "../../absent.tsv", "../../../../../../etc/passwd", "/etc/passwd"]
)
def test_leaving_is_refused_whether_the_file_is_there_or_not(policy: PathPolicy, logdir: Path, name: str) -> None:
    with pytest.raises(ForbiddenError, match="--embeddings_allow_paths") as refused:
        resolve(policy, logdir, name)
    assert "/etc" not in str(refused.value).replace("../etc", "")
    assert str(logdir.parent) not in str(refused.value)


def test_home_is_refused_unless_inside(policy: PathPolicy, logdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(logdir.parent))
    with pytest.raises(ForbiddenError):
        resolve(policy, logdir, "~/secret.tsv")
    monkeypatch.setenv("HOME", str(logdir))
    assert resolve(policy, logdir, "~/shared/words.tsv") == "shared/words.tsv"


def test_a_link_out_of_the_logdir_is_refused(policy: PathPolicy, logdir: Path) -> None:
    (logdir / "train" / "link.tsv").symlink_to(logdir.parent / "secret.tsv")
    (logdir / "train" / "up").symlink_to(logdir.parent)
    for written in ("link.tsv", "up/secret.tsv"):
        with pytest.raises(ForbiddenError):
            resolve(policy, logdir, written)


def test_a_sibling_that_begins_with_the_roots_name_is_outside(logdir: Path, policy: PathPolicy) -> None:
    (logdir.parent / "logs2").mkdir()
    (logdir.parent / "logs2" / "a.tsv").write_text("")
    with pytest.raises(ForbiddenError):
        resolve(policy, logdir, "../../logs2/a.tsv")


def test_allowed_directories_are_read_and_not_shown(logdir: Path) -> None:
    policy = PathPolicy((LogRoot(os.path.realpath(logdir)),), (str(logdir.parent),))
    run = str(logdir / "train")
    assert policy.resolve("../../secret.tsv", run, run) == os.path.realpath(logdir.parent / "secret.tsv")
    assert policy.display(str(logdir.parent / "secret.tsv")) == "secret.tsv"


def test_another_root_is_inside(logdir: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "words.tsv").write_text("")
    policy = PathPolicy((LogRoot(os.path.realpath(logdir), "a"), LogRoot(os.path.realpath(other), "b")))
    assert resolve(policy, logdir, str(other / "words.tsv")) == "b/words.tsv"


@pytest.mark.parametrize("written", ["gs://bucket/words.tsv", "s3://bucket/words.tsv", "", "  ", "a\0b"])
def test_no_local_path(policy: PathPolicy, logdir: Path, written: str) -> None:
    with pytest.raises(DataError):
        resolve(policy, logdir, written)


@pytest.mark.parametrize("written", ["/srv/private/words.tsv", "C:\\private\\words.tsv", "~/private/words.tsv"])
def test_messages_keep_the_name_only(written: str) -> None:
    assert quote_written(written) == "'…/words.tsv'"


@pytest.mark.parametrize("way", ["{outside}/{name}/../../logs/train/metadata.tsv", "../../outside/{name}/../../logs/x"])
def test_what_lies_outside_is_not_looked_at(
    policy: PathPolicy, logdir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """A link there would lead elsewhere, a folder would not: the answer must be that of a name that is not there."""
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "link").symlink_to("/")
    seen: list[str] = []
    lstat = os.lstat
    monkeypatch.setattr(os, "lstat", lambda path, **more: (seen.append(os.fspath(path)), lstat(path, **more))[1])
    answers = set()
    for name in ("folder", "link", "nothing"):
        written = way.format(outside=outside, name=name)
        try:
            answers.add(resolve(policy, logdir, written))
        except ForbiddenError as error:
            answers.add(error.message.replace(name, "?"))
    assert len(answers) == 1
    assert not [path for path in seen if path.startswith(str(outside))]


def test_the_logdir_as_it_was_given_is_inside(logdir: Path, tmp_path: Path) -> None:
    """A config may name its files by the link that TensorBoard was given."""
    link = tmp_path / "link"
    link.symlink_to(logdir)
    policy = make_path_policy(argparse.Namespace(embeddings_allow_paths=None), str(link))
    assert resolve(policy, logdir, str(link / "train" / "metadata.tsv")) == "train/metadata.tsv"
