"""The guide from a role to the first trace, run as it stands: in both languages, by one shell from top to bottom."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import RunningServer

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = ("first-role.md", "first-role.fr.md")
_BLOCK = re.compile(r"^<!-- check -->\n```sh\n(.*?)^```$", re.M | re.S)
_ADMINISTRATOR = {
    "RADIOGRAPH_ADMIN_ACCESS_KEY_ID": "AKIAFIRSTADMINISTRAT",
    "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": "the-first-administrators-secret",
}


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_the_guide_works(tmp_path: Path, guide: str) -> None:
    server = RunningServer(tmp_path / "data", "--auth", "required", environment=_ADMINISTRATOR)
    try:
        blocks = _BLOCK.findall((DOCS / guide).read_text())
        assert len(blocks) == 7
        script = "\n".join(blocks).replace("http://127.0.0.1:2000", server.url)
        script = script.replace(":2100", f":{free_port()}").replace("127.0.0.1/2100", "127.0.0.1/PORT")
        port = re.search(r"--bind 127.0.0.1:(\d+)", script)
        assert port is not None
        script = script.replace("127.0.0.1/PORT", f"127.0.0.1/{port[1]}").replace(
            "/tmp/first-role", str(tmp_path / "daemon")
        )
        # "Queryable within a second" is a promise of a machine that nobody else uses.
        script = script.replace("sleep 1\n", "sleep 5\n")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "RADIOGRAPH_"))}
        kept["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
        kept["AWS_ACCESS_KEY_ID"] = _ADMINISTRATOR["RADIOGRAPH_ADMIN_ACCESS_KEY_ID"]
        kept["AWS_SECRET_ACCESS_KEY"] = _ADMINISTRATOR["RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY"]
        ran = subprocess.run(["bash", "-e"], input=script, capture_output=True, text=True, timeout=300, env=kept)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert ran.stderr.count("AccessDenied") == 2, ran.stderr
        assert "assumed-role/checkout/first is not authorized to perform: xray:BatchGetTraces" in ran.stderr
        assert len(ran.stdout.strip().splitlines()[-1].split()) == 2, ran.stdout
    finally:
        assert server.stop() == 0


def test_both_languages_have_the_same_commands() -> None:
    english, french = (_BLOCK.findall((DOCS / guide).read_text()) for guide in GUIDES)
    assert english == french
