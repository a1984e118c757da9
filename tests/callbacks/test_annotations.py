"""The files of metadata and images that the callback writes for embeddings of any name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tb_projector_plugin.callbacks.annotations import write_annotations


@pytest.mark.parametrize("names", [["a/b", "a_b", "a b"], ["词" * 100 + "1", "词" * 100 + "2"]])
def test_each_name_has_files_of_its_own(tmp_path: Path, names: list[str]) -> None:
    metadata = {name: [f"{number} x", f"{number} y"] for number, name in enumerate(names)}
    images = np.zeros((2, 4, 4), np.uint8)
    written = write_annotations(str(tmp_path), dict.fromkeys(names, 2), metadata, images, None)
    for number, name in enumerate(names):
        path = written[name].metadata_path
        assert path is not None
        assert Path(path).read_text() == f"{number} x\n{number} y\n"
    assert len({str(annotation.sprite) for annotation in written.values()}) == len(names)


def test_a_plain_name_is_in_the_files_name(tmp_path: Path) -> None:
    write_annotations(str(tmp_path), {"words": 2}, ["x", "y"], None, None)
    assert [path.name for path in tmp_path.iterdir()] == ["words_metadata.tsv"]
