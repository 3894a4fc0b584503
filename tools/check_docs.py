"""Checks README.md, ARCHITECTURE.md, CONTRIBUTING.md and docs/: what they link to exists, what they show works.

A fenced block behind a line ``<!-- check -->`` has to be well-formed Python or shell; behind ``<!-- check: run -->``
it is run as well, against the server that ``RADIOGRAPH_ENDPOINT`` names in place of ``http://127.0.0.1:2000``. Without
that variable it is only read. The exit code is 1 when anything is wrong.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**/*.md")
_BLOCK = re.compile(r"^<!-- check(?P<run>: run)? -->\n+```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
_MARK = re.compile(r"^<!-- check.*$", re.M)
_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
_LINK = re.compile(r"\]\(<?(?P<target>[^)\s>]+)|(?:src|href)=\"(?P<html>[^\"]+)\"")
_UNFINISHED = re.compile(r"\b(?:TODO|FIXME|TBD)\b")
_HOME = re.compile(r"/home/\w+|/Users/\w+|/root/\S*|[A-Z]:\\Users")
_DEFAULT = "http://127.0.0.1:2000"


def problems(page: Path, endpoint: str | None) -> Iterator[str]:
    """Yield what is wrong with a page, each with its line."""
    text = page.read_text()

    def at(position: int) -> str:
        return f"{page}:{text.count(chr(10), 0, position) + 1}"

    for pattern, complaint in ((_UNFINISHED, "is unfinished"), (_HOME, "names someone's home directory")):
        for found in pattern.finditer(text):
            yield f"{at(found.start())}: '{found[0]}' {complaint}"
    # Links inside code are no links: blank the code out, keeping every position.
    prose = _FENCED.sub(lambda found: re.sub(r"\S", " ", found[0]), text)
    for link in _LINK.finditer(prose):
        target = (link["target"] or link["html"]).partition("#")[0]
        if target and not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
            yield f"{at(link.start())}: there is no {target}"
    blocks = list(_BLOCK.finditer(text))
    for mark in _MARK.finditer(text):
        if all(mark.start() != block.start() for block in blocks):
            yield f"{at(mark.start())}: no fenced block follows this mark, or the mark is not known"
    for block in blocks:
        refused = _refused(block["language"], block["text"], endpoint if block["run"] else None)
        if refused:
            yield f"{at(block.start())}: {refused}"


def _refused(language: str, text: str, endpoint: str | None) -> str | None:
    """Why a block does not work; None when it does."""
    if language == "python":
        command, checked = [sys.executable, "-"], text
        try:
            compile(text, "block", "exec")
        except SyntaxError as error:
            return f"the block is not Python: {error}"
    elif language in ("sh", "console"):
        command = ["bash", "-e", "-s"]
        checked = "".join(re.findall(r"^\$ (.*\n)", text, re.M)) if language == "console" else text
        ran = subprocess.run(["bash", "-n"], input=checked, capture_output=True, text=True, check=False)
        if ran.returncode:
            return f"the block is not shell: {ran.stderr.strip()}"
    else:
        return f"blocks of '{language}' cannot be checked; python, sh and console can"
    if endpoint is None:
        return None
    environment = os.environ | {"RADIOGRAPH_ENDPOINT": endpoint}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    script = checked.replace(_DEFAULT, endpoint.rstrip("/"))
    ran = subprocess.run(
        command, input=script, capture_output=True, text=True, check=False, timeout=60, env=environment
    )
    return f"the block fails with {ran.returncode}: {ran.stderr.strip()[-2000:]}" if ran.returncode else None


def main() -> int:
    """Give the exit code."""
    endpoint = os.environ.get("RADIOGRAPH_ENDPOINT")
    pages = sorted({page for pattern in PAGES for page in ROOT.glob(pattern)})
    found = [problem for page in pages for problem in problems(page, endpoint)]
    for problem in found:
        print(problem)
    print(f"{len(pages)} pages, {len(found)} problems; blocks were {'run' if endpoint else 'read, not run'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
