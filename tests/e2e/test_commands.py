"""``radiograph traces``, ``trace``, ``map`` and ``doctor`` against a server full of the demo shop's traces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import RunningServer


def run(server: RunningServer, *arguments: str, code: int = 0) -> str:
    """Give what the command wrote into a pipe."""
    ran = subprocess.run(
        [sys.executable, "-m", "radiograph", *arguments],
        capture_output=True,
        text=True,
        timeout=180,
        env=os.environ | {"RADIOGRAPH_ENDPOINT": server.url, "TERM": "xterm-256color"},
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert "\x1b" not in ran.stdout, "a pipe gets no colour codes"
    return ran.stdout


def traces(server: RunningServer) -> list[dict[str, Any]]:
    told = run(server, "traces", "--json", "--last", "6h", "--limit", "40")
    return json.loads(told)["TraceSummaries"]


def test_traces_lists_them_as_text_and_as_json(demo_server: RunningServer) -> None:
    listed = traces(demo_server)
    assert len(listed) == 40
    text = run(demo_server, "traces", "--last", "6h", "--limit", "40")
    assert all(one["Id"] in text for one in listed[5:35])
    assert len(text.splitlines()) >= 41


def test_trace_shows_one_as_a_waterfall_and_as_json(demo_server: RunningServer) -> None:
    wanted = traces(demo_server)[0]["Id"]
    told = json.loads(run(demo_server, "trace", wanted, "--json"))
    assert told["Id"] == wanted
    names = [json.loads(one["Document"])["name"] for one in told["Segments"]]
    text = run(demo_server, "trace", wanted)
    assert text.startswith(wanted)
    assert names[0] in text


def test_trace_of_an_unknown_id_fails_with_a_sentence(demo_server: RunningServer) -> None:
    run(demo_server, "trace", "1-00000000-000000000000000000000000", code=1)


def test_map_shows_the_nodes_of_the_shop_as_text_and_as_json(demo_server: RunningServer) -> None:
    services = json.loads(run(demo_server, "map", "--last", "6h", "--json"))["Services"]
    assert len(services) > 5
    assert any(one["Edges"] for one in services)
    text = run(demo_server, "map", "--last", "6h")
    assert [one["Name"] for one in services if one["Name"][:12] not in text] == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_doctor_finds_every_hop_well(demo_server: RunningServer, form: tuple[str, ...]) -> None:
    told = run(demo_server, "doctor", "--udp", f"127.0.0.1:{demo_server.udp_port}", "--within", "60s", *form)
    if form:
        assert json.loads(told)["healthy"] is True
    else:
        assert "Everything works." in told


def test_doctor_names_the_hop_that_fails(demo_server: RunningServer) -> None:
    told = json.loads(run(demo_server, "doctor", "--udp", "127.0.0.1:9", "--within", "1s", "--json", code=1))
    assert told["healthy"] is False
    assert [hop for hop in told["hops"] if hop["passed"] is False]
