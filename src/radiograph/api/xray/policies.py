"""PutResourcePolicy · ListResourcePolicies · DeleteResourcePolicy.

Policies are kept and told; whom they let in comes with permissions.
"""

from __future__ import annotations

import re

from radiograph.api.context import Context
from radiograph.api.paging import no_token
from radiograph.errors import (
    InvalidPolicyRevisionId,
    InvalidRequest,
    PolicyCountLimitExceeded,
    PolicySizeLimitExceeded,
)
from radiograph.model.policies import (
    DeleteResourcePolicyRequest,
    DeleteResourcePolicyResult,
    ListResourcePoliciesRequest,
    ListResourcePoliciesResult,
    PutResourcePolicyRequest,
    PutResourcePolicyResult,
    ResourcePolicy,
)

from .policy_documents import check_lockout, read_policy

__all__ = ["delete_resource_policy", "list_resource_policies", "put_resource_policy"]

_MOST = 5
_MOST_BYTES = 5 * 1024
_NAME = re.compile(r"[\w+=,.@-]+", re.ASCII)
_NONE = "0"
"""The revision of a policy that is not there yet."""


def put_resource_policy(request: PutResourcePolicyRequest, ctx: Context) -> PutResourcePolicyResult:
    """Give the policy as it is kept: its document as it was sent, its revision raised by one.

    Raises: MalformedPolicyDocumentException, PolicySizeLimitExceededException, LockoutPreventionException,
    InvalidPolicyRevisionIdException, PolicyCountLimitExceededException, InvalidRequestException for its name.
    """
    name = _checked(request.policy_name)
    size = len(request.policy_document.encode())
    if size > _MOST_BYTES:
        raise PolicySizeLimitExceeded(f"PolicyDocument has {size} bytes; at most {_MOST_BYTES} are accepted")
    policy = read_policy(request.policy_document)
    if not request.bypass_policy_lockout_check:
        check_lockout(policy, ctx.account)
    with ctx.settings.change(ctx.account) as kept:
        before = kept.policies.named(name)
        latest = before.policy_revision_id if before is not None else _NONE
        _check_revision(request.policy_revision_id, latest, name)
        if before is None and len(kept.policies.all()) >= _MOST:
            raise PolicyCountLimitExceeded(f"there are {_MOST} policies already, which is as many as are accepted")
        after = ResourcePolicy(
            policy_name=name,
            policy_document=request.policy_document,
            policy_revision_id=str(int(latest) + 1),
            last_updated_time=ctx.clock(),
        )
        kept.policies.put(after)
    return PutResourcePolicyResult(resource_policy=after)


def list_resource_policies(request: ListResourcePoliciesRequest, ctx: Context) -> ListResourcePoliciesResult:
    """Give every policy, by name, on one page.

    Raises: InvalidRequestException for a token, as there never is one.
    """
    no_token(request.next_token)
    with ctx.settings.read(ctx.account) as kept:
        return ListResourcePoliciesResult(resource_policies=kept.policies.all())


def delete_resource_policy(request: DeleteResourcePolicyRequest, ctx: Context) -> DeleteResourcePolicyResult:
    """Give nothing; the policy is gone, if there was one.

    Raises: InvalidPolicyRevisionIdException, InvalidRequestException for its name.
    """
    name = _checked(request.policy_name)
    with ctx.settings.change(ctx.account) as kept:
        before = kept.policies.named(name)
        if before is not None:
            _check_revision(request.policy_revision_id, before.policy_revision_id, name)
            kept.policies.remove(name)
    return DeleteResourcePolicyResult()


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise InvalidRequest(f"PolicyName is {name!r}; letters, digits and + = , . @ - _ are accepted")
    return name


def _check_revision(sent: str | None, latest: str, name: str) -> None:
    if sent not in (None, latest):
        raise InvalidPolicyRevisionId(f"PolicyRevisionId is {sent!r}; the latest of {name} is {latest!r}")
