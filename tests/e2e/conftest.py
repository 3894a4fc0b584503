"""Real clients against real servers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.conftest import RunningServer

CREDENTIALS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "any", "region_name": "us-east-1"}
APPS = Path(__file__).parent / "apps"
_OF_OTHERS = ("OTEL_", "AWS_", "_X_AMZN_", "RADIOGRAPH_")


def client(url: str) -> Any:
    """Give boto3's client, as it is, for a server; errors come at once instead of being retried."""
    return boto3.client("xray", endpoint_url=url, config=Config(retries={"total_max_attempts": 1}), **CREDENTIALS)


@pytest.fixture(scope="session")
def xray(server: RunningServer) -> Any:
    return client(server.url)


def environment(**variables: str) -> dict[str, str]:
    """Give this process's environment less what would configure a client behind the test's back."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_OTHERS)}
    return kept | variables


def instrumented(*command: str) -> list[str]:
    """Give a command of Python under OpenTelemetry's automatic instrumentation."""
    program = Path(sys.executable).with_name("opentelemetry-instrument")
    return [str(program), sys.executable, *command]


@pytest.fixture(scope="module")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start an application that says its port on its first line; give its URL. All are stopped at the end."""
    logs = tmp_path_factory.mktemp("apps")
    running: list[subprocess.Popen[str]] = []

    def start(command: list[str], **variables: str) -> str:
        log = logs / f"{len(running)}.log"
        with log.open("wb") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment(**variables)
            )
        running.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.strip().isdigit(), f"{command} said {line!r}; its log: {log.read_text()[-3000:]}"
        return f"http://127.0.0.1:{int(line)}"

    yield start
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def run(command: list[str], **variables: str) -> str:
    """Run a program to its end; give what it said."""
    ran = subprocess.run(
        command, capture_output=True, text=True, timeout=180, env=environment(**variables), check=False
    )
    assert ran.returncode == 0, f"{command} failed: {ran.stderr[-3000:]}"
    return ran.stdout.strip()
