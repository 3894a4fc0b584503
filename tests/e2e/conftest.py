"""Real clients against real servers."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.conftest import RunningServer

CREDENTIALS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "any", "region_name": "us-east-1"}


def client(url: str) -> Any:
    """Give boto3's client, as it is, for a server; errors come at once instead of being retried."""
    return boto3.client("xray", endpoint_url=url, config=Config(retries={"total_max_attempts": 1}), **CREDENTIALS)


@pytest.fixture(scope="session")
def xray(server: RunningServer) -> Any:
    return client(server.url)
