"""/bookmarks: who may save and remove: this machine, or whom the flag lets, and never another site."""

from __future__ import annotations

import json

import pytest
from bookmarks_route import BUILTIN, ELSEWHERE, LOOPBACK, TRAIN, by_name, listing, put, put_file, remove, saved
from playwright.sync_api import Page
from plugin_client import PluginClient, read_error
from tensorboard_process import TensorBoardProcess


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_other_sites_save_and_remove_nothing(run, client, headers):
    path = put_file(run, "a.json", "[]")
    version = by_name(client)["a"]["version"]
    read_error(put(client, "a", version=version, headers=headers), 403, "forbidden")
    read_error(remove(client, bookmark="a", version=version, headers=headers), 403, "forbidden")
    assert path.read_text() == "[]"


@pytest.mark.parametrize(
    ("environ", "headers", "allowed"),
    [
        (LOOPBACK, {}, True),
        ({"REMOTE_ADDR": "127.8.8.8"}, {}, True),
        ({"REMOTE_ADDR": "::1"}, {}, True),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, {}, True),
        (ELSEWHERE, {}, False),
        ({"REMOTE_ADDR": "::ffff:192.0.2.7"}, {}, False),
        ({"REMOTE_ADDR": "localhost"}, {}, False),
        ({"REMOTE_ADDR": ""}, {}, False),
        (LOOPBACK, {"X-Forwarded-For": "192.0.2.7"}, False),
        (LOOPBACK, {"Forwarded": "for=192.0.2.7"}, False),
        (ELSEWHERE, {"X-Forwarded-For": "127.0.0.1"}, False),
    ],
)
def test_only_this_machine_saves(run, client, environ, headers, allowed):
    response = client.ask("/bookmarks", environ=environ, headers=headers, **TRAIN) if client.runs() else None
    saving = json.loads(response.data)["saving"]
    assert saving["allowed"] == allowed
    answer = put(client, "x", environ=environ, headers=headers)
    if allowed:
        saved(answer)
        return
    assert "--embeddings_allow_saving_bookmarks" in saving["fix"]
    assert read_error(answer, 403, "forbidden")["message"] == saving["why"]
    read_error(remove(client, environ=environ, headers=headers, bookmark="x", version="0"), 403, "forbidden")
    assert not (run / "bookmarks").exists()


def test_the_flag_lets_others_save(run):
    client = PluginClient(run.parent, embeddings_allow_saving_bookmarks=True)
    assert listing(client, ELSEWHERE)["saving"] == {"allowed": True, "why": None, "fix": None}
    saved(put(client, "x", environ=ELSEWHERE))


#: Like the page; the browser adds Origin and Sec-Fetch-Site on its own.
SAVE = """async ([address, method, body]) => {
  const headers = {"Content-Type": "application/json"};
  const answer = await fetch(address, {method, headers, body});
  return [answer.status, await answer.json()];
}"""


#: Requests that another site's page may try: a JSON body, and requests that need no preflight.
CROSS = """async ([address, method]) => {
  const tries = [{"Content-Type": "application/json"}, {"Content-Type": "text/plain"}].map(async headers => {
    try {
      return (await fetch(address, {method, headers, body: "[]"})).ok;
    } catch {
      return false;
    }
  });
  const opaque = fetch(address, {method: "POST", mode: "no-cors", body: "[]"}).then(() => false, () => false);
  return (await Promise.all([...tries, opaque])).every(done => !done);
}"""


def test_a_real_browser_saves_through_a_real_tensorboard(run, page: Page):
    base = "data/plugin/embeddings/bookmarks?run=train&name=words"
    with TensorBoardProcess(run.parent) as server:
        page.goto(server.url)
        name = "&bookmark=" + "%E6%97%A5 1"
        status, body = page.evaluate(SAVE, [f"{base}{name}", "PUT", json.dumps(BUILTIN)])
        assert status == 200, body
        assert json.loads((run / "bookmarks" / "日 1.json").read_bytes()) == BUILTIN
        status, body = page.evaluate(SAVE, [base, "GET", None])
        assert body["saving"]["allowed"]
        (saved,) = [each for each in body["bookmarks"] if each["name"] == "日 1"]
        status, body = page.evaluate(SAVE, [f"{base}{name}&version={saved['version']}", "DELETE", None])
        assert status == 200, body
        assert not (run / "bookmarks" / "日 1.json").exists()


def test_a_page_of_another_site_cannot_save(run, page: Page):
    """Another port of this machine is another origin; the browser sends a preflight, which is refused."""
    with TensorBoardProcess(run.parent) as server, TensorBoardProcess(run.parent) as other:
        page.goto(other.url)
        address = f"{server.url}/data/plugin/embeddings/bookmarks?run=train&name=words&bookmark=evil"
        for method in ("PUT", "POST", "DELETE"):
            failed = page.evaluate(CROSS, [address, method])
            assert failed
    assert not (run / "bookmarks").exists()
