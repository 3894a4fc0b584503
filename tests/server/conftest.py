"""``radiograph serve`` run to its end, for what does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Failing = Callable[..., tuple[int, str]]


@pytest.fixture
def failing_serve(tmp_path: Path) -> Failing:
    """Run ``radiograph serve``, which has to end by itself; give its exit code and what it said."""

    def run(*arguments: str, environment: dict[str, str] | None = None, data: Path | None = None) -> tuple[int, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("RADIOGRAPH_")}
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "radiograph", "serve", "--port", "0", "--udp-port", "0"),
                *("--data", str(data or tmp_path / "data"), *arguments),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            env=clean | (environment or {}),
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.returncode, ran.stderr

    return run
