"""A single-file frontend for when the real one is unavailable: shows what is wrong and the command that fixes it.

TensorBoard calls a module's `render()` and shows an empty page if that fails. Standard library only: the loader uses
this when nothing else can be imported.
"""

from __future__ import annotations

import json

_MODULE = """\
const failure = %s;
export function render() {
  document.body.style.cssText = "margin:0;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText";
  document.documentElement.style.colorScheme = "light dark";
  const page = document.body.appendChild(document.createElement("main"));
  page.setAttribute("role", "alert");
  page.style.cssText = "max-width:44em;margin:4em auto;padding:0 2em";
  for (const [tag, text] of [["h1", failure.title], ["p", failure.message], ["p", failure.fix]]) {
    page.appendChild(document.createElement(tag)).textContent = text;
  }
}
"""


def make_failure_module(title: str, message: str, fix: str) -> bytes:
    """Returns an ES module whose `render()` shows the three strings as plain text."""
    return (_MODULE % json.dumps({"title": title, "message": message, "fix": fix})).encode()
