"""Java and Go, under OpenTelemetry and under the X-Ray SDK as they are.

They need Maven or Go, and what these fetch; where that cannot be had the tests are skipped. So they are where
``E2E_COMPILED`` is ``no``: the first build of Go's programs takes a minute.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.e2e.conftest import APPS, environment, run
from tests.e2e.documents import trace_id
from tests.e2e.reading import Document, arrived, graph, summary, whole

HERE = Path(__file__).parent
BUILD_S = 300


def built(directory: Path, program: str, *command: str, **variables: str) -> None:
    """Run a build; skip when its tool or what it fetches is missing."""
    if os.environ.get("E2E_COMPILED") == "no":
        pytest.skip("E2E_COMPILED is no")
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    try:
        subprocess.run(
            [found, *command],
            cwd=directory,
            check=True,
            capture_output=True,
            text=True,
            timeout=BUILD_S,
            env=environment(**variables),
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{program} did not end within {BUILD_S} s")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"{program} could not build in {directory}: {(error.stdout + error.stderr)[-500:]}")


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """Give the command that runs a program of ours."""
    libraries = tmp_path_factory.mktemp("java")
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    built(HERE / "java", "mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={libraries}")
    return lambda program, *arguments: [
        *("java", "-XX:TieredStopAtLevel=1", "-cp", f"{libraries}/*"),
        *(str(HERE / "java" / f"{program}.java"), *arguments),
    ]


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """Give the command that runs a program of ours."""
    programs = tmp_path_factory.mktemp("go")
    built(HERE / "go", "go", "build", "-buildvcs=false", "-o", f"{programs}/", "./otel", "./xray", GOTOOLCHAIN="local")
    return lambda program, *arguments: [str(programs / program), *arguments]


@pytest.fixture(scope="module")
def stock(server: RunningServer, start_app: Callable[..., str]) -> str:
    """Give the URL of a service under the X-Ray SDK for Python."""
    command = [sys.executable, str(APPS / "hop_xray.py"), "stock-of-compiled"]
    return start_app(command, AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.port}")


def named(found: list[Document], name: str) -> Document:
    (only,) = [one for one in found if one["name"] == name]
    return only


def inside(document: Document) -> dict[str, Document]:
    return {one["name"]: one for one in document.get("subsegments", ())}


@pytest.mark.parametrize("protocol", ["grpc", "http"])
def test_java_under_opentelemetry(
    protocol: str, java: Callable[..., list[str]], stock: str, server: RunningServer, xray: Any
) -> None:
    name = f"java-{protocol}"
    endpoint = server.otlp_grpc if protocol == "grpc" else server.otlp_http
    root = run(java("Otel", name, protocol, endpoint, stock))
    found = arrived(xray, root, 2)
    segment = named(found, name)
    assert segment["http"]["request"] == {"method": "POST", "url": "https://java.test/checkout"}
    assert (segment["fault"], segment["http"]["response"]["status"]) == (True, 500)
    assert segment["annotations"] == {"tier": "gold"}
    assert segment["links"][0]["trace_id"] == "1-65a0b1c2-aaaaaaaaaaaaaaaaaaaaaaaa"
    thrown, cause, suppressed = segment["cause"]["exceptions"]
    assert (thrown["type"], thrown["message"]) == (
        "java.lang.IllegalStateException",
        "the card is declined\n\tfor good",
    )
    assert [(frame["path"], frame["label"]) for frame in thrown["stack"]][:2] == [
        ("Otel.java", "Otel.charge"),
        ("Otel.java", "Otel.main"),
    ]
    assert thrown["cause"] == cause["id"]
    assert cause["type"] == "java.lang.NullPointerException"
    assert cause["stack"][0]["label"] == "Otel.pay"
    assert cause["truncated"] > 0, "Java leaves out the frames that it has told of"
    assert "cause" not in cause
    assert (suppressed["type"], suppressed["message"]) == (
        "java.lang.IllegalArgumentException",
        "the till stays open",
    )
    calls = inside(segment)
    assert set(calls) == {"127.0.0.1", "orders@db.test"}
    assert calls["orders@db.test"]["sql"]["sanitized_query"] == "SELECT 1"
    assert (calls["127.0.0.1"]["error"], calls["127.0.0.1"]["http"]["response"]["status"]) == (True, 404)
    assert named(found, "stock-of-compiled")["parent_id"] == calls["127.0.0.1"]["id"]
    _, edges = graph(xray, root)
    assert edges == {
        (f"{name} client", name),
        (name, "stock-of-compiled"),
        (name, "orders@db.test Database::SQL"),
    }


def test_java_under_the_xray_sdk(java: Callable[..., list[str]], server: RunningServer, xray: Any) -> None:
    root = run(java("XRay", "java-xray"), AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.udp_port}").splitlines()[-1]
    segment = whole(xray, root, {"java-xray", "mail.test"})["java-xray"]
    assert segment["annotations"] == {"tier": "gold"}
    assert segment["metadata"]["shop"]["basket"] == {"items": 3}
    assert segment["aws"]["xray"]["sdk"] == "X-Ray for Java"
    call = inside(segment)["mail.test"]
    assert call["fault"] is True
    thrown, cause = call["cause"]["exceptions"]
    assert (thrown["type"], thrown["message"]) == ("java.lang.IllegalStateException", "no route")
    assert (cause["type"], cause["message"]) == ("java.lang.IllegalArgumentException", "no such host")
    assert thrown["cause"] == cause["id"]
    _, edges = graph(xray, root)
    assert edges == {("java-xray client", "java-xray"), ("java-xray", "mail.test remote")}


def test_go_under_opentelemetry(go: Callable[..., list[str]], stock: str, server: RunningServer, xray: Any) -> None:
    root = run(go("otel", "go-otel", server.otlp_http, stock))
    found = arrived(xray, root, 2)
    segment = named(found, "go-otel")
    assert segment["http"]["request"] == {"method": "POST", "url": "https://go.test/checkout"}
    assert (segment["fault"], segment["annotations"]) == (True, {"tier": "gold"})
    assert segment["aws"]["xray"]["sdk"] == "opentelemetry for go"
    (thrown,) = segment["cause"]["exceptions"]
    assert (thrown["type"], thrown["message"]) == ("*errors.errorString", "the card is declined")
    labels = [frame["label"] for frame in thrown["stack"]]
    assert labels[-2:] == ["main.charge", "main.main"]
    assert thrown["stack"][-1]["path"].endswith("go/otel/main.go")
    (call,) = segment["subsegments"]
    assert (call["fault"], call["http"]["response"]["status"]) == (True, 503)
    assert named(found, "stock-of-compiled")["parent_id"] == call["id"]
    _, edges = graph(xray, root)
    assert edges == {("go-otel client", "go-otel"), ("go-otel", "stock-of-compiled")}
    assert summary(xray, root)["HasFault"]


def test_go_under_the_xray_sdk(go: Callable[..., list[str]], server: RunningServer, xray: Any) -> None:
    root = trace_id()
    header = f"Root={root};Sampled=1"
    run(go("xray", "go-xray", header), AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.udp_port}")
    (segment,) = arrived(xray, root, 1)
    assert segment["http"]["response"]["status"] == 500
    assert segment["fault"] is True
    assert segment["aws"]["xray"]["sdk"] == "X-Ray for Go"
    charge = inside(segment)["charge"]
    assert charge["annotations"] == {"tier": "gold"}
    (thrown,) = charge["cause"]["exceptions"]
    assert thrown["message"] == "the card is declined"
