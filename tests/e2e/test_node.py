"""The official SDK for Node.js, as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import segments_of

NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def node() -> str:
    program = shutil.which("node")
    if program is None:
        pytest.skip("node is not installed")
    if not (NODE / "node_modules" / "aws-xray-sdk-core").is_dir():
        pytest.skip(f"the SDK for Node.js is not installed: run 'npm ci' in {NODE}")
    return program


def test_a_segment_of_the_node_sdk_arrives_whole(server: RunningServer, node: str) -> None:
    ran = subprocess.run(
        [node, str(NODE / "worker.js"), f"127.0.0.1:{server.udp_port}"],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    wanted = ran.stdout.strip()
    found = {one["name"]: one for one in eventually(lambda: segments_of(server.url, wanted), 60)}  # type: ignore[attr-defined]
    assert set(found) == {"worker-node", "mail.test"}
    segment = found["worker-node"]
    assert segment["annotations"] == {"tier": "gold"}
    assert segment["metadata"] == {"worker": {"job": {"attempt": 1}}}
    (call,) = segment["subsegments"]
    assert call["annotations"] == {"recipients": 3}
    (inner,) = call["subsegments"]
    (thrown,) = inner["cause"]["exceptions"]
    assert (inner["name"], thrown["message"]) == ("render", "no template")
    assert found["mail.test"]["inferred"] is True
    assert found["mail.test"]["parent_id"] == call["id"]


def test_the_lock_file_names_no_registry() -> None:
    text = (NODE / "package-lock.json").read_text()
    assert "http://" not in text
    assert "https://" not in text
