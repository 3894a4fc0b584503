"""A tab of a real browser, and what the console must never say in it.

Needs ``npm ci`` in ``console/`` (for axe-core) and Debian's Chromium; screenshots go to ``RADIOGRAPH_SHOTS`` when set.
"""

from __future__ import annotations

import json
import os
import urllib.request
from pathlib import Path
from typing import Any

__all__ = ["ARGS", "AXE", "CHROMIUM", "HOSTILE", "LOOKS", "PATIENCE_MS", "Visit", "call"]

CHROMIUM = os.environ.get("RADIOGRAPH_CHROMIUM", "/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[2] / "console" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
_EVERY_LOOK = [(theme, language) for theme in ("light", "dark") for language in ("en", "fr")]
LOOKS = _EVERY_LOOK if os.environ.get("CONSOLE_LOOKS") == "every" else [("light", "en"), ("dark", "fr")]
"""Usually each theme and each language once: contrast is a theme's, room for words a language's."""
HOSTILE = '<img src=x onerror="document.title=1">'
PATIENCE_MS = 60_000
"""For what comes in a second on a quiet machine."""
AT_REST = """() => document.getAnimations().every(
    (each) => each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity)"""


class Visit:
    """One browser tab that remembers everything the console should not have said."""

    def __init__(self, page: Any, url: str, name: str) -> None:
        self.page = page
        self.url = url
        self.name = name
        self.complaints: list[str] = []
        self.refusals = False
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
        )

    def hear(self, message: Any) -> None:
        # The browser tells of every answer that is no 200; where one is to come, that is no complaint.
        expected = self.refusals and any(each in message.text for each in ("400 (Bad", "403 (Forb", "404 (Not"))
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.page.wait_for_load_state("networkidle")

    def wait_for(self, condition: str) -> None:
        """Return when the expression, asked in every frame of the page, is true."""
        # As a function: a bare expression is evaluated anew each time, which the page's policy refuses.
        self.page.wait_for_function(condition if condition.startswith("()") else f"() => {condition}")

    def wait_for_the_filter(self) -> None:
        self.wait_for("document.activeElement.role === 'combobox'")

    def check(self, page_name: str) -> None:
        """Takes the picture, then holds the page against axe and against its own console."""
        # Two frames for what a change has set going; then to its end: a half-faded text fails every contrast rule.
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.wait_for(AT_REST)
        # What is asked again is dimmed until the answer is there.
        self.wait_for("document.querySelector('[data-old]') === null")
        shots = os.environ.get("RADIOGRAPH_SHOTS")
        if shots:
            Path(shots).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(shots) / f"{page_name}-{self.name}.png"))
        # Evaluated, not inserted as a script tag: the page's policy would refuse that, as it should.
        found = self.page.evaluate(f"{AXE.read_text(encoding='utf-8')};axe.run({{runOnly: {json.dumps(RULES)}}})")
        violations = [f"{each['id']}: {[node['target'] for node in each['nodes']][:3]}" for each in found["violations"]]
        assert violations == [], violations
        assert self.complaints == []


def call(url: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        result: dict[str, Any] = json.load(answer)
    return result
