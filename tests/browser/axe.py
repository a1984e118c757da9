"""axe, which finds what bars people with disabilities from a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any, all, none }) => {
    const why = [...any, ...all, ...none].map(({ message }) => message).join("; ") || help;
    return `${id}: ${target.flat().join(" ")}: ${why}`;
  }));
}"""


def find_violations(page: Page | Frame) -> list[str]:
    """One line for each element and rule that it breaks."""
    assert AXE.exists(), "axe-core is not installed: run `npm ci` in frontend/"
    if page.evaluate("() => window.axe === undefined"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found
