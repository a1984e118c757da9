"""What every route is handed besides the request."""

from __future__ import annotations

from dataclasses import dataclass

from tb_projector_plugin.cache import Cache
from tb_projector_plugin.catalog import Catalog
from tb_projector_plugin.routes.hosts import AllowedHosts


@dataclass(frozen=True)
class RouteContext:
    catalog: Catalog
    cache: Cache
    hosts: AllowedHosts
