"""The TensorBoard plugin: wiring only. What is shown comes from the catalog, what is answered from `routes`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tensorboard.plugins import base_plugin

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.log_roots import make_path_policy, split_list
from tb_projector_plugin.plugin_loader import ENTRY_ROUTE, PLUGIN_NAME, TAB_NAME
from tb_projector_plugin.routes import apps
from tb_projector_plugin.routes.hosts import AllowedHosts
from tb_projector_plugin.routes.route_context import RouteContext

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: A local logdir is looked through in less; a larger one shows the tab at the next listing.
FIRST_LOOK_S = 0.2


class EmbeddingsPlugin(base_plugin.TBPlugin):  # type: ignore[misc]  # TensorBoard has no types.
    """The tab «Embeddings»."""

    plugin_name = PLUGIN_NAME

    def __init__(self, context: base_plugin.TBContext) -> None:
        super().__init__(context)
        flags = context.flags
        named = split_list(getattr(flags, "embeddings_allowed_hosts", None))
        self._catalog = Catalog(make_path_policy(flags, context.logdir))
        self._context = RouteContext(
            catalog=self._catalog,
            cache=Cache(limits.CACHE_BYTES),
            hosts=AllowedHosts(named=named, bound=getattr(flags, "host", None)),
        )
        self._first_listing = threading.Lock()
        self._catalog.start()

    def get_plugin_apps(self) -> dict[str, WSGIApplication]:
        return apps.make_apps(self._context)

    def is_active(self) -> bool:
        """True once there is something to show. Asked in every listing of plugins: a thread looks meanwhile."""
        if self._catalog.has_content():
            return True
        if self._first_listing.acquire(blocking=False):  # Once: later listings answer at once.
            _wait_until(self._catalog.has_content, FIRST_LOOK_S)
        else:
            self._catalog.start()  # A run may have begun since; nobody asks /runs of a tab that is not there.
        return self._catalog.has_content()

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        return base_plugin.FrontendMetadata(es_module_path=ENTRY_ROUTE, tab_name=TAB_NAME)


def _wait_until(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
