"""Writes ``docs/reference``: a page for each operation, one for the filter language, and their list.

``python tools/reference.py`` writes the files; with ``--check`` it writes nothing and exits 1 on drift.

What they say comes from where it is decided: prose from the docstrings of :mod:`radiograph.api.xray` and of the model,
types and constraints from the model's Structs, moments and errors from botocore's service model, words from
:mod:`radiograph.filters`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from reference_filters import filter_page
from reference_operations import contents, operation_page

from radiograph.api.xray import OPERATIONS

TARGET = Path(__file__).parents[1] / "docs" / "reference"


def pages() -> Iterator[tuple[str, str]]:
    """Yield every file's name and text."""
    yield "README.md", contents()
    yield "filters.md", filter_page()
    for operation in OPERATIONS.values():
        yield f"{operation.name}.md", operation_page(operation)


def main() -> int:
    """0 when the files are (now) what the code says."""
    wanted = dict(pages())
    found = {path.name: path.read_text(encoding="utf-8") for path in TARGET.glob("*.md")}
    if wanted == found:
        return 0
    differ = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if "--check" in sys.argv[1:]:
        print(f"docs/reference is not what the code says ({', '.join(differ)}): run python tools/reference.py")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in differ:
        if name in wanted:
            (TARGET / name).write_text(wanted[name], encoding="utf-8")
        else:
            (TARGET / name).unlink()
    print(f"wrote {len(differ)} files in {TARGET}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
