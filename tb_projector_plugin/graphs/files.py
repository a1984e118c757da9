"""Finds graphs in the cache folder, named by the content they are of and k; a larger k also serves smaller ones."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.arrow_column import make_lists
from tb_projector_plugin.arrow_file import write_batch
from tb_projector_plugin.cache_folder import CachedFile, CacheFolder, make_name
from tb_projector_plugin.compute.graph import finds_first
from tb_projector_plugin.graphs import recall_words
from tb_projector_plugin.queries.space_request import ContentKey, SpaceRequest


def graph_name(content: ContentKey, metric: str) -> str:
    """The name shared by the graphs of all k."""
    return make_name("graph", 6, *content, metric)


def find_graph(files: CacheFolder, space: SpaceRequest, k: int, metric: str) -> CachedFile | None:
    """The graph with `k` neighbors, cut from a larger one if need be; None until the content has been read."""
    content_key = space.find_content()
    if content_key is None:
        return None
    name = f"{graph_name(content_key, metric)}-{k}"
    exact = files.find(name)
    if exact is not None:
        return exact
    larger = find_graph_with(files, space, k, metric)
    opened = larger.open_content() if larger is not None and larger.size <= limits.GRAPH_CUT_BYTES else None
    if opened is None:
        return None
    with closing(opened):
        content = b"".join(opened)
    return _cut(files, content, name, k)


def find_graph_with(files: CacheFolder, space: SpaceRequest, k: int, metric: str) -> CachedFile | None:
    """The smallest stored graph with at least `k` neighbors, uncut; None until the content has been read."""
    content_key = space.find_content()
    if content_key is None:
        return None
    name = graph_name(content_key, metric)
    endings = (other.rpartition("-")[2] for other in files.names(name + "-"))
    enough = sorted(int(ending) for ending in endings if ending.isdecimal() and int(ending) >= k)
    found = (files.find(f"{name}-{other}") for other in enough)
    return next((file for file in found if file is not None), None)


def _cut(files: CacheFolder, content: bytes, name: str, k: int) -> CachedFile:
    """Writes a graph's first `k` neighbors of each row to a new file."""
    import pyarrow as pa

    batch = pa.ipc.open_stream(pa.py_buffer(content)).read_next_batch()
    notes = {key.decode(): value.decode() for key, value in batch.schema.metadata.items()}
    document = json.loads(notes["graph"])
    k = min(k, document["k"])
    columns = {
        column: make_lists(_first(batch.column(column), document["k"], k)) for column in ("neighbor", "distance")
    }
    document |= {"k": k, "recall": document["recalls"][k - 1], "recalls": document["recalls"][:k]}
    others = [problem for problem in json.loads(notes["problems"]) if problem["kind"] != recall_words.KIND]
    problems = [*others, *recall_words.describe_recall(document["recall"], document["recall_rows"])]
    if document["first"] is not None and finds_first(document["rows"], k):
        columns |= {column: batch.column(column) for column in ("first_neighbor", "first_distance")}
    else:
        document["first"] = None
    notes |= {"graph": json.dumps(document), "problems": json.dumps(problems, ensure_ascii=False)}
    batch = pa.RecordBatch.from_pydict(columns).replace_schema_metadata(notes)
    return files.make(name, lambda path: write_batch(path, batch))


def _first(lists: Any, width: int, k: int) -> NDArray[Any]:
    """The first `k` of each list."""
    numbers: NDArray[Any] = lists.values.to_numpy(zero_copy_only=False).reshape(-1, width)[:, :k]
    return numbers
