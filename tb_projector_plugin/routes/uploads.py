"""`POST /uploads`: a file dropped onto the page, as a run of its own or as the metadata of an embedding."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Request

from tb_projector_plugin import limits
from tb_projector_plugin.errors import Problem
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import TensorRequest, find_tensor
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import BYTES_TYPE, Answer, make_json_body
from tb_projector_plugin.web.parameters import read_text
from tb_projector_plugin.web.request_checks import BodyRule, read_body


def _serve_uploads(request: Request, context: RouteContext) -> Answer:
    if request.method == "DELETE":
        upload = read_text(request.args, "upload", "the name that POST /uploads answered with")
        context.catalog.uploads.remove(upload)
        return _answer({"removed": upload})
    file = _clean_name(read_text(request.args, "file", "the file's name"))
    tensor = find_tensor(request.args, context) if "run" in request.args else None
    data = read_body(request, limits.UPLOAD_BYTES)
    if tensor is None:
        return _answer_vectors(data, file, request.args.get("metadata", ""), context)
    return _answer_metadata(data, file, tensor, context)


ROUTES = {"/uploads": Route(_serve_uploads, ("POST", "DELETE"), BodyRule(BYTES_TYPE, limits.UPLOAD_BYTES))}


def _answer_vectors(data: bytes, file: str, metadata: str, context: RouteContext) -> Answer:
    columns = [name.strip() for name in metadata.split(",") if name.strip()]
    upload = context.catalog.uploads.add_vectors(data, file, columns)
    assert upload.run is not None
    embedding = upload.run.embeddings[0]
    return _answer(
        {
            "run": upload.run.name,
            "name": embedding.name,
            "upload": upload.name,
            "embedding": embedding.to_json(),
            "read": upload.read,
            "problems": _to_json(upload.run.problems),
        }
    )


def _answer_metadata(data: bytes, file: str, tensor: TensorRequest, context: RouteContext) -> Answer:
    upload, table = context.catalog.uploads.add_metadata(data, file, tensor.shape[0])
    metadata = {
        "file": file,
        "version": upload.name,
        "bytes": len(data),
        "rows": table.table.num_rows,
        "lines": table.lines,
        "header": table.header,
        "columns": table.table.column_names,
    }
    return _answer({"upload": upload.name, "metadata": metadata, "problems": _to_json(table.problems)})


def _clean_name(written: str) -> str:
    """The last part of a path, without invisible characters."""
    name = written.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in name if unicodedata.category(character)[0] != "C").strip()
    return shown[: limits.UPLOAD_NAME] or "upload"


def _to_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [problem.to_json() for problem in problems]


def _answer(body: dict[str, Any]) -> Answer:
    return Answer(make_json_body(body), Cache_Control="no-store")
