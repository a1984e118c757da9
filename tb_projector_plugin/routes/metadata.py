"""`GET /metadata`: the columns that describe the rows, typed."""

from __future__ import annotations

from werkzeug.wrappers import Request

from tb_projector_plugin.catalog import MetadataContent
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import read_names
from tb_projector_plugin.web.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body, make_batch
from tb_projector_plugin.web.parameters import read_step


def serve_metadata(request: Request, context: RouteContext) -> Answer:
    run, name = read_names(request.args)
    step = read_step(request.args)
    content = context.catalog.metadata(
        run, name, step=step, version=request.args.get("v"), upload=request.args.get("upload")
    )
    etag = make_etag("metadata", run, name, content.version, content.table.num_rows)
    return answer_content(request, etag, lambda: _make_body(content), ARROW_TYPE)


def _make_body(content: MetadataContent) -> Body:
    batch = make_batch(content.table)
    document = {"rows": batch.num_rows, "lines": content.lines, "header": content.header, "version": content.version}
    return make_arrow_body(batch, "metadata", document, content.problems)
