"""The plugin's routes behind a real socket, in this process: for clients that send or read in pieces."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waiting import TIMEOUT_S
from werkzeug.serving import make_server

from tb_projector_plugin.queries.route_context import RouteContext
from tb_projector_plugin.routes.apps import make_app


@contextmanager
def serving(context: RouteContext) -> Iterator[int]:
    """Serves the routes below `/p`, each connection in a thread of its own; gives the port."""
    server = make_server("127.0.0.1", 0, make_app(context, "/p"), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(TIMEOUT_S)
        server.server_close()
