"""An endpoint a test, and clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .endpoint import Credentials, Endpoint, client

Made = Callable[..., Credentials]


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    made = Endpoint(tmp_path)
    yield made
    made.close()


@pytest.fixture
def admin(endpoint: Endpoint) -> Credentials:
    return endpoint.administrator()


@pytest.fixture
def iam(endpoint: Endpoint, admin: Credentials) -> Any:
    return client("iam", endpoint, admin)


@pytest.fixture
def sts(endpoint: Endpoint, admin: Credentials) -> Any:
    return client("sts", endpoint, admin)


@pytest.fixture
def user(iam: Any) -> Made:
    """Make a user who may do what a policy says, if there is one; give its key."""

    def made(name: str, policy: str | None = None, **members: Any) -> Credentials:
        iam.create_user(UserName=name, **members)
        if policy is not None:
            iam.put_user_policy(UserName=name, PolicyName="given", PolicyDocument=policy)
        return Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])

    return made
