"""docs/http_api.md and the code agree: every route and method, every kind of error with its status."""

import re
from pathlib import Path

from tb_projector_plugin import errors
from tb_projector_plugin.compute.distances import METRICS
from tb_projector_plugin.routes.apps import ROUTES

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "http_api.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^## (GET|POST|PUT|DELETE) `(/[a-z]+(?:/\*)?)([^`]*)`$", re.MULTILINE)
KIND = re.compile(r"`(\w+)` (\d{3})")


def all_errors(cls=errors.ProjectorError):
    yield cls
    for sub in cls.__subclasses__():
        yield from all_errors(sub)


def test_routes_and_methods():
    documented = {(method, route) for method, route, _ in HEADING.findall(PAGE)}
    answered = {(method, route) for route, found in ROUTES.items() for method in found.methods if method != "HEAD"}
    assert documented == answered


def test_kinds_of_error_and_their_status():
    paragraph = PAGE.split("Kinds:")[1].split("\n\n")[0]
    documented = {(kind, int(status)) for kind, status in KIND.findall(paragraph)}
    assert documented == {(error.kind, error.status) for error in all_errors()}


def test_metrics_of_neighbors():
    section = PAGE.split("## GET `/neighbors")[1].split("## POST")[0]
    for metric in METRICS:
        assert f"`{metric}`" in section
