"""`GET /metadata`: the columns that describe the rows, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tb_projector_plugin.catalog import MetadataContent
from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.queries.tensor_request import read_names
from tb_projector_plugin.routes.route import Route
from tb_projector_plugin.web.answers import Answer, Body, answer_content, make_etag
from tb_projector_plugin.web.arrow_answer import ARROW_TYPE, make_arrow_body, make_batch
from tb_projector_plugin.web.in_flight import within_share
from tb_projector_plugin.web.parameters import read_step

if TYPE_CHECKING:
    import pyarrow as pa


def _serve_metadata(request: Request, context: RouteContext) -> Answer:
    run, name = read_names(request.args)
    step = read_step(request.args)
    content = context.catalog.metadata(
        run, name, step=step, version=request.args.get("v"), upload=request.args.get("upload")
    )
    etag = make_etag("metadata", run, name, content.version, content.table.num_rows)
    make_body = within_share(request, _wire_bytes(content), lambda: _make_body(content))
    # The version is the file's, and the number of records that of the tensor's rows.
    return answer_content(request, etag, make_body, ARROW_TYPE, is_versioned=False)


ROUTES = {"/metadata": Route(_serve_metadata)}


def _wire_bytes(content: MetadataContent) -> int:
    """At least the answer's size: the table's bytes, and a number for each text, which is sent once."""
    columns: int = content.table.num_columns + content.spellings.num_columns
    return content.nbytes + 4 * columns * int(content.table.num_rows)


def _make_body(content: MetadataContent) -> Body:
    batch = make_batch(_with_spellings(content))
    document = {"rows": batch.num_rows, "lines": content.lines, "header": content.header, "version": content.version}
    return make_arrow_body(batch, "metadata", document, content.problems)


def _with_spellings(content: MetadataContent) -> pa.Table:
    """The texts of numbers come after the columns, under names that none of them has."""
    import pyarrow as pa

    table, taken = content.table, set(content.table.column_names)
    for name, texts in zip(content.spellings.column_names, content.spellings.columns, strict=True):
        free = f"{name} as written"
        while free in taken:
            free += "_"
        taken.add(free)
        table = table.append_column(pa.field(free, texts.type, metadata={"spelling_of": name}), texts)
    return table
