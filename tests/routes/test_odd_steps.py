"""Every step that /runs lists is accepted by the routes and exactly representable in JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from plugin_client import PluginClient

DIGITS = ["007", "123456789012345", str(2**53 - 1), str(2**53), "1732570000000000001", "9" * 5000]


@pytest.fixture
def client(tmp_path: Path) -> PluginClient:
    entries = []
    for number, digits in enumerate(DIGITS):
        (tmp_path / f"{number}.tsv").write_text(f"{number}\t2\n3\t4\n5\t7\n")
        entries.append(f'embeddings {{ tensor_name: "e{number}:{digits}" tensor_path: "{number}.tsv" }}')
    (tmp_path / "projector_config.pbtxt").write_text("\n".join(entries))
    return PluginClient(tmp_path)


def test_what_is_listed_is_answered(client: PluginClient) -> None:
    (run,) = client.runs()["runs"]
    assert len(run["embeddings"]) == len(DIGITS)
    for embedding in run["embeddings"]:
        (step,) = embedding["steps"]
        assert step["step"] is None or step["step"] <= 2**53 - 1
        for route, more in (("/tensors", {}), ("/projections", {"components": 2}), ("/neighbors", {"row": 0})):
            answer = client.get(route, run=".", name=embedding["name"], step=step["step"], v=step["version"], **more)
            assert answer.status_code == 200, answer.get_data(as_text=True)
