"""THE TABLE of STS. Source: botocore's service model of STS, 2011-06-15; a test holds this table against it.

What is not here: SAML, federated users, root sessions, and what decodes messages that nobody encodes.
"""

from __future__ import annotations

from radiograph.api.iam.operation import Operation, Service
from radiograph.api.iam.targets import anything

from . import assume_role, identity, sessions, web_identity
from .assume_role import role_account

__all__ = ["STS"]

_ROWS = (
    Operation("GetCallerIdentity", identity.get_caller_identity),
    Operation("GetAccessKeyInfo", identity.get_access_key_info, on=anything),
    Operation("GetSessionToken", sessions.get_session_token),
    Operation("AssumeRole", assume_role.assume_role, account=role_account),
    Operation(
        "AssumeRoleWithWebIdentity", web_identity.assume_role_with_web_identity, account=role_account, is_signed=False
    ),
)

STS = Service(
    name="sts",
    version="2011-06-15",
    namespace="https://sts.amazonaws.com/doc/2011-06-15/",
    operations={operation.name: operation for operation in _ROWS},
)
